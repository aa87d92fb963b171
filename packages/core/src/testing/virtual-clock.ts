import type { Clock, EpochMs } from "../ports.ts";

interface Timer {
  readonly dueAt: number;
  readonly order: number;
  readonly callback: () => void;
  /** Stays in the heap until it is due. */
  isCancelled: boolean;
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
  /** A binary heap, the next one first. */
  readonly #timers: Timer[] = [];

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
      isCancelled: false,
    };
    this.#add(timer);
    return () => {
      timer.isCancelled = true;
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
    this.#removeFirst();
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
    while (this.#timers[0]?.isCancelled === true) this.#removeFirst();
    return this.#timers[0];
  }

  #add(timer: Timer): void {
    const timers = this.#timers;
    let at = timers.length;
    timers.push(timer);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = timers[above] as Timer;
      if (!isBefore(timer, parent)) break;
      timers[at] = parent;
      at = above;
    }
    timers[at] = timer;
  }

  #removeFirst(): void {
    const timers = this.#timers;
    const moved = timers.pop();
    if (moved === undefined || timers.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [one, other] = [timers[left], timers[left + 1]];
      if (one === undefined) break;
      const isOther = other !== undefined && isBefore(other, one);
      const child = isOther ? other : one;
      if (!isBefore(child, moved)) break;
      timers[at] = child;
      at = isOther ? left + 1 : left;
    }
    timers[at] = moved;
  }
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.order < other.order);
}

/** Enough turns of the microtask queue for the promise chains of one step. */
export async function settleMicrotasks(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}
