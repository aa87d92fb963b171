import { type Clock, type EpochMs, parseRetryAfterMs } from "@holdfast/core";
import type { Fetch } from "./api-client.ts";
import { untilAborted } from "./until-aborted.ts";

/** Where the storage gives content out, as the platform said (DO §7.5). Never kept, never logged. */
export interface ContentUrl {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How one GET ended. Whatever bytes came before that have been given. */
export type RangeEnd =
  | { readonly kind: "complete" }
  /** The connection broke, fell silent, or ended too soon. */
  | { readonly kind: "broken" }
  /** The storage does not take the URL: expired, or no longer allowed. */
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "overloaded"; readonly afterMs?: number };

export interface RangedGetOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** So long without a byte is broken. */
  readonly silenceMs: number;
}

export interface Range {
  /** In bytes; `to` is not part of it. */
  readonly from: number;
  readonly to: number;
  /** Gets the bytes in order; the next are read once it resolves. What it throws ends the GET. */
  readonly take: (bytes: Uint8Array) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Reads a range of content from the storage, a chunk at a time, so that memory stays flat. Carries the headers that came with
 * the URL and no token. `fetch` is called before this returns. Rejects with the signal's reason, and with what `take` throws.
 */
export async function getRange(
  { url, headers }: ContentUrl,
  range: Range,
  { fetch, clock, silenceMs }: RangedGetOptions,
): Promise<RangeEnd> {
  const silence = new AbortController();
  const signal = AbortSignal.any([range.signal, silence.signal]);
  let cancelTimer = (): void => {};
  // A fetch that does not heed its signal must not hold the connection either.
  const heard = async <Value>(next: Promise<Value>): Promise<Value | undefined> => {
    cancelTimer = clock.timer(silenceMs, () => silence.abort());
    try {
      return await untilAborted(next, signal);
    } catch {
      range.signal.throwIfAborted();
      return undefined;
    } finally {
      cancelTimer();
    }
  };
  const response = await heard(fetch(requestOf({ url, headers }, range, signal)));
  if (response === undefined) return { kind: "broken" };
  if (response.status !== 200 && response.status !== 206) {
    void response.body?.cancel().catch(() => undefined);
    return refusalOf(response, clock.now());
  }
  const reader = response.body?.getReader();
  // Who knows no ranges answers with all there is.
  let toSkip = response.status === 200 ? range.from : 0;
  let left = range.to - range.from;
  try {
    while (left > 0) {
      const chunk = reader === undefined ? undefined : await heard(reader.read());
      if (chunk?.value === undefined) return { kind: "broken" };
      const bytes = chunk.value.subarray(toSkip, toSkip + left);
      toSkip = Math.max(0, toSkip - chunk.value.length);
      left -= bytes.length;
      if (bytes.length > 0) await range.take(bytes);
      range.signal.throwIfAborted();
    }
    return { kind: "complete" };
  } finally {
    void reader?.cancel().catch(() => undefined);
  }
}

function requestOf(
  { url, headers }: ContentUrl,
  { from, to }: Range,
  signal: AbortSignal,
): Request {
  return new Request(url, {
    headers: { ...headers, Range: `bytes=${from}-${to - 1}` },
    signal,
    credentials: "omit",
    referrerPolicy: "no-referrer",
  });
}

function refusalOf({ status, headers }: Response, now: EpochMs): RangeEnd {
  const isOverloaded = status === 429 || status === 408 || status >= 500;
  if (!isOverloaded) return { kind: "refused", status };
  const afterMs = parseRetryAfterMs(headers.get("Retry-After") ?? undefined, now);
  return { kind: "overloaded", ...(afterMs === undefined ? {} : { afterMs }) };
}
