import type { Clock } from "@holdfast/core";

/**
 * Runs the work once for any number of calls: at once after a quiet time, else `everyMs` after the last run, and
 * never beside itself.
 */
export class Throttle {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #work: () => Promise<void>;
  #state: "quiet" | "running" | "resting" | "closed" = "quiet";
  #again = false;
  #cancelTimer: () => void = () => {};

  /** @param work - handles its own errors. */
  constructor(clock: Clock, everyMs: number, work: () => Promise<void>) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#work = work;
  }

  call(): void {
    if (this.#state === "quiet") void this.#run();
    else this.#again = true;
  }

  close(): void {
    this.#state = "closed";
    this.#cancelTimer();
  }

  async #run(): Promise<void> {
    this.#state = "running";
    this.#again = false;
    await this.#work();
    if (this.#isClosed()) return;
    this.#state = "resting";
    this.#cancelTimer = this.#clock.timer(this.#everyMs, () => {
      if (this.#again) void this.#run();
      else this.#state = "quiet";
    });
  }

  #isClosed(): boolean {
    return this.#state === "closed";
  }
}
