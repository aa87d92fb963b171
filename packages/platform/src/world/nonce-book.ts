import type { EpochMs } from "@holdfast/core";

/** The first answer to a nonce. */
export interface NonceReply {
  /** `user route nonce`, as `nonceKey` writes it. */
  readonly key: string;
  /** Of the canonical input. */
  readonly inputHash: string;
  /** The answer's body. */
  readonly reply: string;
  readonly at: EpochMs;
}

/** What was answered to which nonce, for as long as it counts. In the order of the first answers. */
export class NonceBook {
  readonly #replies = new Map<string, NonceReply>();
  readonly #lifetimeMs: number;

  constructor(lifetimeMs: number) {
    this.#lifetimeMs = lifetimeMs;
  }

  /** The reply that still counts. */
  find(key: string, now: EpochMs): NonceReply | undefined {
    const reply = this.#replies.get(key);
    return reply === undefined || this.#isOver(reply, now) ? undefined : reply;
  }

  get(key: string): NonceReply | undefined {
    return this.#replies.get(key);
  }

  add(reply: NonceReply): void {
    this.#replies.delete(reply.key);
    this.#replies.set(reply.key, reply);
  }

  /** Forgets what no longer counts, and names it. */
  expire(now: EpochMs): readonly string[] {
    const over: string[] = [];
    for (const reply of this.#replies.values()) {
      if (!this.#isOver(reply, now)) break;
      over.push(reply.key);
    }
    for (const key of over) this.#replies.delete(key);
    return over;
  }

  all(): Iterable<NonceReply> {
    return this.#replies.values();
  }

  #isOver(reply: NonceReply, now: EpochMs): boolean {
    return now - reply.at >= this.#lifetimeMs;
  }
}

/** Nonces are per user and route [assumed, DO §2]. */
export function nonceKey(user: string, route: string, nonce: string): string {
  return JSON.stringify([user, route, nonce]);
}
