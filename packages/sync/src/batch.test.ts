import { VirtualClock } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { Batch } from "./batch.ts";

const { signal } = new AbortController();

test("a batch asks once for what is added at about the same time, or when it is full", async () => {
  const clock = new VirtualClock();
  const asked: (readonly number[])[] = [];
  const batch = new Batch<number, number>({
    clock,
    signal,
    withinMs: 20,
    limit: 3,
    run: async (items) => {
      asked.push(items);
      return items.map((item) => item * 2);
    },
  });
  const results = [1, 2, 3, 4].map((item) => batch.add(item));
  expect(asked).toEqual([[1, 2, 3]]);
  await clock.advance(20);
  expect(asked).toEqual([[1, 2, 3], [4]]);
  expect(await Promise.all(results)).toEqual([2, 4, 6, 8]);
});

test("a batch that fails fails for each, and one that is dropped asks nothing", async () => {
  const clock = new VirtualClock();
  const batch = new Batch<number, number>({
    clock,
    signal,
    withinMs: 20,
    limit: 2,
    run: () => Promise.reject(new Error("no")),
  });
  const both = Promise.allSettled([batch.add(1), batch.add(2)]);
  expect((await both).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const dropped = batch.add(3);
  batch.drop(new Error("over"));
  await expect(dropped).rejects.toThrow("over");
  expect(clock.nextDelayMs).toBeUndefined();
});
