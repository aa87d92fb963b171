import { expect, test } from "vitest";
import { someBytes } from "../files/files.test-support.ts";
import { fromBase64, toBase64 } from "./base64.ts";

test.each([0, 1, 2, 3, 0x8000, 0x8001, 200_000])("%d bytes there and back", (length) => {
  const bytes = someBytes(length);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
});

test("what is no base64 is none", () => {
  expect(fromBase64("%")).toBeUndefined();
});
