import { type Answer, assert, type Clock, type ObjectId, type Verdict } from "@holdfast/core";
import type { Dispatch, Dispatcher } from "./dispatcher.ts";

/** The removal of one object from a project, as it is journalled. */
export interface Removal extends Dispatch {
  readonly id: ObjectId;
  /** How many may go in one request with it, itself included. */
  readonly company: number;
  /** Told when it waits for company: it needs no connection of its own. */
  readonly gathered: () => void;
}

export interface RemovalsOptions {
  readonly dispatcher: Pick<Dispatcher, "send">;
  readonly clock: Clock;
  /** How long a removal waits for company; while more are being journalled, up to `growMs`. */
  readonly withinMs: number;
  readonly growMs: number;
  /** Whether more may come at once. */
  readonly isGrowing: () => boolean;
  /** Of the term. */
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly removal: Removal;
  readonly resolve: (outcome: Verdict | "withdrawn") => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends removals of one project in few requests. Each lane journals its own and hears of its own outcome: a removal is
 * forced, so several ids in one request do what each alone would do, in whatever company each is sent again.
 *
 * @see docs/decisions/0024-folders-and-projects.md
 */
export class Removals {
  readonly #options: RemovalsOptions;
  /** By route. */
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(options: RemovalsOptions) {
    this.#options = options;
    options.signal.addEventListener("abort", () => this.#drop(), { once: true });
  }

  /** As `Dispatcher.send`. */
  send(removal: Removal): Promise<Verdict | "withdrawn"> {
    const { signal } = this.#options;
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const { path } = removal;
      const waiting = this.#waiting.get(path) ?? [];
      waiting.push({ removal, resolve, reject });
      removal.gathered();
      if (waiting.length > 1) {
        if (waiting.length >= removal.company) this.#flush(path);
        return;
      }
      this.#waiting.set(path, waiting);
      this.#await(path, waiting, this.#options.clock.monotonic());
    });
  }

  #await(path: string, waiting: readonly Waiting[], sinceMonotonic: number): void {
    const { clock, withinMs, growMs, isGrowing } = this.#options;
    clock.timer(withinMs, () => {
      if (this.#waiting.get(path) !== waiting) return;
      const hasTime = clock.monotonic() - sinceMonotonic + withinMs <= growMs;
      if (hasTime && isGrowing()) this.#await(path, waiting, sinceMonotonic);
      else this.#flush(path);
    });
  }

  #flush(path: string): void {
    const waiting = [...(this.#waiting.get(path) ?? [])];
    this.#waiting.delete(path);
    while (waiting.length > 0) {
      let count = 1;
      let company = waiting[0]?.removal.company ?? 1;
      while (count < waiting.length) {
        company = Math.min(company, waiting[count]?.removal.company ?? 1);
        if (count >= company) break;
        count += 1;
      }
      void this.#sendTogether(waiting.splice(0, count));
    }
  }

  async #sendTogether(together: readonly Waiting[]): Promise<void> {
    const removals = together.map(({ removal }) => removal);
    try {
      const { outcome, answer } = await this.#sendOnce(removals);
      if (removals.length > 1 && outcome !== "withdrawn" && isOfOne(outcome)) {
        const half = Math.ceil(together.length / 2);
        await Promise.all([
          this.#sendTogether(together.slice(0, half)),
          this.#sendTogether(together.slice(half)),
        ]);
        return;
      }
      for (const { removal, resolve } of together) {
        resolve(answer === undefined ? outcome : removal.judge(answer));
      }
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  }

  async #sendOnce(removals: readonly Removal[]): Promise<{
    readonly outcome: Verdict | "withdrawn";
    readonly answer: Answer | undefined;
  }> {
    const [first] = removals;
    assert(first !== undefined, "a request removes at least one object");
    let answer: Answer | undefined;
    const outcome = await this.#options.dispatcher.send({
      path: first.path,
      body: removals.length === 1 ? first.body : bodyOf(removals),
      name: first.name,
      judge: (heard) => {
        answer = heard;
        return first.judge(heard);
      },
      mayLeave: () => removals.every(({ mayLeave }) => mayLeave?.() !== false),
      left: () => {
        for (const { left } of removals) left?.();
      },
      answered: (verdict) => {
        for (const { answered } of removals) answered?.(verdict);
      },
    });
    return { outcome, answer };
  }

  #drop(): void {
    for (const waiting of this.#waiting.values()) {
      for (const { reject } of waiting) reject(this.#options.signal.reason);
    }
    this.#waiting.clear();
  }
}

/** All or nothing was refused, perhaps for one of them alone; rights and the project are the same for all (CS §3). */
function isOfOne(verdict: Verdict): boolean {
  switch (verdict.verdict) {
    case "invalid":
    case "conflict":
      return true;
    case "refused":
      return (
        verdict.reason.code !== "PermissionDenied" && verdict.reason.code !== "ResourceNotFound"
      );
    default:
      return false;
  }
}

function bodyOf(removals: readonly Removal[]): string {
  return JSON.stringify({ objects: removals.map(({ id }) => id), force: true });
}
