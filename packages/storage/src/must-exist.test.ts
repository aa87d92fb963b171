import { expect, test } from "vitest";
import { TestDatabase } from "./test-database.test-support.ts";

test("a store that must exist is opened where it is, and not made where it is not", async () => {
  await using database = new TestDatabase();
  await expect(database.open({ mustExist: true })).rejects.toMatchObject({
    failure: { code: "StorageClosed", message: "There is no store test." },
  });
  expect(await database.indexedDB.databases()).toEqual([]);

  const made = await database.open();
  const again = await database.open({ mustExist: true });
  expect(await again.count("outbox")).toBe(0);
  await made.close();
});

test("a store that was removed while nobody looked is not made again by who must find it", async () => {
  await using database = new TestDatabase();
  await database.open();
  const removed = new Promise((resolve) => {
    database.indexedDB.deleteDatabase(database.name).onsuccess = resolve;
  });
  await expect(database.open({ mustExist: true })).rejects.toMatchObject({
    failure: { code: "StorageClosed" },
  });
  await removed;
  expect(await database.indexedDB.databases()).toEqual([]);
});
