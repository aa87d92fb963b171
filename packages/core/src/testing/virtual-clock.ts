import type { Clock, EpochMs } from "../ports.ts";

interface Timer {
  readonly dueAt: number;
  readonly order: number;
  readonly callback: () => void;
}

/** 2026-01-01T00:00:00Z */
const defaultStartAt: EpochMs = 1_767_225_600_000;

/**
 * A clock that stands still until told. Timers fire one by one, in order of their due time and then of their
 * making, so that a test decides what happens between two of them.
 */
export class VirtualClock implements Clock {
  #wallOffset: number;
  #monotonic = 0;
  #order = 0;
  #timers: Timer[] = [];

  constructor(startAt: EpochMs = defaultStartAt) {
    this.#wallOffset = startAt;
  }

  now(): EpochMs {
    // Whole, as every wall clock is; timers may be due in between.
    return Math.floor(this.#wallOffset + this.#monotonic);
  }

  monotonic(): number {
    return this.#monotonic;
  }

  timer(delayMs: number, callback: () => void): () => void {
    const timer: Timer = {
      dueAt: this.#monotonic + Math.max(0, delayMs),
      order: this.#order++,
      callback,
    };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Milliseconds until the next timer is due, undefined where none is set. */
  get nextDelayMs(): number | undefined {
    const next = this.#next();
    return next === undefined ? undefined : next.dueAt - this.#monotonic;
  }

  /** Moves to the next timer and fires it; false where none is set. */
  fireNext(): boolean {
    const next = this.#next();
    if (next === undefined) return false;
    this.#timers = this.#timers.filter((other) => other !== next);
    this.#monotonic = Math.max(this.#monotonic, next.dueAt);
    next.callback();
    return true;
  }

  /** Fires what is due within `ms`, letting promises settle between two timers, and ends `ms` later. */
  async advance(ms: number, settle: () => Promise<void> = settleMicrotasks): Promise<void> {
    const until = this.#monotonic + ms;
    await settle();
    for (let next = this.#next(); next !== undefined && next.dueAt <= until; next = this.#next()) {
      this.fireNext();
      await settle();
    }
    this.#monotonic = until;
    await settle();
  }

  /** A person sets the wall clock; monotonic time and timers do not notice. */
  jumpWall(ms: number): void {
    this.#wallOffset += ms;
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (
        next === undefined ||
        timer.dueAt < next.dueAt ||
        (timer.dueAt === next.dueAt && timer.order < next.order)
      ) {
        next = timer;
      }
    }
    return next;
  }
}

/** Enough turns of the microtask queue for the promise chains of one step. */
export async function settleMicrotasks(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}
