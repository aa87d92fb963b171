import {
  aliasesNeeded,
  cancelRemoved,
  type Clock,
  copiesFollowed,
  failureOf,
  type FirstAttempt,
  fromLocalKey,
  isProjectKey,
  type JournalNext,
  type JournalRow,
  journalNext,
  type LocalKey,
  type Logger,
  type OutboxRow,
  parkOperations,
  type Predecessor,
  projectKey,
  type ProvisionalId,
  removalIn,
  unreachable,
} from "@holdfast/core";
import type { Bell } from "./bell.ts";
import type { FolderGate } from "./folder-gate.ts";
import { type CloneOrder, isOrdered, type Order } from "./clone-order.ts";
import type { LaneBoard } from "./lane-board.ts";
import type { EngineLimits } from "./limits.ts";
import type { HeldBack } from "./held-back.ts";
import { readLanes, readObjects } from "./read-rows.ts";
import type { ServerClock } from "./server-clock.ts";
import type { StoreReads } from "./store-reads.ts";
import type { Term } from "./term.ts";

export interface JournallerOptions {
  readonly term: Term;
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: EngineLimits;
  readonly processId: string;
  readonly serverClock: ServerClock;
  readonly board: LaneBoard;
  readonly folders: FolderGate;
  readonly held: HeldBack;
  readonly bell: Bell;
  /** Requests journalled that have not left yet. */
  readonly unsent: () => number;
  /** Requests journalled whose outcome is not known yet. */
  readonly open: () => number;
  readonly mayPlan: () => boolean;
  readonly isBlocked: (lane: LocalKey) => boolean;
  /** Whether the lane's object is to be looked at before a close of it leaves. */
  readonly looksFirst: (lane: LocalKey) => boolean;
  /** Whether the parts of the lane's file were just seen to be in order, so that its close may leave. */
  readonly takeSeenParts: (lane: LocalKey) => boolean;
  /** Looks at them; the lane is planned again afterwards. */
  readonly lookAtParts: (lane: LocalKey) => void;
  /** What the lane holds, before it is planned: content is uploaded beside what is planned. */
  readonly tellUploads: (lane: LocalKey, rows: readonly OutboxRow[]) => void;
  /** Looks at it, and makes the lane ready again. */
  readonly look: (lane: LocalKey) => void;
  readonly order: CloneOrder;
  /** Finds what the create takes from another object, and makes the lane ready again. */
  readonly expand: (lane: LocalKey, create: OutboxRow) => void;
  /** Takes a journalled request over; `inherited` where an earlier attempt may have been made. */
  readonly carry: (row: JournalRow, options: { readonly inherited: boolean }) => void;
}

/**
 * Plans the next request of each lane and journals it before a connection is free for it, some lanes at a time, so
 * that one strict transaction serves many and no request waits for one.
 */
export class Journaller {
  readonly #options: JournallerOptions;

  constructor(options: JournallerOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { bell, board, isBlocked } = this.#options;
    while (!signal.aborted) {
      await bell.rung(signal);
      for (let room = this.#room(); room > 0; room = this.#room()) {
        const keys = board.takeReady(room, (key) => !isBlocked(key));
        if (keys.length === 0) break;
        await this.#journal(keys);
      }
    }
  }

