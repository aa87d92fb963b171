import type { Clock } from "@holdfast/core";

export interface BatchOptions<Item, Result> {
  readonly clock: Clock;
  /** The first item waits at most so long for company. */
  readonly withinMs: number;
  readonly limit: number;
  /** Of the term: nothing is asked after it. */
  readonly signal: AbortSignal;
  /** One result for each item, in order. A rejection is given to all of them. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers what is asked for at about the same time and asks once. */
export class Batch<Item, Result> {
  readonly #options: BatchOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #cancelTimer: (() => void) | undefined;

  constructor(options: BatchOptions<Item, Result>) {
    this.#options = options;
  }

  add(item: Item): Promise<Result> {
    const { signal } = this.#options;
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      this.#waiting.push({ item, resolve, reject });
      if (this.#waiting.length >= this.#options.limit) this.flush();
      else {
        this.#cancelTimer ??= this.#options.clock.timer(this.#options.withinMs, () => this.flush());
      }
    });
  }

  /** Runs what waits now. */
  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) void this.#run(waiting);
  }

  /** Gives up what waits: the term is over. */
  drop(reason: unknown): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    for (const { reject } of this.#waiting) reject(reason);
    this.#waiting = [];
  }

  async #run(waiting: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#options.run(waiting.map(({ item }) => item));
      for (const [index, { resolve, reject }] of waiting.entries()) {
        if (index < results.length) resolve(results[index] as Result);
        else reject(new Error("Broken invariant: a batch has a result for each item."));
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}
