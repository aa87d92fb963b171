import type { LocalKey, ObjectRow } from "@holdfast/core";
import { sampleKey, sampleObject } from "@holdfast/core/testing";
import { IDBObjectStore } from "fake-indexeddb";
import { afterEach, expect, test, vi } from "vitest";
import { putting, TestDatabase } from "./test-database.test-support.ts";

afterEach(() => vi.restoreAllMocks());

const stored = Array.from({ length: 400 }, (_, n) => sampleObject(n + 1));

/** Reads them in a store that has read nothing yet. */
async function read(
  keys: readonly LocalKey[],
): Promise<{ rows: readonly (ObjectRow | undefined)[]; requests: number }> {
  await using database = new TestDatabase();
  const writer = await database.open();
  await writer.write(putting(stored.map((row) => ({ table: "objects", row }))));
  const store = await database.open();
  const get = vi.spyOn(IDBObjectStore.prototype, "get");
  const rows = await store.get("objects", keys);
  return { rows, requests: get.mock.calls.length };
}

function expected(keys: readonly LocalKey[]): readonly (ObjectRow | undefined)[] {
  return keys.map((key) => stored.find((row) => row.key === key));
}

test("many rows that lie together are read at once, in the order asked for", async () => {
  const keys = Array.from({ length: 120 }, (_, n) => sampleKey(300 - n * 2));
  keys.splice(60, 0, `${sampleKey(200)}0` as LocalKey);
  const { rows, requests } = await read(keys);
  expect(rows).toEqual(expected(keys));
  expect(requests).toBe(0);
});

test("many rows with far more between them are read one by one", async () => {
  const keys = Array.from({ length: 80 }, (_, n) => sampleKey(n * 5));
  const { rows, requests } = await read(keys);
  expect(rows).toEqual(expected(keys));
  expect(requests).toBe(keys.length);
});