  /** Only once half of what was journalled ahead has left: otherwise every group would be a group of one. */
  #room(): number {
    const { limits, unsent, open, mayPlan } = this.#options;
    if (!mayPlan() || unsent() > limits.journalAhead / 2) return 0;
    // While all connections are idle, only what they can take at once: the first requests leave the sooner.
    const ahead = open() === 0 ? limits.connections : limits.journalAhead;
    return Math.min(ahead - unsent(), limits.openRequests - open());
  }

  async #journal(keys: readonly LocalKey[]): Promise<void> {
    const { store, held } = this.#options;
    const lanes = await readLanes(store, keys, held.add);
    await Promise.all(
      keys.map(async (key) => {
        const rows = lanes.get(key);
        if (rows === undefined) {
          this.#options.board.setIdle(key);
          return;
        }
        this.#options.tellUploads(key, rows);
        await this.#journalLane(key, rows);
      }),
    );
  }

  async #journalLane(key: LocalKey, rows: readonly OutboxRow[]): Promise<void> {
    const { term, board, logger, folders } = this.#options;
    let next: JournalNext;
    try {
      const behind = isProjectKey(key) ? await folders.behind(rows) : undefined;
      const order = isOrdered(rows) ? await this.#options.order.look(key, rows) : undefined;
      if (order !== undefined && !order.holdsRemoval && (await this.#waits(key, order))) return;
      next = await term.write(
        journalNext({
          ...(behind === undefined ? {} : { behind }),
          lane: key,
          epoch: term.epoch,
          firstAttempt: this.#now(),
          aliases: aliasesNeeded(rows),
          copies: copiesFollowed(rows),
          looksFirst: this.#options.looksFirst(key),
          seenParts: this.#options.takeSeenParts(key),
          removal: removalIn(rows)?.sequence ?? null,
          ...(order?.holdsRemoval === true ? { holdsRemoval: true } : {}),
        }),
      );
      if (next.kind === "idle" && order !== undefined && (await this.#waits(key, order))) return;
    } catch (error) {
      if (term.signal.aborted) throw error;
      if (failureOf(error) !== undefined && !(await this.#isUnreadable(key, error))) throw error;
      // A lane that cannot be planned is a bug or a damaged row: it is kept, told, and does not stop the others.
      logger.error("A lane could not be planned.", { lane: key, error });
      board.setIdle(key);
      return;
    }
    await this.#act(key, rows, next);
  }

  /** Each lane is planned with that of its project, and goes nowhere while nobody knows what that holds. */
  async #isUnreadable(key: LocalKey, error: unknown): Promise<boolean> {
    if (failureOf(error)?.code !== "StorageFailed") return false;
    const { store, held } = this.#options;
    const keys = [...new Set([key, projectKey(fromLocalKey(key).project)])];
    const objects = await readObjects(store, [key], held.add);
    return (await readLanes(store, keys, held.add)).size < keys.length || objects.size === 0;
  }

  /** Registered first and looked at again then, so that no change falls in between. */
  async #waits(key: LocalKey, { waitsFor, hopeless }: Order): Promise<boolean> {
    const { board, term, clock, order, store } = this.#options;
    if (hopeless !== undefined) {
      const { row, reason } = hopeless;
      const operations = [row.sequence];
      const { epoch } = term;
      await term.write(parkOperations({ epoch, lane: key, operations, reason, at: clock.now() }));
      board.setIdle(key);
      return true;
    }
    if (waitsFor.length === 0) return false;
    board.setWaiting(key, waitsFor);
    const [rows = []] = await store.lanes([key]);
    const again = await order.look(key, rows);
    if (again.waitsFor.length === 0 && board.stageOf(key) === "waiting") board.setReady(key);
    return true;
  }

  async #act(key: LocalKey, rows: readonly OutboxRow[], next: JournalNext): Promise<void> {
    const { board, store, carry, logger, term, clock, folders } = this.#options;
    switch (next.kind) {
      case "journalled":
        board.setCarrying(key);
        carry(next.row, { inherited: false });
        return;
      case "inFlight": {
        const [row] = await store.get("journal", [next.request]);
        if (row === undefined) {
          // Only an outcome removes it, and that changes the operations with it: nobody may guess what was sent.
          logger.error("A journalled request is missing.", { lane: key, request: next.request });
          board.setIdle(key);
        } else {
          board.setCarrying(key);
          carry(row, { inherited: true });
        }
        return;
      }
      case "waiting":
        board.setWaiting(key, [...next.waitsFor, ...next.behind]);
        await this.#checkWaiting(key, rows, next.waitsFor);
        await this.#checkCopies(key, rows, next.behind);
        await folders.check(
          key,
          rows,
          next.behind.filter((one) => !copiesFollowed(rows).includes(one as LocalKey)),
        );
        return;
      case "unseen":
        board.setCarrying(key);
        this.#options.look(key);
        return;
      case "unseenParts":
        board.setCarrying(key);
        this.#options.lookAtParts(key);
        return;
      case "unexpanded":
        board.setCarrying(key);
        this.#options.expand(key, next.create);
        return;
      case "cancels":
        // What waited for its object hears of the commit, and looks again.
        await term.write(cancelRemoved({ lane: key, epoch: term.epoch, at: clock.now() }));
        board.setIdle(key);
        return;
      case "idle":
        board.setIdle(key);
        return;
      default:
        unreachable(next);
    }
  }

  /**
   * Registered as waiting first and looked at then, so that no ack falls in between. What waits for an object that
   * is neither on the platform nor here any more waits for something discarded.
   */
  async #checkWaiting(
    key: LocalKey,
    rows: readonly OutboxRow[],
    waitsFor: readonly ProvisionalId[],
  ): Promise<void> {
    const { board, store, term, clock, held } = this.#options;
    if (waitsFor.length === 0) return;
    const aliases = await store.get("aliases", waitsFor);
    const unknown = waitsFor.filter((_, index) => aliases[index] === undefined);
    if (unknown.length < waitsFor.length && board.stageOf(key) === "waiting") board.setReady(key);
    if (unknown.length === 0) return;
    const objects = await store.find({ id: unknown, visibility: "either", limit: unknown.length });
    const gone = unknown.filter(
      (id) => !objects.some((object) => object.id === id) && !held.ids.includes(id),
    );
    for (const id of gone) {
      const needing = rows.filter((row) => row.parked === undefined && row.waitsFor.includes(id));
      for (const row of needing) {
        await term.write(
          parkOperations({
            epoch: term.epoch,
            lane: key,
            operations: [row.sequence],
            at: clock.now(),
            reason: {
              code: "DependencyParked",
              message: `${id} was discarded, and this change of ${fromLocalKey(key).id} mentions it. Discard it too, or change it.`,
              operation: row.id,
            },
          }),
        );
      }
    }
  }

  /** As above, of copies that are made or given up by now. */
  async #checkCopies(
    key: LocalKey,
    rows: readonly OutboxRow[],
    behind: readonly Predecessor[],
  ): Promise<void> {
    const { board, store } = this.#options;
    const copies = copiesFollowed(rows).filter((copy) => behind.includes(copy));
    if (copies.length === 0) return;
    const lanes = await readLanes(store, copies);
    const isOver = copies.some((copy) => {
      const [first] = lanes.get(copy) ?? [];
      return first?.operation.kind !== "clone" || first.parked !== undefined;
    });
    if (isOver && board.stageOf(key) === "waiting") board.setReady(key);
  }

  #now(): FirstAttempt {
    const { clock, processId, serverClock } = this.#options;
    const serverAt = serverClock.serverAt();
    return {
      wallAt: clock.now(),
      monotonicAt: clock.monotonic(),
      process: processId,
      ...(serverAt === undefined ? {} : { serverAt }),
    };
  }
}
