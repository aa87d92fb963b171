import type { Store, Write } from "@holdfast/core";
import { sampleObject } from "@holdfast/core/testing";
import { IDBDatabase, IDBObjectStore } from "fake-indexeddb";
import { afterEach, expect, test, vi } from "vitest";
import { TestDatabase } from "./test-database.test-support.ts";

afterEach(() => vi.restoreAllMocks());

/** A create as most are: it reads nothing. `decided` counts how often it was decided. */
function create(n: number): Write<number> & { decided: number } {
  return {
    durability: "strict",
    reads: {},
    decided: 0,
    decide(rows) {
      this.decided += 1;
      return { puts: [{ table: "objects", row: sampleObject(n) }], result: rows.nextSequence() };
    },
  };
}

async function changesOf(store: Store): Promise<readonly number[]> {
  const { changes } = await store.changesSince(0);
  return changes === "unknown" ? [] : changes.map(({ change }) => change);
}

test("a write that reads nothing waits for no read of its own", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await store.write(create(1));
  const reads = vi.spyOn(IDBObjectStore.prototype, "openCursor");
  const write = create(2);
  expect(await store.write(write)).toBe(2);
  expect([reads.mock.calls.length, write.decided]).toEqual([0, 1]);
});

test("a write decided on a guess locks no table that it does not touch", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await store.write(create(1));
  const transactions = vi.spyOn(IDBDatabase.prototype, "transaction");
  await store.write(create(2));
  expect(transactions.mock.calls.map(([stores]) => stores)).toEqual([["changes", "objects"]]);
});

test("a guess that another store has made wrong is found out before anything is committed", async () => {
  await using database = new TestDatabase();
  const [store, other] = [await database.open(), await database.open()];
  await store.write(create(1));
  await other.write(create(2));
  const write = create(3);
  expect(await store.write(write)).toBe(3);
  expect(write.decided).toBe(2);
  expect(await changesOf(store)).toEqual([1, 2, 3]);
  expect(await store.count("objects")).toBe(3);
});

test("a guess is found out also where the changes since are trimmed away", async () => {
  await using database = new TestDatabase();
  const limits = { keepChanges: 4 };
  const [store, other] = [await database.open({ limits }), await database.open({ limits })];
  await store.write(create(0));
  for (let n = 1; n <= 50; n++) await other.write(create(n));
  expect(await store.write(create(51))).toBe(52);
  expect((await store.changesSince(51)).latest).toBe(52);
});

test("a refused write leaves the guess as good as it was", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await store.write(create(1));
  const refused = store.write({
    durability: "strict",
    reads: {},
    decide: (rows) => {
      rows.nextSequence();
      return { failure: { code: "InvalidInput", message: "Refused by the test." } };
    },
  });
  await expect(refused).rejects.toThrow("Refused by the test.");
  const write = create(2);
  expect(await store.write(write)).toBe(2);
  expect(write.decided).toBe(1);
});
