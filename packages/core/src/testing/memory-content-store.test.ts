import { expect, test } from "vitest";
import type { ContentName } from "../ids.ts";
import { failureOf } from "../failure.ts";
import { contentStoreConformance } from "./content-store-conformance.ts";
import { MemoryContents, memoryContentStore } from "./memory-content-store.ts";

const name = "content-0123456789BFGJKPQVXY" as ContentName;

contentStoreConformance({
  test,
  newWorld: async () => {
    const contents = new MemoryContents();
    return { open: async () => memoryContentStore({ contents }), close: async () => {} };
  },
});

test("a memory with a quota refuses what is beyond it, and keeps what was before", async () => {
  const store = memoryContentStore({ quota: 100 });
  const writer = await store.write(name);
  await writer.append(new Uint8Array(60));
  const error = await writer.append(new Uint8Array(41)).catch((reason: unknown) => reason);
  expect(failureOf(error)?.code).toBe("StorageQuota");
  await writer.append(new Uint8Array(40));
  expect(await store.room()).toEqual({ used: 100, quota: 100 });
});

test("what was not flushed is lost with the process", async () => {
  const contents = new MemoryContents();
  const store = memoryContentStore({ contents });
  const writer = await store.write(name);
  await writer.append(new Uint8Array(60));
  await writer.flush();
  await writer.append(new Uint8Array(60));
  contents.loseUnflushed();
  expect((await store.read(name, 0, 60)).size).toBe(60);
  const error = await store.read(name, 0, 61).catch((reason: unknown) => reason);
  expect(failureOf(error)?.code).toBe("StorageFailed");
});
