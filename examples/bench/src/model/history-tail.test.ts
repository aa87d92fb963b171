import type { History, HistoryEntry } from "holdfast";
import { expect, test } from "vitest";
import { createHistoryTail, maxHistoryEntries } from "./history-tail.ts";

/** A history that holds so many entries, numbered from 1. */
function historyOf(entries: HistoryEntry[]): Pick<History, "list"> {
  return {
    async list({ after, limit = 500 } = {}) {
      const from = after === undefined ? 0 : entries.findIndex(({ id }) => id === after) + 1;
      return entries.slice(from, from + limit);
    },
  };
}

function entriesOf(count: number): HistoryEntry[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${index + 1}` }) as HistoryEntry);
}

test("the latest entries come first, over several pages", async () => {
  const tail = createHistoryTail(historyOf(entriesOf(2_535)));
  await tail.refresh();
  expect(tail.get()).toHaveLength(maxHistoryEntries);
  expect(tail.get()[0]?.id).toBe("2535");
});

test("what is added later is read from where the last look ended", async () => {
  const entries = entriesOf(3);
  const tail = createHistoryTail(historyOf(entries));
  await tail.refresh();
  entries.push({ id: "4" } as HistoryEntry);
  await Promise.all([tail.refresh(), tail.refresh()]);
  expect(tail.get().map(({ id }) => id)).toEqual(["4", "3", "2", "1"]);
});

test("a look that failed can be tried again", async () => {
  let isBroken = true;
  const history = historyOf(entriesOf(1));
  const tail = createHistoryTail({
    list: (options) => (isBroken ? Promise.reject(new Error("gone")) : history.list(options)),
  });
  await expect(tail.refresh()).rejects.toThrow("gone");
  isBroken = false;
  await tail.refresh();
  expect(tail.get()).toHaveLength(1);
});
