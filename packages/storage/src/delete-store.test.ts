import { failureOf, type Store } from "@holdfast/core";
import { sampleKey, sampleObject, sampleOutbox } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { deleteStore } from "./delete-store.ts";
import { putting, TestDatabase } from "./test-database.test-support.ts";

const unsent = putting([
  { table: "objects", row: sampleObject(1) },
  { table: "outbox", row: sampleOutbox(1, sampleKey(1)) },
]);

async function endOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.catch((error: unknown) => failureOf(error)?.code);
}

test("a store with unsent work is kept as it is, and says how much it is kept for", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await store.write(unsent);
  expect(await deleteStore({ ...database, keepUnsent: true })).toBe(1);
  expect(await endOf(store.count("outbox"))).toBe("StorageClosed");
  const after = await database.open();
  expect([await after.count("outbox"), await after.count("objects")]).toEqual([1, 1]);
  await after.write(putting([{ table: "objects", row: sampleObject(2) }]));
  expect(await deleteStore(database)).toBe(0);
  expect(await database.indexedDB.databases()).toEqual([]);
});

test("a store with nothing unsent goes, whoever else removes it, and one that is not there makes none", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await store.write(putting([{ table: "objects", row: sampleObject(1) }]));
  const removals = [1, 2, 3].map(() => deleteStore({ ...database, keepUnsent: true }));
  expect(await Promise.all(removals)).toEqual([0, 0, 0]);
  expect(await deleteStore({ ...database, keepUnsent: true })).toBe(0);
  expect(await database.indexedDB.databases()).toEqual([]);
});

test("a write either resolves and keeps the store, or is refused, whenever it comes", async () => {
  for (let turns = 0; turns < 30; turns++) {
    await using database = new TestDatabase();
    const store: Store = await database.open();
    const removal = deleteStore({ ...database, keepUnsent: true });
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
    const written = await store.write(unsent).then(
      () => "stored",
      (error: unknown) => failureOf(error)?.code,
    );
    const kept = await removal;
    const after = await database.open();
    const what = [written, kept, await after.count("outbox")];
    expect(what, `after ${turns} turns`).toEqual(
      written === "stored" ? ["stored", 1, 1] : ["StorageClosed", 0, 0],
    );
  }
});

test("a removal that died after it had cleared the store leaves one that works", async () => {
  await using database = new TestDatabase();
  await (await database.open()).close();
  const [found] = await database.indexedDB.databases();
  await new Promise<void>((resolve) => {
    const request = database.indexedDB.open(database.name, (found?.version ?? 0) + 1);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
  const store = await database.open();
  await store.write(unsent);
  expect(await store.count("outbox")).toBe(1);
  expect(await deleteStore({ ...database, keepUnsent: true })).toBe(1);
});
