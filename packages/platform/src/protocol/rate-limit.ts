import type { EpochMs } from "@holdfast/core";
import { ApiError } from "../api-error.ts";
import { throttledRetryAfterS } from "../assumed.ts";

const windowMs = 1000;

/** So many calls of one user in one second of the platform's clock (DO §1.6). */
export class RateLimit {
  readonly #callsPerSecond: number;
  readonly #calls = new Map<string, { since: EpochMs; count: number }>();

  constructor(callsPerSecond: number) {
    this.#callsPerSecond = callsPerSecond;
  }

  /** @throws ApiError RateLimitConditional where this call is one too many. */
  count(user: string, at: EpochMs): void {
    if (this.#callsPerSecond === Number.POSITIVE_INFINITY) return;
    let calls = this.#calls.get(user);
    if (calls === undefined || at - calls.since >= windowMs || at < calls.since) {
      calls = { since: at, count: 0 };
      this.#calls.set(user, calls);
    }
    calls.count += 1;
    if (calls.count > this.#callsPerSecond) {
      throw new ApiError(
        "RateLimitConditional",
        `more than ${this.#callsPerSecond} calls in a second`,
        { retryAfterS: throttledRetryAfterS },
      );
    }
  }
}
