import type { Clock, Write } from "@holdfast/core";
import type { Term } from "./term.ts";

export interface SettlerOptions {
  readonly term: Term;
  readonly clock: Clock;
  readonly withinMs: number;
  readonly limit: number;
  /** Whether nothing else is on its way, so that waiting for company would be in vain. */
  readonly isQuiet: () => boolean;
}

/**
 * Writes the outcomes of requests some at a time, so that the store commits them in one transaction. Their
 * connections are free meanwhile.
 */
export class Settler {
  readonly #options: SettlerOptions;
  #waiting: (() => void)[] = [];
  #cancelTimer: (() => void) | undefined;

  constructor(options: SettlerOptions) {
    this.#options = options;
  }

  settle<Result>(write: Write<Result>): Promise<Result> {
    const { term, clock, withinMs, limit, isQuiet } = this.#options;
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => void term.write(write).then(resolve, reject));
      if (this.#waiting.length >= limit || isQuiet() || term.signal.aborted) this.flush();
      else this.#cancelTimer ??= clock.timer(withinMs, () => this.flush());
    });
  }

  /** Also at the end of a term: a write that comes too late is refused, never left open. */
  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const write of waiting) write();
  }
}
