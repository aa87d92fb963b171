import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffMs, retryDelayMs } from "./backoff.ts";

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("backing off", () => {
  test("waits between the least and a ceiling that doubles up to the most", () => {
    expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, 0))).toEqual([100, 100, 100, 100]);
    const almostOne = 1 - Number.EPSILON;
    expect([1, 2, 3, 6, 7, 8, 500].map((attempt) => backoffMs(attempt, almostOne))).toEqual([
      999, 1999, 3999, 31_999, 59_999, 59_999, 59_999,
    ]);
  });

  test("stays a whole number within its bounds for any attempt", () => {
    fc.assert(
      fc.property(fc.integer(), fraction, fc.nat({ max: 5000 }), (attempt, drawn, minimumMs) => {
        const waitMs = backoffMs(attempt, drawn, { minimumMs, maximumMs: 10_000 });
        expect(Number.isSafeInteger(waitMs)).toBe(true);
        expect(waitMs).toBeGreaterThanOrEqual(minimumMs);
        expect(waitMs).toBeLessThanOrEqual(10_000);
      }),
    );
  });

  test("spreads clients that are told the same second, and never comes before it", () => {
    fc.assert(
      fc.property(fc.nat({ max: 3_600_000 }), fc.integer({ min: 1 }), fraction, (...drawn) => {
        const [afterMs, attempt, part] = drawn;
        const waitMs = retryDelayMs(afterMs, attempt, part);
        expect(waitMs).toBeGreaterThanOrEqual(afterMs);
        expect(waitMs).toBeLessThanOrEqual(
          afterMs + Math.max(afterMs / 4, 500) * Math.min(attempt, 8),
        );
      }),
    );
    expect(retryDelayMs(0, 1, 0.5)).toBe(250);
    expect(retryDelayMs(20_000, 1, 0.5)).toBe(22_500);
    expect(retryDelayMs(20_000, 4, 0.5)).toBe(30_000);
    expect(retryDelayMs(20_000, 100, 0.5)).toBe(40_000);
    expect(retryDelayMs(undefined, 2, 0.5)).toBe(backoffMs(2, 0.5));
  });
});
