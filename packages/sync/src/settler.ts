import type { Clock, Write } from "@holdfast/core";
import type { Term } from "./term.ts";

export interface SettlerOptions {
  readonly term: Term;
  readonly clock: Clock;
  readonly withinMs: number;
  readonly limit: number;
  /**
   * Whether to wait for company would cost more than it saves: because nothing else is on its way, or because too
   * little is journalled for the connections, and what is to be written may let more of its lane follow.
   */
  readonly isUrgent: () => boolean;
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
    const { term, clock, withinMs, limit, isUrgent } = this.#options;
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => void term.write(write).then(resolve, reject));
      if (this.#waiting.length >= limit || isUrgent() || term.signal.aborted) this.flush();
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
