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
 * The wait before the next attempt, in whole milliseconds.
 *
 * @param attempt - attempts made so far; less than 1 counts as 1.
 * @param fraction - from the Random port, in [0, 1).
 */
export function backoffMs(attempt: number, fraction: number, bounds: BackoffBounds = {}): number {
  const { firstMs = 1000, maximumMs = 60_000, minimumMs = 100 } = bounds;
  // Beyond 2^30 the ceiling is long since the maximum, and a larger exponent would only overflow.
  const doublings = Math.min(Math.max(attempt, 1) - 1, 30);
  const ceilingMs = Math.max(Math.min(firstMs * 2 ** doublings, maximumMs), minimumMs);
  return Math.floor(minimumMs + fraction * (ceilingMs - minimumMs));
}

/**
 * The wait before a `retry` verdict's next attempt: the platform's Retry-After plus up to a quarter of it for each
 * attempt so far, at most eight, so that clients told the same second do not come in the same second, and less so the
 * more often there were too many of them; without one, the backoff.
 */
export function retryDelayMs(
  afterMs: number | undefined,
  attempt: number,
  fraction: number,
): number {
  if (afterMs === undefined) return backoffMs(attempt, fraction);
  const steps = Math.min(Math.max(attempt, 1), mostSteps);
  return Math.floor(afterMs + fraction * Math.max(afterMs / 4, leastSpreadMs) * steps);
}

const mostSteps = 8;
/** "Retry-After: 0" from ten thousand clients at once. */
const leastSpreadMs = 500;
