import type { FirstAttempt } from "./journal.ts";
import type { EpochMs } from "./ports.ts";

/** The moment of the question, by the clocks of a `FirstAttempt`. */
export interface AttemptTime {
  readonly process: string;
  readonly monotonicAt: number;
  /** The platform's time now, where it is known. */
  readonly serverAt?: EpochMs;
}

/** The platform keeps a nonce for an hour from the first request (DO §2); a quarter of it is our margin. */
export const nonceWindowMs: number = 45 * 60 * 1000;

/**
 * Whether a create may be sent again without a look-up: certain by the monotonic clock of the process that sent it
 * first, or by the platform's own time. Everything else, a clock that went back included, is in doubt: `false`.
 * One clock that says no is enough for no, since a monotonic clock may stand still while the machine sleeps.
 */
export function insideNonceWindow(first: FirstAttempt, now: AttemptTime): boolean {
  const isSameProcess = first.process === now.process;
  const isServerTimed = first.serverAt !== undefined && now.serverAt !== undefined;
  if (!isSameProcess && !isServerTimed) return false;
  const ageMs = isSameProcess ? now.monotonicAt - first.monotonicAt : 0;
  const serverAgeMs = isServerTimed ? now.serverAt - first.serverAt : 0;
  return (
    ageMs >= 0 && ageMs < nonceWindowMs && serverAgeMs > -skewMs && serverAgeMs < nonceWindowMs
  );
}

/** How far two readings of the platform's clock may disagree, each being off by a request's latency. */
const skewMs = 60_000;
