import fc from "fast-check";
import { expect, test } from "vitest";
import { SortedChunks } from "./sorted-chunks.ts";

const compare = (left: number, right: number): number => left - right;

test("it is a sorted list, whatever is added and removed, across many chunks", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(5000), { minLength: 1200, maxLength: 1500, size: "max" }),
      fc.array(fc.nat(5000), { maxLength: 1000, size: "max" }),
      fc.nat(5000),
      (added, removed, start) => {
        const list = new SortedChunks<number>(compare);
        const model = new Set<number>();
        for (const item of added) {
          if (!model.has(item)) list.add(item);
          model.add(item);
        }
        for (const item of removed) expect(list.remove(item)).toBe(model.delete(item));
        const sorted = [...model].sort(compare);
        expect(list.size).toBe(sorted.length);
        expect(list.first).toBe(sorted[0]);
        expect([...list.from(-1)].flat()).toEqual(sorted);
        expect([...list.from(start)].flat()).toEqual(sorted.filter((item) => item >= start));
      },
    ),
    { numRuns: 30 },
  );
});
