import { expect, test } from "vitest";
import { measure, median } from "./ratios.ts";

test("numbers are sorted as numbers", () => {
  expect(median([9, 100, 10])).toBe(10);
});

test("an even count takes the middle of the two", () => {
  expect(median([1, 2, 3, 10])).toBe(2.5);
});

test("the ratio is taken round by round, so that a machine that slows down does not show in it", () => {
  expect(measure({ ours: [10, 20, 40], limit: [20, 40, 80] })).toEqual({
    ours: 20,
    limit: 40,
    ratio: 0.5,
    rounds: 3,
  });
});
