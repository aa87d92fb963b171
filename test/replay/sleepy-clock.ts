import type { Clock } from "@holdfast/core";

/** The clocks of a device whose monotonic one stands still while the machine sleeps, as most do. */
export class SleepyClock implements Clock {
  readonly #truth: Clock;
  #sleptMs = 0;

  constructor(truth: Clock) {
    this.#truth = truth;
  }

  now(): number {
    return this.#truth.now();
  }

  monotonic(): number {
    return this.#truth.monotonic() - this.#sleptMs;
  }

  timer(delayMs: number, callback: () => void): () => void {
    return this.#truth.timer(delayMs, callback);
  }

  /** The machine has slept: its monotonic clock knows nothing of it. */
  slept(ms: number): void {
    this.#sleptMs += ms;
  }
}
