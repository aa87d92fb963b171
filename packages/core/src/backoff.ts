/** Full jitter: anywhere from `minimumMs` to a ceiling that doubles with each attempt up to `maximumMs`. */
export interface BackoffBounds {
  /** Ceiling of the first retry. Default 1,000. */
  readonly firstMs?: number;
  /** Default 60,000. */
  readonly maximumMs?: number;
  /** Default 100: a zero delay would be no delay. */
  readonly minimumMs?: number;
}

/**
 * @param attempt - attempts made so far, 1 or more.
 * @param fraction - from the Random port, in [0, 1).
 */
export function backoffMs(attempt: number, fraction: number, bounds: BackoffBounds = {}): number {
  void [attempt, fraction, bounds];
  throw new Error("not yet");
}

/**
 * The wait before a `retry` verdict's next attempt: the platform's Retry-After plus up to a quarter of it, so that
 * clients told the same second do not come in the same second; without one, the backoff.
 */
export function retryDelayMs(
  afterMs: number | undefined,
  attempt: number,
  fraction: number,
): number {
  void [afterMs, attempt, fraction];
  throw new Error("not yet");
}
