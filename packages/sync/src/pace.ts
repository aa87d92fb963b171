import { backoffMs, type Clock, retryDelayMs, type Verdict } from "@holdfast/core";
import { filter, merge, type Observable, timer } from "rxjs";
import { clockScheduler } from "./clock-scheduler.ts";
import type { ConnectionHint } from "./hints.ts";
import type { EngineLimits } from "./limits.ts";
import { firstUnlessAborted } from "./until-aborted.ts";

/**
 * How long the platform, or something in front of it, asked to be left alone; the default where it did not say how
 * long, or said it where another origin cannot read. Undefined where nobody asked for that.
 */
export function throttledForMs(
  verdict: Verdict,
  { defaultRetryAfterMs }: Pick<EngineLimits, "defaultRetryAfterMs">,
): number | undefined {
  switch (verdict.verdict) {
    case "retry":
      // A request that never left was refused by nobody.
      return verdict.reason.code === "Unreachable"
        ? undefined
        : (verdict.afterMs ?? defaultRetryAfterMs);
    case "unknown":
      return verdict.afterMs ?? (verdict.status === 503 ? defaultRetryAfterMs : undefined);
    default:
      return undefined;
  }
}

export interface PaceOptions {
  /** Attempts so far. */
  readonly attempt: number;
  /** From the Random port, in [0, 1). */
  readonly fraction: number;
  readonly limits: EngineLimits;
}

/** The wait before another attempt of a request: as long as it was asked for, else a backoff; both with jitter. */
export function waitMsAfter(verdict: Verdict, { attempt, fraction, limits }: PaceOptions): number {
  const throttledMs = throttledForMs(verdict, limits);
  return throttledMs === undefined
    ? backoffMs(attempt, fraction, { firstMs: limits.backoffMs, maximumMs: limits.backoffCapMs })
    : retryDelayMs(throttledMs, attempt, fraction);
}

export interface Waiting {
  readonly clock: Clock;
  readonly hints$: Observable<ConnectionHint>;
  readonly signal: AbortSignal;
}

/** So long, or until a person resumes. Rejects with the signal's reason. */
export async function waitUnlessResumed(
  waitMs: number,
  { clock, hints$, signal }: Waiting,
): Promise<void> {
  await firstUnlessAborted(
    merge(timer(waitMs, clockScheduler(clock)), hints$.pipe(filter((hint) => hint === "resume"))),
    signal,
  );
}
