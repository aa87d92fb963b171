import type { Delete, Put, Store, Write } from "@holdfast/core";
import { sampleKey, sampleObject, sampleOutbox, seededRandom } from "@holdfast/core/testing";
import { IDBIndex, IDBObjectStore } from "fake-indexeddb";
import { afterEach, describe, expect, test, vi } from "vitest";
import { putting, TestDatabase } from "./test-database.test-support.ts";

afterEach(() => vi.restoreAllMocks());

/** How often rows were asked of the database; the look for the last change is none. */
function countReads(): { readonly reads: number } {
  const spies = [vi.spyOn(IDBObjectStore.prototype, "get"), vi.spyOn(IDBIndex.prototype, "getAll")];
  return {
    get reads() {
      return spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    },
  };
}

/** Adds an operation to the lane of object `n`, which counts them, or takes its first away. */
function step(n: number, isAdd: boolean): Write<readonly [pending: number, lane: number]> {
  const key = sampleKey(n);
  return {
    durability: "relaxed",
    reads: { objects: [key], lanes: [key] },
    decide(rows) {
      const [row, lane] = [rows.object(key) ?? sampleObject(n), rows.lane(key)];
      const [first] = lane;
      const puts: Put[] = [];
      const deletes: Delete[] = [];
      if (isAdd) puts.push({ table: "outbox", row: sampleOutbox(rows.nextSequence(), key) });
      else if (first !== undefined) deletes.push({ table: "outbox", key: first.sequence });
      const pending = row.pending + puts.length - deletes.length;
      puts.push({ table: "objects", row: { ...row, pending } });
      return { puts, deletes, result: [row.pending, lane.length] };
    },
  };
}

/** The same without reading the lane, as an edit does. */
function edit(n: number): Write<void> {
  const key = sampleKey(n);
  return {
    durability: "strict",
    reads: { objects: [key] },
    decide(rows) {
      const row = rows.object(key) ?? sampleObject(n);
      return {
        puts: [
          { table: "objects", row: { ...row, pending: row.pending + 1 } },
          { table: "outbox", row: sampleOutbox(rows.nextSequence(), key) },
        ],
        result: undefined,
      };
    },
  };
}

describe("rows at hand", () => {
  test("are not read again while nobody else writes", async () => {
    await using database = new TestDatabase();
    const store = await database.open();
    await store.write(step(1, true));
    const counted = countReads();
    expect(await store.write(step(1, true))).toEqual([1, 1]);
    await store.write(edit(1));
    expect((await store.get("objects", [sampleKey(1)])).map((row) => row?.pending)).toEqual([3]);
    expect((await store.lanes([sampleKey(1)])).map((lane) => lane.length)).toEqual([3]);
    expect(counted.reads).toBe(0);
  });

  test("of most lanes there are, are read with one request for all, and one for what carries them", async () => {
    await using database = new TestDatabase();
    const [writer, store] = [await database.open(), await database.open()];
    const keys = Array.from({ length: 60 }, (_, index) => sampleKey(index + 1));
    for (const round of [1, 2]) {
      for (const [index] of keys.entries()) {
        if (round === 1 || index % 2 === 0) await writer.write(step(index + 1, true));
      }
    }
    const count = countReads();
    const lanes = await store.lanes([sampleKey(99), ...keys]);
    expect(count.reads).toBe(1);
    expect(lanes.map((rows) => rows.length)).toEqual([0, ...keys.map((_, n) => 2 - (n % 2))]);
    const alone = await Promise.all(keys.map(async (key) => (await store.lanes([key]))[0]));
    expect(lanes.slice(1)).toEqual(alone);
  });

  test("are read again once another store has written, heard or not", async () => {
    await using database = new TestDatabase();
    const [store, other] = [await database.open(), await database.open()];
    await store.write(step(1, true));
    await other.write(step(1, true));
    expect((await store.get("objects", [sampleKey(1)])).map((row) => row?.pending)).toEqual([2]);
    await other.write(edit(1));
    expect((await store.lanes([sampleKey(1)])).map((lane) => lane.length)).toEqual([3]);
    await other.write(edit(1));
    expect(await store.write(step(1, false))).toEqual([4, 4]);
    await store.write(edit(1));
    expect(await other.write(step(1, false))).toEqual([4, 4]);
  });

  test("leave out what a write that was refused would have put", async () => {
    await using database = new TestDatabase();
    const store = await database.open();
    await store.write(step(1, true));
    const refused = {
      ...step(1, true),
      decide: () => ({ failure: { code: "InvalidInput", message: "no" } }),
    } as const;
    await expect(store.write(refused as Write<unknown>)).rejects.toThrow("no");
    expect(await store.write(step(1, true))).toEqual([1, 1]);
  });

  test("know that a row deleted without its lane being read has left it", async () => {
    await using database = new TestDatabase();
    const store = await database.open();
    await store.write(step(1, true));
    await store.write(step(1, true));
    const [lane = []] = await store.lanes([sampleKey(1)]);
    await store.write({
      durability: "strict",
      reads: {},
      decide: () => ({
        deletes: [{ table: "outbox", key: lane[0]?.sequence ?? 0 }],
        result: undefined,
      }),
    });
    expect(await store.lanes([sampleKey(1)])).toEqual([lane.slice(1)]);
  });

  test("do not grow with the store, and what went is read from it", async () => {
    await using database = new TestDatabase();
    const store = await database.open({ limits: { knownBytes: 20_000 } });
    await store.write(
      putting(Array.from({ length: 500 }, (_, n) => ({ table: "objects", row: sampleObject(n) }))),
    );
    // Too few of those that lie between them to be read along.
    const keys = Array.from({ length: 160 }, (_, n) => sampleKey(n * 3));
    const counted = countReads();
    expect((await store.get("objects", keys)).every((row) => row !== undefined)).toBe(true);
    expect(counted.reads).toBeGreaterThan(140);
  });

  test.each([0, 2_000, 4_000_000])(
    "are what the database holds, whatever several stores do at once (%i bytes)",
    async (knownBytes) => {
      await using database = new TestDatabase();
      const random = seededRandom(knownBytes);
      const open = (): Promise<Store> => database.open({ limits: { knownBytes } });
      const stores = [await open(), await open(), await open()];
      const draw = (n: number, entity: string): number => Math.floor(random.fraction(entity) * n);
      const one = async (index: number): Promise<void> => {
        const store = stores[draw(3, `store ${index}`)] as Store;
        const n = draw(4, `object ${index}`);
        switch (draw(4, `kind ${index}`)) {
          case 0:
            await store.write(edit(n));
            return;
          case 1: {
            const [[row], [lane = []]] = [
              await store.get("objects", [sampleKey(n)]),
              await store.lanes([sampleKey(n)]),
            ];
            expect(lane.every((operation) => operation.lane === sampleKey(n))).toBe(true);
            expect(row?.pending ?? 0).toBeGreaterThanOrEqual(0);
            return;
          }
          default: {
            const [pending, lane] = await store.write(step(n, draw(2, `step ${index}`) === 0));
            expect(pending).toBe(lane);
          }
        }
      };
      for (let round = 0; round < 40; round++) {
        await Promise.all(Array.from({ length: 6 }, (_, index) => one(round * 6 + index)));
      }
      for (const n of [0, 1, 2, 3]) {
        const fresh = await database.open();
        const [expected] = await fresh.lanes([sampleKey(n)]);
        for (const store of stores) expect(await store.lanes([sampleKey(n)])).toEqual([expected]);
      }
    },
  );
});
