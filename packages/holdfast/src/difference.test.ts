import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleDescription } from "./description.test-support.ts";
import { applyDifference } from "./difference.ts";
import { differenceBetween } from "./host/difference-between.ts";

const result = fc
  .uniqueArray(fc.nat(30), { maxLength: 20 })
  .map((numbers) => numbers.map((n) => sampleDescription(n)));

test("a difference leads from one result to any other, keeping the objects that did not change", () => {
  fc.assert(
    fc.property(result, result, fc.array(fc.nat(30)), (before, target, changed) => {
      const known = new Map(before.map((row) => [row.key, row]));
      const fresh = new Set(changed.map((n) => sampleDescription(n).key));
      const after = target.map((row) => (fresh.has(row.key) ? row : (known.get(row.key) ?? row)));
      const difference = differenceBetween(before, after);
      const reached = difference === undefined ? before : applyDifference(before, difference);
      expect(reached).toHaveLength(after.length);
      reached.forEach((row, index) => expect(row).toBe(after[index]));
    }),
  );
});

test("there is no difference between equal results", () => {
  const rows = [1, 2, 3].map((n) => sampleDescription(n));
  expect(differenceBetween(rows, [...rows])).toBeUndefined();
});

test("a row that changed and came first is put alone", () => {
  const rows = [1, 2, 3, 4].map((n) => sampleDescription(n));
  const [one, two, three] = rows as [never, never, never];
  const changed = sampleDescription(4, "newer");
  expect(differenceBetween(rows, [changed, one, two, three])).toEqual({
    kind: "patch",
    removed: [],
    put: [{ at: 0, row: changed }],
  });
});

test("a reset replaces everything", () => {
  const rows = [sampleDescription(7)];
  expect(applyDifference([sampleDescription(1)], { kind: "reset", rows })).toBe(rows);
});
