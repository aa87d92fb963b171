import { contentStoreConformance, VirtualClock } from "@holdfast/core/testing";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { expect, test } from "vitest";
import { isContentsDatabase, openContents } from "./open-contents.ts";

contentStoreConformance({
  test,
  newWorld: async () => {
    const options = {
      name: "lab:platform:user-ada",
      clock: new VirtualClock(),
      indexedDB: new IDBFactory(),
      IDBKeyRange,
    };
    return { open: () => openContents(options), close: async () => {} };
  },
});

test("the database of contents is made with the first of them, and is no store's", async () => {
  const indexedDB = new IDBFactory();
  const clock = new VirtualClock();
  const store = await openContents({ name: "lab", clock, indexedDB, IDBKeyRange });
  expect(await store.list()).toEqual([]);
  expect(await indexedDB.databases()).toEqual([]);
  await store.close();
  expect(isContentsDatabase("lab:contents")).toBe(true);
  expect(isContentsDatabase("lab:platform:user-ada")).toBe(false);
});
