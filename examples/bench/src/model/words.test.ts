import { type HoldfastStatus, HoldfastError, type Phase } from "holdfast";
import { describe, expect, test } from "vitest";
import { errorWords, phaseTone, phaseWords } from "./words.ts";

function statusOf(phase: Phase, over: Partial<HoldfastStatus> = {}): HoldfastStatus {
  return {
    phase,
    sender: true,
    blocked: [],
    damaged: [],
    storage: { mode: "persistent" },
    background: { state: "on" },
    counts: { waiting: 0, sending: 0, parked: 0, ended: 0 },
    ...over,
  };
}

const counts = { waiting: 0, sending: 0, parked: 0, ended: 9 };

describe("the state of the outbox in words", () => {
  test.each<[string, HoldfastStatus, string]>([
    ["Offline", statusOf("offline"), "quiet"],
    ["Connecting", statusOf("connecting"), "busy"],
    ["Sending", statusOf("replaying", { counts: { ...counts, waiting: 3 } }), "busy"],
    ["Up to date", statusOf("idle"), "good"],
    ["Needs you", statusOf("idle", { counts: { ...counts, parked: 1 } }), "bad"],
    ["About to send", statusOf("idle", { counts: { ...counts, waiting: 1 } }), "busy"],
    ["Paused", statusOf("paused"), "quiet"],
    ["Token needed", statusOf("needsAuth"), "bad"],
    ["Stopped", statusOf("stopped"), "bad"],
    [
      "Blocked",
      statusOf("idle", {
        blocked: [
          {
            scope: "account",
            reason: { code: "SpendingLimitExceeded", message: "Pay first." },
            retryAt: 0,
          },
        ],
      }),
      "bad",
    ],
  ])("is %s", (title, status, tone) => {
    expect(phaseWords(status).title).toBe(title);
    expect(phaseTone(status)).toBe(tone);
  });

  test("says why it stopped", () => {
    const failure = {
      code: "NewerVersion",
      message: "Reload: this tab is older.",
      found: 2,
    } as const;
    expect(phaseWords(statusOf("stopped", { failure })).explanation).toBe(failure.message);
  });
});

test("an error of the store says what to do", () => {
  const error = new HoldfastError({ code: "StorageQuota", message: "The device is full." });
  expect(errorWords(error)).toContain("Free some space");
  expect(errorWords("plain")).toBe("plain");
});
