import {
  type DamagedRow,
  type Failure,
  fromLocalKey,
  HoldfastError,
  isProvisionalId,
  type LocalKey,
  type Logger,
  type ObjectRow,
  type OutboxRow,
  type ProvisionalId,
} from "@holdfast/core";
import type { OnUnreadable } from "./read-rows.ts";
import type { Term } from "./term.ts";

/** A lane of which a row cannot be read. */
export interface HeldLane {
  readonly lane: LocalKey;
  readonly failure: Failure;
}

const maxTold = 200;

export interface HeldBackOptions {
  readonly term: Term;
  readonly logger: Logger;
  /** Nothing of it is sent any more: what waited for it looks again. */
  readonly onHeld: (lane: LocalKey) => void;
}

/**
 * The lanes of which nothing is sent in this term, as a row of theirs cannot be read: nobody knows what comes before
 * what. They hold up no other lane.
 *
 * @see docs/decisions/0026-parked-operations.md
 */
export class HeldBack {
  readonly #options: HeldBackOptions;
  readonly #lanes = new Map<LocalKey, Failure>();

  constructor(options: HeldBackOptions) {
    this.#options = options;
  }

  /** Of a disk that went bad, as many as a person will read. */
  get lanes(): readonly HeldLane[] {
    const lanes = Array.from(this.#lanes, ([lane, failure]) => ({ lane, failure }));
    return lanes.slice(0, maxTold);
  }

  has(lane: LocalKey): boolean {
    return this.#lanes.has(lane);
  }

  /** What their creates would make. */
  get ids(): readonly ProvisionalId[] {
    return [...this.#lanes.keys()].map((lane) => fromLocalKey(lane).id).filter(isProvisionalId);
  }

  /**
   * Where a row does not even tell its lane, that lane is found by what it lacks: see `isWhole`.
   * @throws HoldfastError `NewerVersion`: a sender steps down before rows of a newer release (design §4.7).
   */
  addRow({ key, lane, failure }: DamagedRow): void {
    if (failure.code === "NewerVersion") throw new HoldfastError(failure);
    if (lane !== undefined) this.add(lane, failure);
    else this.#options.logger.error("A row cannot be read, nor whose it is.", { key, failure });
  }

  /** @throws HoldfastError `NewerVersion`. */
  readonly add: OnUnreadable = (lane, failure) => {
    if (failure.code === "NewerVersion") throw new HoldfastError(failure);
    if (this.#lanes.has(lane)) return;
    this.#lanes.set(lane, failure);
    const { logger, onHeld } = this.#options;
    logger.error("A lane has a row that cannot be read: it is held back.", { lane, failure });
    onHeld(lane);
  };

  /** Whether all operations that the object counts are in its lane; else it is held back. */
  async isWhole(
    object: ObjectRow | undefined,
    { key, rows }: { readonly key: LocalKey; readonly rows: readonly OutboxRow[] },
  ): Promise<boolean> {
    if (object?.pending === rows.length) return true;
    const { term } = this.#options;
    // They were read one after the other, and something may have been called in between.
    const [pending, found] = await term.write({
      durability: "relaxed",
      reads: { objects: [key], lanes: [key] },
      decide: (now) => ({ result: [now.object(key)?.pending ?? 0, now.lane(key).length] as const }),
    });
    if (pending === found) return true;
    const message = `${fromLocalKey(key).id} has ${pending} operations waiting, of which ${found} can be read. They are kept as they are.`;
    this.add(key, { code: "StorageFailed", message });
    return false;
  }
}
