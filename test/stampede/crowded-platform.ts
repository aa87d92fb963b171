import type { Answer, Clock } from "@holdfast/core";
import type { Timeline } from "./timeline.ts";

export interface CrowdedPlatformOptions {
  readonly clock: Clock;
  readonly seed: number;
  readonly timeline: Timeline;
  /** Calls of one account in one second (DO §1.6). */
  readonly accountPerSecond: number;
  /** Calls of all accounts in one second. */
  readonly perSecond: number;
}

/** One call, as far as a crowd is concerned. */
export interface CrowdedCall {
  readonly account: number;
  /** Names the caller to chance. */
  readonly client: number;
  readonly path: string;
}

interface Window {
  since: number;
  count: number;
}

const windowMs = 1_000;

/**
 * A platform that does nothing but count: so many calls of an account in a second, answered 429 beyond, so many in all,
 * answered 503 beyond, both with a Retry-After of 20 to 30 s that does not grow (CS §8.2). To refuse costs it nothing,
 * which favours those who ask too often.
 */
export class CrowdedPlatform {
  readonly #options: CrowdedPlatformOptions;
  readonly #all: Window = { since: 0, count: 0 };
  readonly #accounts = new Map<number, Window>();
  readonly #calls = new Map<number, number>();
  isUp = false;

  constructor(options: CrowdedPlatformOptions) {
    this.#options = options;
  }

  /** @param done - how to answer where there is room. */
  call({ account, client, path }: CrowdedCall, done: () => string): Promise<Answer> {
    const { clock, seed, timeline } = this.#options;
    const number = (this.#calls.get(client) ?? 0) + 1;
    this.#calls.set(client, number);
    const drawn = draw(seed, client, number);
    if (!this.isUp) return Promise.resolve({ kind: "none", cause: "network", sent: true });
    timeline.offered(clock.monotonic());
    // Whole milliseconds, so that much happens in one instant and the clock has fewer of them to go through.
    const travelMs = 20 + (drawn % 40);
    return new Promise((resolve) => {
      clock.timer(travelMs, () => {
        const answer = this.#answer({ account, path }, 20 + (drawn % 11), done);
        clock.timer(travelMs, () => resolve(answer));
      });
    });
  }

  #answer(
    { account, path }: Omit<CrowdedCall, "client">,
    retryAfterS: number,
    done: () => string,
  ): Answer {
    const { clock, timeline, accountPerSecond, perSecond } = this.#options;
    const nowAt = clock.monotonic();
    let window = this.#accounts.get(account);
    if (window === undefined) this.#accounts.set(account, (window = { since: nowAt, count: 0 }));
    const retryAfter = String(retryAfterS);
    // In this order: who is over his own limit does not take the room of others.
    if (isOver(window, accountPerSecond, nowAt)) {
      timeline.refused(nowAt, "account");
      return refusal(429, "RateLimitConditional", retryAfter);
    }
    if (isOver(this.#all, perSecond, nowAt)) {
      timeline.refused(nowAt, "all");
      return refusal(503, "ServiceUnavailable", retryAfter);
    }
    timeline.served(nowAt, path);
    return { kind: "response", status: 200, body: done() };
  }
}

function isOver(window: Window, limit: number, nowAt: number): boolean {
  if (nowAt - window.since >= windowMs) {
    window.since = nowAt - ((nowAt - window.since) % windowMs);
    window.count = 0;
  }
  window.count += 1;
  return window.count > limit;
}

function refusal(status: number, type: string, retryAfter: string): Answer {
  const body = JSON.stringify({ error: { type, message: "too many requests" } });
  return { kind: "response", status, body, retryAfter };
}

/** Chance for millions of calls: the finalizer of MurmurHash3 over what names the call. */
function draw(seed: number, client: number, number: number): number {
  let value = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(client + 1, 0x85ebca6b) ^ number;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
