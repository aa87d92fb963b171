import { describe, expect, test } from "vitest";
import { acknowledge } from "./acknowledge.ts";
import { cancelRemoved } from "./cancel-removed.ts";
import { discard } from "./discard.ts";
import { forgetObject } from "./forget.ts";
import { fromLocalKey, type LocalKey } from "../ids.ts";
import { journalNext } from "../planning/journal-next.ts";
import { at, Device, emptyInput, epoch } from "./replay.test-support.ts";
import { sampleRealId } from "../testing/sample-rows.ts";

const id = sampleRealId(1);
const remove = { kind: "remove" } as const;

async function outcomes(device: Device): Promise<readonly string[]> {
  const history = await device.store.scan("history", { limit: 100 });
  return history.map((row) => `${row.kind} ${row.outcome}`);
}

async function next(device: Device, key: LocalKey): Promise<string> {
  const firstAttempt = { wallAt: at, monotonicAt: 0, process: "test" };
  const input = { lane: key, epoch, firstAttempt, aliases: [] };
  return (await device.store.write(journalNext(input))).kind;
}

describe("a removal", () => {
  test("hides the object and keeps its row, its base and its lane", async () => {
    const device = await Device.open();
    const key = await device.pull(id, { tags: ["a"] });
    await device.edit(key, { kind: "addTags", tags: ["b"] });
    await device.edit(key, remove);
    expect(await device.object(key)).toMatchObject({
      removed: true,
      pending: 2,
      view: { tags: ["a", "b"] },
      base: { tags: ["a"] },
    });
    expect(await device.store.find({ visibility: "either" })).toEqual([]);
    expect(await device.edit(key, { kind: "rename", name: "n" })).toBeUndefined();
  });

  test("that is given up leaves everything as it was", async () => {
    const device = await Device.open();
    const key = await device.pull(id, { tags: ["a"] });
    await device.edit(key, { kind: "addTags", tags: ["b"] });
    const before = await device.object(key);
    await device.edit(key, remove);
    const row = (await device.lane(key)).at(-1);
    if (row === undefined) throw new Error("the removal is in the lane");
    await device.store.write(discard({ lane: key, operation: row.id, at, dependants: [] }));
    expect(await device.object(key)).toEqual(before);
  });

  test("once done takes the row and ends what was before it and behind it", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    await device.edit(key, { kind: "addTags", tags: ["b"] });
    await device.edit(key, remove);
    const journal = await device.journalled(key);
    expect(journal).toMatchObject({
      path: `/${fromLocalKey(key).project}/removeObjects`,
      body: JSON.stringify({ objects: [id], force: true }),
    });
    const ack = { epoch, id, at, outcome: "acked" } as const;
    await device.store.write(acknowledge(journal, ack));
    expect(await device.object(key)).toBeUndefined();
    expect(await device.lane(key)).toEqual([]);
    expect(await outcomes(device)).toEqual(["addTags removed", "remove acked"]);
    // A lost relaxed ack is asked again: the second one finds nothing to do.
    expect(await device.store.write(acknowledge(journal, ack))).toMatchObject({ history: [] });
  });

  test("of what was never sent cancels out, and only while that is so", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    expect(await device.store.write(cancelRemoved({ epoch, lane: key, at }))).toEqual([]);
    await device.edit(key, remove);
    expect(await next(device, key)).toBe("cancels");
    await device.store.write(cancelRemoved({ epoch, lane: key, at }));
    expect(await device.object(key)).toBeUndefined();
    expect(await outcomes(device)).toEqual(["create removed", "remove found"]);

    const sent = await device.create(emptyInput);
    await device.journalled(sent);
    await device.edit(sent, remove);
    expect(await device.store.write(cancelRemoved({ epoch, lane: sent, at }))).toEqual([]);
    expect(await next(device, sent)).toBe("inFlight");
  });
});

describe("an object that is seen to be gone", () => {
  const reason = { code: "Removed", message: "gone", object: id } as const;

  test("loses its row where nothing is pending", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    expect(await device.store.write(forgetObject({ epoch, key, reason, at }))).toBe(true);
    expect(await device.object(key)).toBeUndefined();
  });

  test("keeps it where something is, which parks, but not what is on its way", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    await device.edit(key, { kind: "rename", name: "n" });
    const journal = await device.journalled(key);
    await device.edit(key, { kind: "addTags", tags: ["a"] });
    expect(await device.store.write(forgetObject({ epoch, key, reason, at }))).toBe(false);
    expect(await device.object(key)).toMatchObject({ parked: 0 });
    await device.store.write(acknowledge(journal, { epoch, id, at, outcome: "acked" }));
    expect(await device.store.write(forgetObject({ epoch, key, reason, at }))).toBe(false);
    expect(await device.object(key)).toMatchObject({ parked: 1, view: { name: "n", tags: [] } });
  });
});
