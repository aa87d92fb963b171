import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRetryAfterMs } from "./retry-after.ts";

const at = Date.UTC(2026, 10, 22, 12, 0, 0);

describe("a Retry-After header", () => {
  test.each([
    ["2", 2000],
    ["0", 0],
    [" 30 ", 30_000],
    ["Sun, 22 Nov 2026 12:00:07 GMT", 7000],
    ["Sunday, 22-Nov-26 12:01:00 GMT", 60_000],
    ["Sun, 22 Nov 2026 11:59:00 GMT", 0],
  ])("%j is %i milliseconds", (header, afterMs) => {
    expect(parseRetryAfterMs(header, at)).toBe(afterMs);
  });

  test.each(["", "soon", "-3", "1.5", "1e3", "0x10", "Sun, 22 Foo 2026 12:00:00 GMT"])(
    "%j is not readable",
    (header) => expect(parseRetryAfterMs(header, at)).toBeUndefined(),
  );

  test("is not believed beyond an hour, and never throws", () => {
    expect(parseRetryAfterMs("99999999999999999999999", at)).toBe(3_600_000);
    expect(parseRetryAfterMs("Wed, 01 Jan 2098 00:00:00 GMT", at)).toBe(3_600_000);
    expect(parseRetryAfterMs(undefined, at)).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (header) => {
        const afterMs = parseRetryAfterMs(header, at) ?? 0;
        expect(afterMs >= 0 && afterMs <= 3_600_000).toBe(true);
      }),
    );
  });
});
