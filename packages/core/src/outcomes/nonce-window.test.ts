import { describe, expect, test } from "vitest";
import type { FirstAttempt } from "../journal.ts";
import { insideNonceWindow, nonceWindowMs } from "./nonce-window.ts";

const minuteMs = 60_000;
const unserved: FirstAttempt = { wallAt: 5, monotonicAt: 1000, process: "this" };
const served: FirstAttempt = { ...unserved, serverAt: 1_800_000_000_000 };

describe("the nonce window", () => {
  test("is open in the process that sent first, for 40 minutes of its monotonic clock", () => {
    const inside = (monotonicAt: number): boolean =>
      insideNonceWindow(unserved, { process: "this", wallAt: 5, monotonicAt });
    expect(inside(1000)).toBe(true);
    expect(inside(1000 + nonceWindowMs - 1)).toBe(true);
    expect(inside(1000 + nonceWindowMs)).toBe(false);
    expect(inside(999)).toBe(false);
  });

  test("is in doubt in another process, whatever its wall clock says, without the platform's time", () => {
    const other = { process: "other", wallAt: 5, monotonicAt: 1001 };
    expect(insideNonceWindow(unserved, other)).toBe(false);
    const now = { ...other, serverAt: 1_800_000_000_000 };
    expect(insideNonceWindow(unserved, now)).toBe(false);
  });

  test("is open in another process by the platform's time", () => {
    const inside = (passedMs: number): boolean =>
      insideNonceWindow(served, {
        process: "other",
        wallAt: 5 + passedMs,
        monotonicAt: 0,
        serverAt: 1_800_000_000_000 + passedMs,
      });
    expect(inside(0)).toBe(true);
    expect(inside(39 * minuteMs)).toBe(true);
    expect(inside(40 * minuteMs)).toBe(false);
  });

  test("bears two readings of the platform's clock that disagree by a latency, and no clock that goes back", () => {
    const at = (serverAt: number) => ({ process: "this", wallAt: 5, monotonicAt: 2000, serverAt });
    expect(insideNonceWindow(served, at(1_800_000_000_000 - 5000))).toBe(true);
    expect(insideNonceWindow(served, at(1_800_000_000_000 - 2 * minuteMs))).toBe(false);
  });

  test("closes when one clock says so: a monotonic one may stand still while the machine sleeps", () => {
    const awake = {
      process: "this",
      wallAt: 5,
      monotonicAt: 1500,
      serverAt: 1_800_000_000_000,
    };
    expect(insideNonceWindow(served, awake)).toBe(true);
    const laterMs = 60 * minuteMs;
    const corrected = { ...awake, serverAt: awake.serverAt + laterMs };
    expect(insideNonceWindow(served, corrected)).toBe(false);
    // The platform's time is counted by the monotonic clock between two readings, so both may have slept.
    expect(insideNonceWindow(served, { ...awake, wallAt: 5 + laterMs })).toBe(false);
    expect(insideNonceWindow(served, { ...awake, wallAt: 5 - laterMs })).toBe(false);
  });
});
