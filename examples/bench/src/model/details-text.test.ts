import { describe, expect, test } from "vitest";
import { checkDetails, prettyDetails } from "./details-text.ts";

describe("details as a person writes them", () => {
  test("are handed on as they stand, digits and all", () => {
    expect(checkDetails(' {"a": 1.00000000000000000001} ')).toEqual({
      ok: true,
      text: '{"a": 1.00000000000000000001}',
    });
  });

  test("are an empty object where nothing is written", () => {
    expect(checkDetails("  ")).toEqual({ ok: true, text: "{}" });
  });

  test.each(["1", "null", '"text"', "true"])("are an object or an array, not %s", (text) => {
    expect(checkDetails(text)).toMatchObject({
      ok: false,
      message: expect.stringContaining("{ … }"),
    });
  });

  test("name the place that is no JSON", () => {
    expect(checkDetails('{\n  "a": 1,\n  b\n}')).toMatchObject({
      ok: false,
      message: expect.stringContaining("line 3, column 3"),
    });
  });

  test("are indented for reading, unless that would lose digits", () => {
    expect(prettyDetails('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(prettyDetails('{"a":1.00000000000000000001}')).toBe('{"a":1.00000000000000000001}');
  });
});
