import type { Clock } from "@holdfast/core";

export interface GateOptions {
  readonly clock: Clock;
  readonly connections: number;
  /** `Infinity` lets everything pass as soon as a connection is free. */
  readonly requestsPerSecond: number;
  readonly burst: number;
}

interface Waiting {
  readonly pass: () => void;
  readonly signal: AbortSignal;
}

/**
 * One budget for everything that leaves: so many requests at once, and so many in a second (a token bucket).
 * Who waits passes in the order of asking.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #waiting: Waiting[] = [];
  #free: number;
  #tokens: number;
  #filledAt: number;
  #cancelTimer: (() => void) | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#free = options.connections;
    this.#tokens = options.burst;
    this.#filledAt = options.clock.monotonic();
  }

  /** Requests that passed and did not release yet. */
  get inFlight(): number {
    return this.#options.connections - this.#free;
  }

  /**
   * Waits for a connection and for the budget. The function it resolves with gives the connection back; it
   * may be called more than once.
   */
  pass(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = (): void => {
        const index = this.#waiting.indexOf(waiting);
        if (index >= 0) this.#waiting.splice(index, 1);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        signal,
        pass: () => {
          signal.removeEventListener("abort", onAbort);
          resolve(this.#releaser());
        },
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiting.push(waiting);
      this.#admit();
    });
  }

  #releaser(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#free += 1;
      this.#admit();
    };
  }

  #admit(): void {
    this.#refill();
    while (this.#free > 0 && this.#tokens >= 1 && this.#waiting.length > 0) {
      this.#free -= 1;
      if (this.#options.requestsPerSecond !== Infinity) this.#tokens -= 1;
      this.#waiting.shift()?.pass();
    }
    if (this.#free > 0 && this.#waiting.length > 0 && this.#cancelTimer === undefined) {
      const waitMs = ((1 - this.#tokens) / this.#options.requestsPerSecond) * 1_000;
      this.#cancelTimer = this.#options.clock.timer(Math.ceil(waitMs), () => {
        this.#cancelTimer = undefined;
        this.#admit();
      });
    }
  }

  #refill(): void {
    const { clock, requestsPerSecond, burst } = this.#options;
    if (requestsPerSecond === Infinity) return;
    const nowAt = clock.monotonic();
    const earned = ((nowAt - this.#filledAt) / 1_000) * requestsPerSecond;
    this.#tokens = Math.min(Math.max(burst, 1), this.#tokens + earned);
    this.#filledAt = nowAt;
  }
}
