import fc from "fast-check";
import { expect, test } from "vitest";
import type { ObjectRow } from "../data-object.ts";
import type { Operation, OutboxRow } from "../operation.ts";
import { sampleKey, sampleObject, sampleOutbox, sampleRealId } from "../testing/sample-rows.ts";
import { rebuildView } from "./rebuild-view.ts";
import {
  afterRelocation,
  baseOf,
  movedAlong,
  passed,
  type RelocationEnd,
  relocated,
  relocationOf,
  withRelocation,
} from "./relocations.ts";
import { isWithin } from "./folder-paths.ts";

const folders = ["/", "/a", "/b", "/a/b", "/b/a", "/c", "/a/b/c"] as const;
const folder = fc.constantFrom(...folders);

type Step =
  | { readonly do: "relocate"; readonly from: string; readonly to: string }
  | { readonly do: "move"; readonly to: string }
  | { readonly do: RelocationEnd; readonly which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("relocate" as const), from: folder, to: folder }),
  fc.record({ do: fc.constant("move" as const), to: folder }),
  fc.record({
    do: fc.constantFrom<RelocationEnd>("givenUp", "parked", "retried"),
    which: fc.nat({ max: 4 }),
  }),
);

const context = { class: "record", user: "user-ada", offsetMs: 0 } as const;

/** The row as the whole rebuild makes it. */
function rebuilt(row: ObjectRow, lane: readonly OutboxRow[]): ObjectRow {
  const { relocations = [] } = row;
  const result = rebuildView(baseOf(row), lane, { ...context, relocations });
  const { relocations: _, ...rest } = row;
  return {
    ...rest,
    view: result.view ?? row.view,
    ...(result.relocations === undefined ? undefined : { relocations: result.relocations }),
  };
}

test("step by step a row comes to what the rebuild from its base and its lane comes to", () => {
  fc.assert(
    fc.property(folder, fc.array(step, { maxLength: 12 }), (start, steps) => {
      const id = sampleRealId(1);
      let row = sampleObject(1, { folder: start }, { id, realId: id });
      let lane: readonly OutboxRow[] = [];
      for (const [index, next] of steps.entries()) {
        const sequence = index + 1;
        switch (next.do) {
          case "relocate":
            if (
              next.from !== "/" &&
              !isWithin(next.to, next.from) &&
              isWithin(row.view.folder, next.from)
            ) {
              row = withRelocation(row, sequence, next);
            }
            break;
          case "move": {
            const operation: Operation = { kind: "move", folder: next.to };
            lane = [...lane, sampleOutbox(sequence, sampleKey(1), { operation })];
            const base = baseOf(row);
            row = {
              ...row,
              view: { ...row.view, folder: next.to },
              ...(base === undefined ? undefined : { base }),
              pending: row.pending + 1,
              ...(row.relocations && { relocations: passed(row.relocations) }),
            };
            break;
          }
          case "givenUp":
          case "parked":
          case "retried": {
            const one = row.relocations?.[next.which];
            if (one === undefined || (next.do === "retried") !== (one.isParked === true)) break;
            row = afterRelocation(row, one.operation, next.do) ?? row;
            break;
          }
          default:
            break;
        }
        expect(row).toEqual(rebuilt(row, lane));
        expect(baseOf(row)?.folder).toBe(start);
      }
    }),
  );
});

test("the ack of the first that is pending changes no view, and moves the base", () => {
  fc.assert(
    fc.property(folder, fc.array(fc.tuple(folder, folder), { maxLength: 6 }), (start, moves) => {
      const id = sampleRealId(1);
      let row = sampleObject(1, { folder: start }, { id, realId: id });
      let there: string = start;
      const made: { readonly operation: number; readonly from: string; readonly to: string }[] = [];
      for (const [index, [from, to]] of moves.entries()) {
        if (from === "/" || isWithin(to, from)) continue;
        made.push({ operation: index, from, to });
        if (isWithin(row.view.folder, from)) row = withRelocation(row, index, { from, to });
      }
      const shown = row.view.folder;
      for (const { operation, ...move } of made) {
        row = afterRelocation(row, operation, "done") ?? row;
        there = relocated(there, move);
        expect(row.view.folder).toBe(shown);
        expect(baseOf(row)?.folder).toBe(there);
      }
      expect(row.relocations).toBeUndefined();
      expect(there).toBe(shown);
    }),
  );
});

test("what the platform moved along moves here too, unless it is not there", () => {
  const id = sampleRealId(1);
  const move = { from: "/a", to: "/b" };
  const there = sampleObject(1, { folder: "/a/x" }, { id, realId: id });
  expect(movedAlong(there, move)?.view.folder).toBe("/b/x");
  const unsent = sampleObject(2, { folder: "/a/x" }, { pending: 1 });
  expect(movedAlong(unsent, move)).toBeUndefined();
  const elsewhere = { ...there, base: { ...there.view, folder: "/c" }, pending: 1 };
  expect(movedAlong(elsewhere, move)).toBeUndefined();
});

test("what moved along counts from where it is now, whatever later operations would make of its old folder", () => {
  const id = sampleRealId(1);
  const there = sampleObject(1, { folder: "/d" }, { id, realId: id });
  const later = withRelocation(there, 2, { from: "/d", to: "/e" });
  const moved = movedAlong(later, { from: "/d", to: "/c/d" });
  expect(moved?.view.folder).toBe("/c/d");
  expect(moved === undefined ? undefined : baseOf(moved)?.folder).toBe("/c/d");
});

test("a new path is made of the old one", () => {
  expect(relocationOf({ kind: "renameFolder", folder: "/a/b", name: "c" })?.to).toBe("/a/c");
  expect(relocationOf({ kind: "renameFolder", folder: "/a", name: "c" })?.to).toBe("/c");
  expect(relocationOf({ kind: "moveFolder", folder: "/a/b", destination: "/" })?.to).toBe("/b");
  expect(relocationOf({ kind: "moveFolder", folder: "/a", destination: "/x/y" })?.to).toBe(
    "/x/y/a",
  );
  expect(relocationOf({ kind: "close" })).toBeUndefined();
});
