import { describe, expect, test } from "vitest";
import type { JsonText } from "../json.ts";
import { rebase } from "./rebase.ts";
import { at, Device, epoch } from "./replay.test-support.ts";
import { sampleRealId, sampleState } from "../testing/sample-rows.ts";

const id = sampleRealId(1);

describe("what the platform shows", () => {
  test("becomes the base, and what is pending is applied to it again", async () => {
    const device = await Device.open();
    const key = await device.pull(id, { tags: ["a"] });
    await device.edit(key, { kind: "addTags", tags: ["ours"] });
    const described = sampleState({ tags: ["theirs"], name: "theirs" });
    const { object, parked } = await device.store.write(rebase({ epoch, key, at, described }));
    expect(parked).toEqual([]);
    expect(object).toMatchObject({
      base: described,
      pending: 1,
      view: { tags: ["theirs", "ours"], name: "theirs" },
    });
  });

  test("is the view where nothing is pending", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    const described = sampleState({ name: "theirs", state: "closed" });
    const { object } = await device.store.write(rebase({ epoch, key, at, described }));
    expect(object).toMatchObject({ view: described, pending: 0 });
    expect(object).not.toHaveProperty("base");
  });

  test("as closed parks the edits it forbids, and says which", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    await device.edit(key, { kind: "addTypes", types: ["T"] });
    await device.edit(key, { kind: "addTags", tags: ["t"] });
    const described = sampleState({ state: "closed" });
    const { object, parked } = await device.store.write(rebase({ epoch, key, at, described }));
    expect(parked).toMatchObject([{ operation: { kind: "addTypes" } }]);
    expect(object).toMatchObject({ parked: 1, view: { tags: ["t"], types: [], state: "closed" } });
    const again = await device.store.write(rebase({ epoch, key, at, described }));
    expect(again.parked).toEqual([]);
  });

  test("parks what a survey forbids in the same transaction, with the survey's reason", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    await device.edit(key, { kind: "addTypes", types: ["T"] });
    await device.edit(key, { kind: "setDetails", details: '{"n":1}' as JsonText });
    await device.edit(key, { kind: "addTags", tags: ["t"] });
    const reason = { code: "InvalidState", message: "closed" } as const;
    const described = sampleState({ state: "closed" });
    const operations = (await device.lane(key)).slice(0, 2).map((row) => row.sequence);
    const write = rebase({ epoch, key, at, described, parking: [{ operations, reason }] });
    expect(write.durability).toBe("strict");
    const { parked } = await device.store.write(write);
    expect(parked.map((row) => row.parked?.reason)).toEqual([reason, reason]);
    expect(await device.object(key)).toMatchObject({ parked: 2, base: { state: "closed" } });
  });

  test("is not believed while a request is on its way, nor of an object that is not here", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    await device.edit(key, { kind: "addTags", tags: ["t"] });
    await device.journal(key);
    const before = await device.object(key);
    const write = rebase({ epoch, key, at, described: sampleState({ tags: [] }) });
    expect(await device.store.write(write)).toEqual({ object: undefined, parked: [] });
    expect(await device.object(key)).toEqual(before);
    const elsewhere = await Device.open();
    expect((await elsewhere.store.write(write)).object).toBeUndefined();
  });
});
