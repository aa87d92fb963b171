import {
  type Clock,
  type Failure,
  fromLocalKey,
  type LocalKey,
  type ProjectId,
  type Random,
} from "@holdfast/core";
import { BehaviorSubject, filter, type Observable } from "rxjs";
import { firstUnlessAborted } from "./until-aborted.ts";

/** A scope that one refusal has stopped: a spending limit, an expired org (design §5, verdicts). */
export interface Block {
  readonly scope: "account" | ProjectId;
  readonly reason: Failure;
}

export interface BlocksOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** After how long a scope is tried again without being told. */
  readonly retryMs: number;
}

/** Which scopes are stopped. Each opens again by itself after a while, for one more refusal at worst. */
export class Blocks {
  readonly #options: BlocksOptions;
  readonly #blocks = new BehaviorSubject<readonly Block[]>([]);
  readonly blocks$: Observable<readonly Block[]> = this.#blocks.asObservable();
  readonly #timers = new Map<Block["scope"], () => void>();
  #count = 0;

  constructor(options: BlocksOptions) {
    this.#options = options;
  }

  get all(): readonly Block[] {
    return this.#blocks.value;
  }

  add(block: Block): void {
    const { clock, random, retryMs } = this.#options;
    this.#count += 1;
    const waitMs = retryMs * (1 + random.fraction(`block:${block.scope}:${this.#count}`));
    this.#timers.get(block.scope)?.();
    this.#timers.set(
      block.scope,
      clock.timer(waitMs, () => this.#remove(block.scope)),
    );
    this.#blocks.next([...this.all.filter(({ scope }) => scope !== block.scope), block]);
  }

  isBlocked(lane: LocalKey): boolean {
    const { project } = fromLocalKey(lane);
    return this.all.some(({ scope }) => scope === "account" || scope === project);
  }

  /** Until nothing stops the lane. */
  async passed(lane: LocalKey, signal: AbortSignal): Promise<void> {
    await firstUnlessAborted(this.#blocks.pipe(filter(() => !this.isBlocked(lane))), signal);
  }

  /** A person says that it may be better now; also the end of a term. */
  clear(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    if (this.all.length > 0) this.#blocks.next([]);
  }

  #remove(removed: Block["scope"]): void {
    this.#timers.delete(removed);
    this.#blocks.next(this.all.filter(({ scope }) => scope !== removed));
  }
}
