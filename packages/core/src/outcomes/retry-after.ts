import type { EpochMs } from "../ports.ts";

/** Longer is not believed: an hour without a try is as long as a nonce lives (DO §2). */
const longestMs = 60 * 60 * 1000;

/**
 * Reads a Retry-After header, whole seconds or an HTTP date, as milliseconds from now, at most an hour.
 *
 * @param at - the instant a date is relative to: the answer's own `Date` where readable.
 * @returns undefined where the header is missing or neither.
 */
export function parseRetryAfterMs(header: string | undefined, at: EpochMs): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, longestMs);
  // Date.parse alone would take "1.5" or "-3" for years.
  if (!/^[A-Z][a-z]{2,8},? .*GMT$/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.min(Math.max(date - at, 0), longestMs);
}
