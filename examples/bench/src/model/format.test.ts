import { expect, test } from "vitest";
import { duration, number, plural } from "./format.ts";

test("numbers are grouped and counted words agree with them", () => {
  expect(number(2535)).toBe("2,535");
  expect(plural(1, "change")).toBe("1 change");
  expect(plural(2535, "change")).toBe("2,535 changes");
  expect(plural(0, "sample")).toBe("0 samples");
});

test.each([
  [300, "a moment"],
  [59_999, "59 s"],
  [61_000, "1 min"],
  [3_600_000 * 5, "5 h"],
  [86_400_000 * 3, "3 days"],
])("%d ms are %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});
