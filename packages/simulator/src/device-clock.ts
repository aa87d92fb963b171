import type { Clock } from "@holdfast/core";

/**
 * The clocks of a device: its wall clock runs a little wrong and is set by people, and its monotonic one stands still while the
 * machine sleeps, as most do.
 */
export class DeviceClock implements Clock {
  readonly #truth: Clock;
  readonly #driftPpm: number;
  #setByMs = 0;
  #sleptMs = 0;

  constructor(truth: Clock, driftPpm: number) {
    this.#truth = truth;
    this.#driftPpm = driftPpm;
  }

  now(): number {
    const driftMs = (this.#truth.monotonic() * this.#driftPpm) / 1_000_000;
    return Math.floor(this.#truth.now() + driftMs + this.#setByMs);
  }

  monotonic(): number {
    return this.#truth.monotonic() - this.#sleptMs;
  }

  timer(delayMs: number, callback: () => void): () => void {
    return this.#truth.timer(delayMs, callback);
  }

  /** A person sets it. */
  jump(ms: number): void {
    this.#setByMs += ms;
  }

  /** The machine has slept: its monotonic clock knows nothing of it. */
  slept(ms: number): void {
    this.#sleptMs += ms;
  }
}
