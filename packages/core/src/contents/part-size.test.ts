import { expect, test } from "vitest";
import { partSizeAt } from "./part-size.ts";

const mebibyte = 2 ** 20;
const tebibyte = 2 ** 40;

test("parts are of 8 MiB until more than 10,000 of them would be needed", () => {
  expect(partSizeAt(1, 0)).toBe(8 * mebibyte);
  expect(partSizeAt(1, 80_000 * mebibyte)).toBe(8 * mebibyte);
  expect(partSizeAt(1, 80_000 * mebibyte + 1)).toBe(9 * mebibyte);
  for (const size of [tebibyte, 5 * tebibyte - 1]) {
    expect(Math.ceil(size / partSizeAt(1, size))).toBeLessThanOrEqual(10_000);
  }
});

test("content of unknown length doubles its parts, so that 10,000 hold 496 GiB", () => {
  expect(partSizeAt(2_000, undefined)).toBe(8 * mebibyte);
  expect(partSizeAt(2_001, undefined)).toBe(16 * mebibyte);
  expect(partSizeAt(10_000, undefined)).toBe(128 * mebibyte);
});
