import { describe, expect, test } from "vitest";
import type { LocalKey } from "../ids.ts";
import type { JournalRow } from "../journal.ts";
import type { OutboxRow } from "../operation.ts";
import { parkInDoubt, parkOperations, parkRequest, releaseRequest, splitRefused } from "./park.ts";
import { at, Device, emptyInput, epoch } from "./replay.test-support.ts";
import { sampleRealId, sampleState } from "../testing/sample-rows.ts";

const id = sampleRealId(1);
const reason = { code: "InvalidInput", message: "no" } as const;
const settle = { epoch, reason, at };
const split = { ...settle, freshNonce: "fresh" };

/** A record made, tagged and closed, its one request journalled. */
async function newRecord(): Promise<{
  readonly device: Device;
  readonly key: LocalKey;
  readonly row: JournalRow;
}> {
  const device = await Device.open();
  const key = await device.create(emptyInput);
  await device.edit(key, { kind: "addTags", tags: ["a"] });
  await device.edit(key, { kind: "close" });
  return { device, key, row: await device.journalled(key) };
}

function outline(rows: readonly OutboxRow[]): readonly string[] {
  return rows.map(({ operation, parked, alone, request }) =>
    [operation.kind, parked && "parked", alone && "alone", request && "sent"]
      .filter((word) => typeof word === "string")
      .join(" "),
  );
}

describe("a refused request", () => {
  test("that was merged is taken apart under a fresh nonce and the same key", async () => {
    const { device, key, row } = await newRecord();
    const { outcome } = await device.store.write(splitRefused(row, split));
    expect(outcome).toBe("split");
    const lane = await device.lane(key);
    expect(outline(lane)).toEqual(["create alone", "addTags alone", "close alone"]);
    expect(lane[0]?.create).toEqual({ nonce: "fresh", key: row.key });
    expect(await device.store.count("journal")).toBe(0);
    const next = await device.journalled(key);
    expect(next).toMatchObject({ nonce: "fresh", key: row.key, operations: [lane[0]?.sequence] });
    expect(next.body).not.toContain('"tags"');
  });

  test("of one operation parks it, and its lane waits where it is a create", async () => {
    const { device, key, row } = await newRecord();
    await device.store.write(splitRefused(row, split));
    const alone = await device.journalled(key);
    const { outcome } = await device.store.write(
      splitRefused(alone, { ...split, freshNonce: "newer" }),
    );
    expect(outcome).toBe("parked");
    expect(outline(await device.lane(key))).toEqual([
      "create parked alone",
      "addTags alone",
      "close alone",
    ]);
    expect((await device.lane(key))[0]?.create?.nonce).toBe("newer");
    expect(await device.journal(key)).toBeUndefined();
    expect(await device.object(key)).toMatchObject({
      pending: 3,
      parked: 1,
      view: { state: "open" },
    });
  });

  test("parks all it carries where it is not what it says that is refused", async () => {
    const device = await Device.open();
    const key = await device.pull(id, { tags: ["old"] });
    await device.edit(key, { kind: "addTags", tags: ["a"] });
    await device.edit(key, { kind: "addTags", tags: ["b"] });
    await device.edit(key, { kind: "rename", name: "x" });
    const row = await device.journalled(key);
    const parked = await device.store.write(parkRequest(row, settle));
    expect(parked).toHaveLength(2);
    expect(outline(await device.lane(key))).toEqual(["addTags parked", "addTags parked", "rename"]);
    expect((await device.lane(key))[0]?.parked).toEqual({ reason, at });
    expect(await device.object(key)).toMatchObject({
      pending: 3,
      parked: 2,
      view: { tags: ["old"], name: "x" },
    });
  });

  test("of an object described as closed leaves it closed in the view", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    await device.edit(key, { kind: "addTypes", types: ["T"] });
    const row = await device.journalled(key);
    const described = sampleState({ state: "closed" });
    await device.store.write(parkRequest(row, { ...settle, described }));
    expect(await device.object(key)).toMatchObject({
      view: { state: "closed", types: [] },
      parked: 1,
    });
  });

  test("does nothing the second time", async () => {
    const { device, key, row } = await newRecord();
    await device.store.write(splitRefused(row, split));
    const before = await device.lane(key);
    expect(await device.store.write(parkRequest(row, settle))).toEqual([]);
    expect((await device.store.write(splitRefused(row, split))).operations).toEqual([]);
    expect(await device.store.write(releaseRequest(row, { epoch, at }))).toEqual([]);
    expect(await device.lane(key)).toEqual(before);
  });
});

describe("a create that cannot be told", () => {
  test("parks with its request kept, and asks again with the same bytes when retried", async () => {
    const { device, key, row } = await newRecord();
    await device.store.write(parkInDoubt(row, settle));
    expect(outline(await device.lane(key))).toEqual([
      "create parked sent",
      "addTags parked sent",
      "close parked sent",
    ]);
    expect(await device.journal(key)).toBeUndefined();
    expect(await device.object(key)).toMatchObject({ parked: 3 });

    await device.retry(key);
    expect(outline(await device.lane(key))).toEqual(["create sent", "addTags sent", "close sent"]);
    expect(await device.store.get("journal", [row.number])).toEqual([row]);
    expect(await device.object(key)).toMatchObject({ parked: 0, view: { state: "closed" } });
  });
});

describe("a released request", () => {
  test("is planned anew together with what was called meanwhile", async () => {
    const { device, key, row } = await newRecord();
    await device.edit(key, { kind: "addTags", tags: ["late"] });
    await device.store.write(releaseRequest(row, { epoch, at }));
    const next = await device.journalled(key);
    expect(next.nonce).toBe(row.nonce);
    expect(next.body).toContain("late");
    await device.store.write(releaseRequest(next, { epoch, at, freshNonce: "fresh" }));
    expect((await device.journalled(key)).nonce).toBe("fresh");
  });
});

describe("parking operations", () => {
  test("takes those that are neither sent nor parked", async () => {
    const { device, key, row } = await newRecord();
    const late = await device.edit(key, { kind: "addTags", tags: ["late"] });
    const operations = [...row.operations, late ?? 0, 999];
    const write = parkOperations({ epoch, lane: key, operations, reason, at });
    expect((await device.store.write(write)).map(({ sequence }) => sequence)).toEqual([late]);
    expect(await device.store.write(write)).toEqual([]);
  });

  test("of a lane that is gone does nothing", async () => {
    const device = await Device.open();
    const lane = "project-1/record-1" as LocalKey;
    const write = parkOperations({ epoch, lane, operations: [1], reason, at });
    expect(await device.store.write(write)).toEqual([]);
  });
});

test("every write of an outcome is strict and fenced", async () => {
  const { row } = await newRecord();
  const writes = [
    parkRequest(row, settle),
    parkInDoubt(row, settle),
    splitRefused(row, split),
    releaseRequest(row, { epoch, at }),
    parkOperations({ epoch, lane: row.lane, operations: [], reason, at }),
  ];
  for (const write of writes) expect(write).toMatchObject({ durability: "strict", fence: epoch });
});
