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
 */
export function insideNonceWindow(first: FirstAttempt, now: AttemptTime): boolean {
  void [first, now];
  throw new Error("not yet");
}
