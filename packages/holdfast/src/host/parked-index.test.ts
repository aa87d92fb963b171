import type { Put, Store } from "@holdfast/core";
import { memoryStore, sampleKey, sampleObject, sampleOutbox } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { ParkedIndex } from "./parked-index.ts";

const parked = {
  reason: { code: "PermissionDenied", message: "no" },
  at: 0,
} as const;

async function storeWithParked(count: number): Promise<Store> {
  const store = memoryStore();
  const puts = Array.from({ length: count }, (_, n): Put[] => [
    { table: "objects", row: sampleObject(n, {}, { pending: 1, parked: 1 }) },
    { table: "outbox", row: sampleOutbox(n + 1, sampleKey(n), { parked }) },
  ]).flat();
  await store.write({
    durability: "strict",
    reads: {},
    decide: () => ({ puts, result: undefined }),
  });
  return store;
}

test("whoever asks while the index is being loaded waits for it", async () => {
  const index = new ParkedIndex(await storeWithParked(3));
  const counts = await Promise.all(
    [1, 2, 3].map(async () => {
      await index.refresh();
      return index.count;
    }),
  );
  expect(counts).toEqual([3, 3, 3]);
});

test("whoever asks while a lane is being read again waits for it", async () => {
  const store = await storeWithParked(1);
  const index = new ParkedIndex(store);
  await index.refresh();
  await store.write({
    durability: "strict",
    reads: {},
    decide: () => ({
      deletes: [{ table: "outbox", key: 1 }],
      result: undefined,
    }),
  });
  index.touch({ keys: [sampleKey(0)] });
  const first = index.refresh();
  await index.refresh();
  expect(index.count).toBe(0);
  await first;
});

test("what could not be read is read at the next asking", async () => {
  const store = await storeWithParked(1);
  let isBroken = false;
  const index = new ParkedIndex({
    ...store,
    scan: (table, scan) => store.scan(table, scan),
    lanes: async (keys) => {
      if (isBroken) throw new Error("The disk is away.");
      return await store.lanes(keys);
    },
  });
  await index.refresh();
  await store.write({
    durability: "strict",
    reads: {},
    decide: () => ({
      deletes: [{ table: "outbox", key: 1 }],
      result: undefined,
    }),
  });
  isBroken = true;
  index.touch({ keys: [sampleKey(0)] });
  await expect(index.refresh()).rejects.toThrow("The disk is away.");
  isBroken = false;
  await index.refresh();
  expect(index.count).toBe(0);
});
