import { expect, test } from "vitest";
import type { ContentRow } from "../content.ts";
import type { ObjectRow, State } from "../data-object.ts";
import { sampleObject, sampleState } from "../testing/sample-rows.ts";
import type { ContentName } from "../ids.ts";
import { isEvictable, leastUsed } from "./evictable.ts";
import { freeBytes, noRoom } from "./free-room.ts";

const name = "content-0123456789BFGJKPQVXY" as ContentName;
const row: ContentRow = {
  version: 1,
  name,
  file: sampleObject(1).key,
  origin: "device",
  state: "whole",
  parts: [{ index: 1, size: 100, md5: "0".repeat(32) }],
  isOnPlatform: true,
  madeAt: 1,
  usedAt: 1,
};

function file(state: State, more: Partial<ObjectRow> = {}): ObjectRow {
  return {
    ...sampleObject(1),
    class: "file",
    view: sampleState({ state }),
    content: name,
    ...more,
  };
}

test("content of a closed file that is on the platform may go, unless it is kept offline", () => {
  expect(isEvictable(row, file("closed"))).toBe(true);
  expect(isEvictable(row, file("closed", { keepOffline: true }))).toBe(false);
});

test("content that is not on the platform, or of a file that it may still clean up, stays", () => {
  const { isOnPlatform: _, ...unsent } = row;
  expect(isEvictable(unsent, file("closed"))).toBe(false);
  expect(isEvictable(row, file("open"))).toBe(false);
  expect(isEvictable(row, file("closing"))).toBe(false);
  // Closed in the view only: the close itself is still in the outbox.
  expect(isEvictable(row, file("closed", { base: sampleState({ state: "open" }) }))).toBe(false);
  expect(isEvictable({ ...row, state: "writing" }, file("closed"))).toBe(false);
});

test("the longest unused goes first, and nothing where all would not be enough", () => {
  const rows = [30, 10, 20].map((usedAt) => ({ ...row, usedAt }));
  expect(leastUsed(rows, 150)?.map(({ usedAt }) => usedAt)).toEqual([10, 20]);
  expect(leastUsed(rows, 300)).toHaveLength(3);
  expect(leastUsed(rows, 301)).toBeUndefined();
});

test("the reserve of the outbox is no room for contents, and the error says what is needed and free", () => {
  const mebibyte = 2 ** 20;
  expect(freeBytes({ used: 0, quota: 1_000 * mebibyte })).toBe(936 * mebibyte);
  expect(freeBytes({ used: 95, quota: 100 })).toBe(0);
  expect(noRoom(2 * mebibyte, { used: 98 * mebibyte, quota: 110 * mebibyte })).toMatchObject({
    code: "StorageQuota",
    neededBytes: 2 * mebibyte,
    freeBytes: mebibyte,
    reservedBytes: 11 * mebibyte,
    message: expect.stringContaining("needs 2.0 MiB and this site may still use 1.0 MiB"),
  });
});
