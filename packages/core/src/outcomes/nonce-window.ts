import type { FirstAttempt } from "../journal.ts";
import type { EpochMs } from "../ports.ts";

/** The moment of the question, by the clocks of a `FirstAttempt`. */
export interface AttemptTime {
  readonly wallAt: EpochMs;
  readonly process: string;
  readonly monotonicAt: number;
  /** The platform's time now, where it is known. */
  readonly serverAt?: EpochMs;
}

/**
 * The platform keeps a nonce for an hour from the first request (DO §2). The last attempt that leaves inside the window
 * may be given up after a minute and land a quarter of an hour later, and must still find it there.
 */
export const nonceWindowMs: number = 40 * 60 * 1000;

/**
 * Whether a create may be sent again without a look-up: certain by the monotonic clock of the process that sent it
 * first, or by the platform's own time. Everything else, a clock that went back included, is in doubt: `false`.
 * One clock that says no is enough for no: the monotonic clock may stand still while the machine sleeps, and with it
 * the platform's time as it is counted here. The wall clock, which a person may set, never says yes by itself.
 */
export function insideNonceWindow(first: FirstAttempt, now: AttemptTime): boolean {
  const isSameProcess = first.process === now.process;
  const isServerTimed = first.serverAt !== undefined && now.serverAt !== undefined;
  if (!isSameProcess && !isServerTimed) return false;
  const ageMs = isSameProcess ? now.monotonicAt - first.monotonicAt : 0;
  const serverAgeMs = isServerTimed ? now.serverAt - first.serverAt : 0;
  const wallAgeMs = now.wallAt - first.wallAt;
  return ageMs >= 0 && ageMs < nonceWindowMs && isYoung(serverAgeMs) && isYoung(wallAgeMs);
}

function isYoung(ageMs: number): boolean {
  return ageMs > -skewMs && ageMs < nonceWindowMs;
}

/** How far two readings of one clock may disagree: a latency of the platform's, a correction of the device's. */
const skewMs = 60_000;
