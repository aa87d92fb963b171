import type { Clock } from "@holdfast/core";

export interface GateOptions {
  readonly clock: Clock;
  readonly connections: number;
  /** Of them, for parts of files. */
  readonly partConnections: number;
  /** `Infinity` lets everything pass as soon as a connection is free. */
  readonly requestsPerSecond: number;
  readonly burst: number;
}

/** A `part` goes to the storage, which counts no calls; it takes a connection all the same. */
export type Passenger = "call" | "part";

/** Gives the connection back; may be called more than once. What did not leave after all costs no budget. */
export type Release = (sent: { readonly left: boolean }) => void;

interface Waiting {
  /** In the order of asking. */
  readonly number: number;
  readonly signal: AbortSignal;
  readonly pass: () => void;
  readonly giveUp: () => void;
}

/** Calls per second after the platform has asked to be left alone. */
const slowestRate = 1;
/** Beyond so many a limit that somebody switched off is off again. */
const fastestRate = 1_000;
/** Calls per second gained in a second without a refusal, once half of what was too much is reached. */
const gain = 5;
/** Refusals so close to each other are of the same moment. */
const sameMomentMs = 1_000;

/**
 * One budget for everything that leaves: so many requests at once, and so many in a second (a token bucket). Who
 * waits passes in the order of asking, but parts, which never take all connections. Where the platform asks for
 * less, the rate halves, or begins again from almost nothing, and grows with every answer: more clients than the
 * platform can serve come to share what there is.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #queues: Readonly<Record<Passenger, Waiting[]>> = { call: [], part: [] };
  readonly #heeded = new WeakSet<AbortSignal>();
  #asked = 0;
  #free: number;
  #freeForParts: number;
  #tokens: number;
  #filledAt: number;
  #rate: number;
  /** Below it the rate doubles each second, above it grows steadily. */
  #cautiousFrom = 0;
  #slowedAt = -Infinity;
  #cancelTimer: (() => void) | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#free = options.connections;
    this.#freeForParts = options.partConnections;
    this.#rate = options.requestsPerSecond;
    this.#tokens = options.burst;
    this.#filledAt = options.clock.monotonic();
  }

  /** Requests that passed and did not release yet. */
  get inFlight(): number {
    return this.#options.connections - this.#free;
  }

  /** What may pass in a second now. */
  get requestsPerSecond(): number {
    return this.#rate;
  }

  /** Waits for a connection and for the budget. */
  pass(signal: AbortSignal, passenger: Passenger = "call"): Promise<Release> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      this.#asked += 1;
      this.#heed(signal);
      this.#queues[passenger].push({
        number: this.#asked,
        signal,
        pass: () => {
          this.#take(passenger);
          resolve(this.#releaser(passenger));
        },
        giveUp: () => reject(signal.reason as Error),
      });
      this.#admit();
    });
  }

  /** One listener for all that wait with the same signal, since hundreds do: each of theirs would be looked for in turn. */
  #heed(signal: AbortSignal): void {
    if (this.#heeded.has(signal)) return;
    this.#heeded.add(signal);
    const onAbort = (): void => {
      for (const queue of Object.values(this.#queues)) {
        const givenUp = queue.filter((waiting) => waiting.signal === signal);
        queue.splice(0, queue.length, ...queue.filter((waiting) => waiting.signal !== signal));
        for (const waiting of givenUp) waiting.giveUp();
      }
    };
    signal.addEventListener("abort", onAbort, { once: true });
  }

  /** The platform asked one request to wait. */
  slowDown(): void {
    if (!this.#isNewMoment()) return;
    this.#cautiousFrom = Math.max(slowestRate, this.#finiteRate() / 2);
    this.#setRate(this.#cautiousFrom);
  }

  /** The platform asks everything to wait, or fails on everything: what comes next begins slowly. */
  startSlowly(): void {
    const isNewMoment = this.#isNewMoment();
    if (isNewMoment) this.#cautiousFrom = Math.max(slowestRate, this.#finiteRate() / 2);
    this.#setRate(slowestRate);
  }

  /** The platform has served a call, and may serve more. */
  speedUp(): void {
    const { requestsPerSecond } = this.#options;
    if (this.#rate >= requestsPerSecond) return;
    const rate = this.#rate + (this.#rate < this.#cautiousFrom ? Math.LN2 : gain / this.#rate);
    this.#setRate(rate >= Math.min(requestsPerSecond, fastestRate) ? requestsPerSecond : rate);
  }

  #isNewMoment(): boolean {
    const nowAt = this.#options.clock.monotonic();
    if (nowAt - this.#slowedAt < sameMomentMs) return false;
    this.#slowedAt = nowAt;
    return true;
  }

  #finiteRate(): number {
    return Math.min(this.#rate, fastestRate);
  }

  #setRate(rate: number): void {
    this.#refill();
    this.#rate = rate;
    this.#tokens = Math.min(this.#tokens, this.#capacity());
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#admit();
  }

  #releaser(passenger: Passenger): Release {
    let released = false;
    return ({ left }) => {
      if (released) return;
      released = true;
      this.#free += 1;
      if (passenger === "part") this.#freeForParts += 1;
      else if (!left) this.#tokens = Math.min(this.#capacity(), this.#tokens + 1);
      this.#admit();
    };
  }

  #admit(): void {
    this.#refill();
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      this.#queues[next].shift()?.pass();
    }
    if (this.#free > 0 && this.#queues.call.length > 0 && this.#cancelTimer === undefined) {
      const waitMs = ((1 - this.#tokens) / this.#rate) * 1_000;
      this.#cancelTimer = this.#options.clock.timer(Math.ceil(waitMs), () => {
        this.#cancelTimer = undefined;
        this.#admit();
      });
    }
  }

  /** Whose turn it is: of those that may pass, who asked first. */
  #next(): Passenger | undefined {
    if (this.#free === 0) return undefined;
    const [call] = this.#tokens >= 1 ? this.#queues.call : [];
    const [part] = this.#freeForParts > 0 ? this.#queues.part : [];
    if (part === undefined) return call === undefined ? undefined : "call";
    return call !== undefined && call.number < part.number ? "call" : "part";
  }

  #take(passenger: Passenger): void {
    this.#free -= 1;
    if (passenger === "part") this.#freeForParts -= 1;
    else if (this.#rate !== Infinity) this.#tokens -= 1;
  }

  /** A slower rate has a smaller burst as well. */
  #capacity(): number {
    const { requestsPerSecond, burst } = this.#options;
    const share =
      this.#rate >= requestsPerSecond ? 1 : this.#rate / Math.min(requestsPerSecond, fastestRate);
    return Math.max(burst * share, 1);
  }

  #refill(): void {
    const nowAt = this.#options.clock.monotonic();
    const earned = this.#rate === Infinity ? 0 : ((nowAt - this.#filledAt) / 1_000) * this.#rate;
    this.#tokens = Math.min(this.#capacity(), this.#tokens + earned);
    this.#filledAt = nowAt;
  }
}
