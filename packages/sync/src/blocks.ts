import {
  type Clock,
  type EpochMs,
  type Failure,
  fromLocalKey,
  type LocalKey,
  type ProjectId,
  type Random,
} from "@holdfast/core";
import { BehaviorSubject, filter, type Observable } from "rxjs";
import type { EngineLimits } from "./limits.ts";
import { firstUnlessAborted } from "./until-aborted.ts";

/** A scope that one refusal has stopped: a spending limit, an expired org (design §5, verdicts). */
export interface Block {
  readonly scope: "account" | ProjectId;
  readonly reason: Failure;
  /** When one request tries it again; all others wait for what that one hears. */
  readonly retryAt: EpochMs;
}

export interface BlocksOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: Pick<EngineLimits, "blockedRetryMs" | "blockedRetryCapMs">;
}

/** Which request asks whether it may leave. */
export interface Asking {
  readonly lane: LocalKey;
  /** Of the journal. */
  readonly number: number;
}

interface Stop {
  readonly block: Block;
  readonly refusals: number;
  /** Whether somebody may try, and who does. */
  trial: "shut" | "open" | { readonly by: number };
  readonly cancelTimer: () => void;
}

/**
 * Which scopes are stopped. After a while one request tries each of them again: its refusal stops the scope for
 * twice as long, any other answer opens it for all.
 */
export class Blocks {
  readonly #options: BlocksOptions;
  readonly #stops = new Map<Block["scope"], Stop>();
  readonly #change = new BehaviorSubject<readonly Block[]>([]);
  readonly blocks$: Observable<readonly Block[]> = this.#change.asObservable();

  constructor(options: BlocksOptions) {
    this.#options = options;
  }

  get all(): readonly Block[] {
    return this.#change.value;
  }

  /** A request of the lane was refused for what its scope is. */
  refused({ lane }: Asking, { scope: of, reason }: Refusal): void {
    const { clock, random, limits } = this.#options;
    const scope = of === "account" ? of : fromLocalKey(lane).project;
    const before = this.#stops.get(scope);
    // Those that were on their way with the first one say nothing new.
    if (before?.trial === "shut") return;
    const refusals = (before?.refusals ?? 0) + 1;
    const stepMs = Math.min(limits.blockedRetryMs * 2 ** (refusals - 1), limits.blockedRetryCapMs);
    const waitMs = stepMs * (1 + random.fraction(`block:${scope}:${refusals}`));
    before?.cancelTimer();
    this.#stops.set(scope, {
      block: { scope, reason, retryAt: clock.now() + Math.round(waitMs) },
      refusals,
      trial: "shut",
      cancelTimer: clock.timer(waitMs, () => this.#letOneTry(scope)),
    });
    this.#tell();
  }

  /** The platform said something else to a request of the lane: what stopped it is over. */
  passedBy({ lane, number }: Asking): void {
    for (const scope of scopesOf(lane)) {
      const { trial } = this.#stops.get(scope) ?? { trial: "shut" };
      // What had left before the refusal proves nothing.
      if (typeof trial === "object" && trial.by === number) this.#open(scope);
    }
  }

  /** Nothing came of its trial: somebody else may try. */
  givenUp({ lane, number }: Asking): void {
    for (const scope of scopesOf(lane)) {
      const { trial } = this.#stops.get(scope) ?? { trial: "shut" };
      if (typeof trial === "object" && trial.by === number) this.#letOneTry(scope);
    }
  }

  /** For lanes of which nothing is journalled yet: they do not try. */
  isBlocked(lane: LocalKey): boolean {
    return this.#stops.size > 0 && scopesOf(lane).some((scope) => this.#stops.has(scope));
  }

  /** Asked in the moment before it leaves. */
  mayLeave({ lane, number }: Asking): boolean {
    return this.#stops.size === 0 || scopesOf(lane).every((scope) => this.#isFor(scope, number));
  }

  /** Until nothing stops the request, or it is the one that tries. */
  async passed(asking: Asking, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#mayTry(asking)) return;
    await firstUnlessAborted(this.#change.pipe(filter(() => this.#mayTry(asking))), signal);
  }

  /** A person says that it may be better now. */
  tryNow(): void {
    for (const [scope, stop] of this.#stops) {
      stop.cancelTimer();
      if (stop.trial === "shut") this.#letOneTry(scope);
    }
  }

  /** The end of a term. */
  clear(): void {
    for (const { cancelTimer } of this.#stops.values()) cancelTimer();
    this.#stops.clear();
    this.#tell();
  }

  #mayTry({ lane, number }: Asking): boolean {
    const scopes = scopesOf(lane);
    const stops = scopes
      .map((scope) => this.#stops.get(scope))
      .filter((stop) => stop !== undefined);
    const mayAll = stops.every(
      ({ trial }) => trial === "open" || (typeof trial === "object" && trial.by === number),
    );
    if (mayAll) for (const stop of stops) stop.trial = { by: number };
    return mayAll;
  }

  #isFor(scope: Block["scope"], number: number): boolean {
    const stop = this.#stops.get(scope);
    return stop === undefined || (typeof stop.trial === "object" && stop.trial.by === number);
  }

  #letOneTry(scope: Block["scope"]): void {
    const stop = this.#stops.get(scope);
    if (stop === undefined) return;
    stop.trial = "open";
    this.#tell();
    // Nobody waits for it, so nobody would ever find out.
    if (this.#stops.get(scope)?.trial === "open") this.#open(scope);
  }

  #open(scope: Block["scope"]): void {
    this.#stops.get(scope)?.cancelTimer();
    this.#stops.delete(scope);
    this.#tell();
  }

  #tell(): void {
    if (this.#stops.size === 0 && this.all.length === 0) return;
    this.#change.next([...this.#stops.values()].map(({ block }) => block));
  }
}

/** Whether a refusal is of whoever is billed for the project, and says nothing of what was asked. */
export function isOfProject({ code }: Failure): boolean {
  return code === "SpendingLimitExceeded" || code === "OrgExpired";
}

interface Refusal {
  readonly scope: "account" | "project";
  readonly reason: Failure;
}

function scopesOf(lane: LocalKey): readonly Block["scope"][] {
  return ["account", fromLocalKey(lane).project];
}
