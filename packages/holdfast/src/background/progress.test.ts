import type { Failure } from "@holdfast/core";
import type { EngineStatus } from "@holdfast/sync";
import { expect, test } from "vitest";
import { progressOf } from "./progress.ts";

const failure: Failure = { code: "NeedsAuth", message: "Sign in." };
const counts = { pending: 1, sending: 0, parked: 0, acked: 0 };

test("a replay goes on while something is sent, waits for the network, and ends with everything else", () => {
  const phases: Readonly<Record<EngineStatus["phase"], object>> = {
    replaying: { kind: "sending" },
    connecting: { kind: "waiting" },
    offline: { kind: "waiting" },
    idle: { kind: "sent" },
    paused: { kind: "ended" },
    needsAuth: { kind: "ended", failure },
    stopped: { kind: "ended", failure },
  };
  for (const [phase, progress] of Object.entries(phases)) {
    const status = { phase, leading: true, blocked: [], counts, failure } as unknown;
    expect(progressOf(status as EngineStatus), phase).toEqual(progress);
  }
});

test("what a block holds back is left for another time", () => {
  const reason: Failure = { code: "SpendingLimitExceeded", message: "The limit is reached." };
  const blocked = [{ scope: "account", reason }] as unknown as EngineStatus["blocked"];
  const status: EngineStatus = { phase: "idle", leading: true, blocked, counts };
  expect(progressOf(status)).toEqual({ kind: "ended", failure: reason });
});
