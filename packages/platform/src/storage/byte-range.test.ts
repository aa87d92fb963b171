import { expect, test } from "vitest";
import { asByteRange } from "./byte-range.ts";

test.each([
  [null, 10, undefined],
  ["", 10, undefined],
  ["bytes=0-9", 10, { from: 0, to: 10 }],
  ["bytes=3-3", 10, { from: 3, to: 4 }],
  ["bytes=3-", 10, { from: 3, to: 10 }],
  ["bytes=3-99", 10, { from: 3, to: 10 }],
  ["bytes=-4", 10, { from: 6, to: 10 }],
  ["bytes=-99", 10, { from: 0, to: 10 }],
  ["bytes=-0", 10, "unsatisfiable"],
  ["bytes=10-", 10, "unsatisfiable"],
  ["bytes=0-", 0, "unsatisfiable"],
  ["bytes=4-3", 10, undefined],
  ["bytes=0-1,2-3", 10, undefined],
  ["items=0-1", 10, undefined],
] as const)("%s of %d bytes", (header, size, range) => {
  expect(asByteRange(header, size)).toEqual(range);
});
