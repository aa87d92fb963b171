import { describe, expect, test } from "vitest";
import type { FirstAttempt } from "./journal.ts";
import { insideNonceWindow, nonceWindowMs } from "./nonce-window.ts";

const minuteMs = 60_000;
const unserved: FirstAttempt = { wallAt: 5, monotonicAt: 1000, process: "this" };
const served: FirstAttempt = { ...unserved, serverAt: 1_800_000_000_000 };

describe("the nonce window", () => {
  test("is open in the process that sent first, for 45 minutes of its monotonic clock", () => {
    const inside = (monotonicAt: number): boolean =>
      insideNonceWindow(unserved, { process: "this", monotonicAt });
    expect(inside(1000)).toBe(true);
    expect(inside(1000 + nonceWindowMs - 1)).toBe(true);
    expect(inside(1000 + nonceWindowMs)).toBe(false);
    expect(inside(999)).toBe(false);
  });

  test("is in doubt in another process, whatever its wall clock says, without the platform's time", () => {
    expect(insideNonceWindow(unserved, { process: "other", monotonicAt: 1001 })).toBe(false);
    const now = { process: "other", monotonicAt: 1001, serverAt: 1_800_000_000_000 };
    expect(insideNonceWindow(unserved, now)).toBe(false);
  });

  test("is open in another process by the platform's time", () => {
    const inside = (passedMs: number): boolean =>
      insideNonceWindow(served, {
        process: "other",
        monotonicAt: 0,
        serverAt: 1_800_000_000_000 + passedMs,
      });
    expect(inside(0)).toBe(true);
    expect(inside(44 * minuteMs)).toBe(true);
    expect(inside(45 * minuteMs)).toBe(false);
  });

  test("bears two readings of the platform's clock that disagree by a latency, and no clock that goes back", () => {
    const at = (serverAt: number) => ({ process: "this", monotonicAt: 2000, serverAt });
    expect(insideNonceWindow(served, at(1_800_000_000_000 - 5000))).toBe(true);
    expect(insideNonceWindow(served, at(1_800_000_000_000 - 2 * minuteMs))).toBe(false);
  });

  test("closes when either clock says so: a monotonic one may stand still while the machine sleeps", () => {
    const asleep = {
      process: "this",
      monotonicAt: 1500,
      serverAt: 1_800_000_000_000 + 60 * minuteMs,
    };
    expect(insideNonceWindow(served, asleep)).toBe(false);
  });
});
