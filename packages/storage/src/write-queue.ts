import type { Write } from "@holdfast/core";
import {
  BrokenCommit,
  type CommitContext,
  commitGroup,
  type CommittedChange,
  type CommittedGroup,
  type Outcome,
  StaleNumbers,
  wasCommitted,
} from "./commit-group.ts";
import type { KnownRows } from "./known-rows.ts";
import { errorName, isLostConnection, toStorageFailure } from "./storage-failure.ts";

interface Waiting {
  readonly write: Write<unknown>;
  readonly settle: (outcome: Outcome) => void;
}

export interface WriteQueueOptions extends Pick<CommitContext, "limits" | "ranges" | "onBadRow"> {
  /** Names the queue among all that ever write to the database. */
  readonly instance: string;
  /** What the store knows of the rows: used, and kept true. */
  readonly known: KnownRows;
  /** Runs the work on the open database, once more on a new connection where the first was lost. */
  use<Result>(work: (database: IDBDatabase) => Promise<Result>): Promise<Result>;
  /** After a commit is complete, before its writes resolve. Must not throw: what is committed is committed. */
  onCommitted(group: {
    readonly change: CommittedChange | undefined;
    readonly isStrict: boolean;
  }): void;
}

/**
 * The one way to write: calls wait here while a transaction is in flight, and then share the next one (group
 * commit). Groups follow each other in the order of the calls.
 */
export class WriteQueue {
  readonly #options: WriteQueueOptions;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #groups = 0;

  constructor(options: WriteQueueOptions) {
    this.#options = options;
  }

  write<Result>(write: Write<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({
        write,
        settle: (outcome) => {
          if (outcome.kind === "taken") resolve(outcome.result as Result);
          else reject(outcome.error as Error);
        },
      });
      this.#running ??= this.#run();
    });
  }

  /** Resolves once everything called so far is settled. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // One turn later, so that calls of the same task share the first transaction as well.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.slice(0, this.#options.limits.groupWrites);
      const settled = await this.#commit(group);
      this.#waiting = this.#waiting.slice(settled);
    }
    this.#running = undefined;
  }

  /** Settles the first writes of the group, at least one; how many. */
  async #commit(group: readonly Waiting[]): Promise<number> {
    let committed: CommittedGroup;
    try {
      committed = await this.#commitWrites(group.map(({ write }) => write));
    } catch (error) {
      if (group.length > 1 && !isEverybodys(error)) {
        // One of them put what the database cannot take: each alone, so that only that one fails.
        for (const one of group) await this.#commit([one]);
        return group.length;
      }
      const failure = toStorageFailure(error);
      for (const { settle } of group) settle({ kind: "refused", error: failure });
      return group.length;
    }
    const { change, outcomes } = committed;
    const isStrict = group.some(({ write }) => write.durability === "strict");
    this.#options.onCommitted({ change, isStrict });
    outcomes.forEach((outcome, index) => group[index]?.settle(outcome));
    return outcomes.length;
  }

  async #commitWrites(writes: readonly Write<unknown>[]): Promise<CommittedGroup> {
    const { instance, ranges, limits, known, onBadRow } = this.#options;
    const stamp = `${instance}:${++this.#groups}`;
    let broken: CommittedGroup | undefined;
    return await this.#options.use(async (database) => {
      const change = broken?.change?.change;
      if (broken !== undefined && change !== undefined) {
        if (await wasCommitted(database, change, stamp)) return broken;
      }
      try {
        const context = { ranges, limits, stamp, known, onBadRow };
        return await this.#commitKnowing(database, writes, context);
      } catch (error) {
        if (!(error instanceof BrokenCommit)) throw error;
        broken = error.group;
        throw error.cause;
      }
    });
  }

  async #commitKnowing(
    database: IDBDatabase,
    writes: readonly Write<unknown>[],
    context: CommitContext,
  ): Promise<CommittedGroup> {
    try {
      return await commitGroup(database, writes, context);
    } catch (error) {
      if (!(error instanceof StaleNumbers)) throw error;
      context.known.forget();
      return await commitGroup(database, writes, context);
    }
  }
}

/** Failures that say nothing of any one write: of the device, the connection, the whole store. */
function isEverybodys(error: unknown): boolean {
  return (
    errorName(error) === "QuotaExceededError" ||
    errorName(error) === "HoldfastError" ||
    isLostConnection(error)
  );
}
