import type { Clock } from "@holdfast/core";

/** A clock that can be turned on: for whoever asks the time, so much has passed at once. Timers take their time. */
export class TurnedClock implements Clock {
  readonly #clock: Clock;
  #aheadMs: number;

  constructor(clock: Clock, aheadMs: number) {
    this.#clock = clock;
    this.#aheadMs = aheadMs;
  }

  get aheadMs(): number {
    return this.#aheadMs;
  }

  turn(ms: number): void {
    this.#aheadMs += ms;
  }

  now(): number {
    return this.#clock.now() + this.#aheadMs;
  }

  monotonic(): number {
    return this.#clock.monotonic() + this.#aheadMs;
  }

  timer(delayMs: number, callback: () => void): () => void {
    return this.#clock.timer(delayMs, callback);
  }
}
