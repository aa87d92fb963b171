import { sampleKey, sampleOutbox } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { keyRuns } from "./key-runs.ts";
import { putting, TestDatabase } from "./test-database.test-support.ts";

test("neighbours are one run, whatever their order", () => {
  expect(keyRuns([12, 9, 100, 10, 11])).toEqual([
    [9, 12],
    [100, 100],
  ]);
});

test("no keys are no runs", () => {
  expect(keyRuns([])).toEqual([]);
});

test("rows that go together leave those between them alone", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  const sequences = Array.from({ length: 12 }, (_, index) => index + 1);
  const rows = sequences.map((sequence) => sampleOutbox(sequence, sampleKey(sequence)));
  await store.write(putting(rows.map((row) => ({ table: "outbox", row }))));
  const gone = [2, 3, 4, 6, 7, 10, 12];
  await store.write({
    durability: "relaxed",
    reads: { outbox: gone },
    decide: () => ({
      deletes: gone.map((key) => ({ table: "outbox", key })),
      puts: [{ table: "outbox", row: sampleOutbox(5, sampleKey(1)) }],
      result: undefined,
    }),
  });
  const left = await store.scan("outbox", { limit: 100 });
  expect(left.map(({ sequence }) => sequence)).toEqual([1, 5, 8, 9, 11]);
});
