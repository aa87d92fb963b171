import type { StorageStatus } from "@holdfast/core";
import { sampleObject } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { putting, recordingLogger, TestDatabase } from "./test-database.test-support.ts";

function manager(persisted: boolean, grants: boolean) {
  const asked: string[] = [];
  return {
    asked,
    persisted: async () => {
      asked.push("persisted");
      return persisted;
    },
    persist: async () => {
      asked.push("persist");
      return grants;
    },
  };
}

const write = (durability: "strict" | "relaxed") =>
  putting([{ table: "objects", row: sampleObject(1) }], durability);

test("persistence is asked for once, at the first durable write, and the status tells the answer", async () => {
  await using database = new TestDatabase();
  const storageManager = manager(false, true);
  const store = await database.open({ storageManager });
  const seen: StorageStatus[] = [];
  store.onStatus((status) => seen.push(status));
  await store.write(write("relaxed"));
  expect(storageManager.asked).toEqual(["persisted"]);
  await store.write(write("strict"));
  await store.write(write("strict"));
  expect(storageManager.asked).toEqual(["persisted", "persist"]);
  expect(seen).toEqual([{ mode: "persistent" }]);
});

test("opening a store, binding it and keeping a lease asks nobody anything", async () => {
  await using database = new TestDatabase();
  const storageManager = manager(false, true);
  const store = await database.open({ storageManager });
  const row = { version: 1, name: "lease", epoch: 1, owner: "tab", untilAt: 0 } as const;
  await store.write(putting([{ table: "meta", row }]));
  await store.write(putting([]));
  expect(storageManager.asked).toEqual(["persisted"]);
  await store.write(write("strict"));
  expect(storageManager.asked).toEqual(["persisted", "persist"]);
});

test("a browser that refuses leaves the store best-effort and is not asked again", async () => {
  await using database = new TestDatabase();
  const storageManager = manager(false, false);
  const store = await database.open({ storageManager });
  await store.write(write("strict"));
  await store.write(write("strict"));
  expect(storageManager.asked).toEqual(["persisted", "persist"]);
  expect(store.status()).toEqual({ mode: "best-effort" });
});

test("what an earlier session was promised is known at once", async () => {
  await using database = new TestDatabase();
  const storageManager = manager(true, true);
  const store = await database.open({ storageManager });
  expect(store.status()).toEqual({ mode: "persistent" });
  await store.write(write("strict"));
  expect(storageManager.asked).toEqual(["persisted"]);
});

test("a browser that throws at the question changes nothing but the log", async () => {
  await using database = new TestDatabase();
  const logger = recordingLogger();
  const fail = async (): Promise<boolean> => {
    throw new TypeError("no storage here");
  };
  const store = await database.open({ logger, storageManager: { persisted: fail, persist: fail } });
  await store.write(write("strict"));
  expect(store.status()).toEqual({ mode: "best-effort" });
  expect(logger.told).toHaveLength(2);
});

test("a database in memory never claims more", async () => {
  await using database = new TestDatabase();
  const storageManager = manager(true, true);
  const store = await database.open({ medium: "memory", storageManager });
  await store.write(write("strict"));
  expect(store.status()).toEqual({ mode: "memory" });
  expect(storageManager.asked).toEqual([]);
});
