import type { Channel } from "@holdfast/core";
import { sampleObject } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { putting, TestDatabase } from "./test-database.test-support.ts";

const write = putting([{ table: "objects", row: sampleObject(1) }]);

function recordingChannel(): Channel & { readonly posted: unknown[] } {
  const posted: unknown[] = [];
  return { posted, post: (message) => posted.push(message), subscribe: () => () => {}, close() {} };
}

test("other tabs are told after the writer, once for several commits", async () => {
  await using database = new TestDatabase();
  const channel = recordingChannel();
  const later: (() => void)[] = [];
  const store = await database.open({ channel, defer: (task) => later.push(task) });
  await store.write(write);
  await store.write(write);
  expect([channel.posted, later.length]).toEqual([[], 1]);
  for (const task of later) task();
  expect(channel.posted).toEqual([{ change: 2 }]);
});

test("a store that closes tells what it has not told yet", async () => {
  await using database = new TestDatabase();
  const channel = recordingChannel();
  const later: (() => void)[] = [];
  const store = await database.open({ channel, defer: (task) => later.push(task) });
  await store.write(write);
  await store.close();
  expect(channel.posted).toEqual([{ change: 1 }]);
  for (const task of later) task();
  expect(channel.posted).toHaveLength(1);
});
