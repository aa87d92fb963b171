import {
  compareRows,
  compileQuery,
  type FindQuery,
  type LocalKey,
  type ObjectRow,
} from "@holdfast/core";
import { sampleObject } from "@holdfast/core/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LiveWindow } from "./live-window.ts";

interface Row {
  readonly n: number;
  readonly modified: number;
  readonly isOpen: boolean;
}

const row = fc.record({ n: fc.nat(12), modified: fc.nat(6), isOpen: fc.boolean() });
const steps = fc.array(
  fc.array(fc.oneof(row, fc.record({ n: fc.nat(12), gone: fc.constant(true) })), {
    minLength: 1,
    maxLength: 4,
  }),
  { maxLength: 12 },
);

function toRow({ n, modified, isOpen }: Row): ObjectRow {
  return sampleObject(n, { modified, state: isOpen ? "open" : "closed" });
}

function ask(store: ReadonlyMap<LocalKey, ObjectRow>, query: FindQuery): readonly ObjectRow[] {
  return [...store.values()]
    .filter(compileQuery(query))
    .sort(compareRows(query))
    .slice(0, query.limit ?? 1_000);
}

test("a window patched by commits is the result of the query, or says that it does not know", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 8 }), (commits, limit) => {
      const query: FindQuery = { state: "open", limit };
      const window = new LiveWindow(query);
      const store = new Map<LocalKey, ObjectRow>();
      let rows: readonly ObjectRow[] = [];
      for (const commit of commits) {
        const touched = new Map<LocalKey, ObjectRow | undefined>();
        for (const change of commit) {
          const { key } = sampleObject(change.n);
          touched.set(key, "gone" in change ? undefined : toRow(change));
        }
        for (const [key, put] of touched) {
          if (put === undefined) store.delete(key);
          else store.set(key, put);
        }
        const step = window.step(rows, touched);
        rows = step === "query" ? ask(store, query) : step;
        expect(rows).toEqual(ask(store, query));
      }
    }),
  );
});

test("a full window that loses a row asks the store, since nobody has read what comes next", () => {
  const window = new LiveWindow({ state: "open", limit: 1 });
  const rows = [sampleObject(1)];
  const closed = sampleObject(1, { state: "closed" });
  expect(window.step(rows, new Map([[closed.key, closed]]))).toBe("query");
});

test("a window that is not full never asks the store", () => {
  const window = new LiveWindow({ state: "open", limit: 2 });
  const rows = [sampleObject(1)];
  const closed = sampleObject(1, { state: "closed" });
  expect(window.step(rows, new Map([[closed.key, closed]]))).toEqual([]);
});

test("a query with an offset always asks the store", () => {
  const window = new LiveWindow({ offset: 1 });
  const row = sampleObject(1);
  expect(window.step([], new Map([[row.key, row]]))).toBe("query");
});
