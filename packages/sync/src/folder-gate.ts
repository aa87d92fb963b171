import {
  type DamagedRow,
  type FolderRow,
  fromLocalKey,
  isFolderRow,
  isHeldUpBy,
  isOrigin,
  isProvisionalId,
  type LocalKey,
  type OperationId,
  type OutboxRow,
  type Predecessor,
  type ProvisionalId,
  type Sequence,
  sequenceOf,
} from "@holdfast/core";
import type { HeldBack } from "./held-back.ts";
import type { LaneBoard } from "./lane-board.ts";
import type { StoreReads } from "./store-reads.ts";

export interface FolderGateOptions {
  readonly store: StoreReads;
  readonly board: LaneBoard;
  /** Outbox rows in one read. */
  readonly scanRows: number;
  readonly held: HeldBack;
}

/**
 * Keeps the order between operations on folders and what lanes of objects do in them (design §5, dependencies). Others
 * find what they wait for in the lane of their project, in the transaction that plans them; an operation on folders is
 * rare, and looks through the outbox before it.
 *
 * @see docs/decisions/0024-folders-and-projects.md
 */
export class FolderGate {
  readonly #options: FolderGateOptions;

  constructor(options: FolderGateOptions) {
    this.#options = options;
  }

  /** For the first unsent operation on folders of a project's lane, the lane that is still to do something before it. */
  async behind(rows: readonly OutboxRow[]): Promise<ReadonlyMap<Sequence, LocalKey>> {
    const first = rows.filter(isFolderRow).find((row) => row.request === undefined);
    const last = first === undefined ? undefined : await this.#lastBefore(first);
    return new Map(first === undefined || last === undefined ? [] : [[first.sequence, last.lane]]);
  }

  /** After a lane was registered as waiting: what it waits for may be over since it was planned. */
  async check(
    key: LocalKey,
    rows: readonly OutboxRow[],
    behind: readonly Predecessor[],
  ): Promise<void> {
    if (behind.length === 0) return;
    const operations = behind.filter(isOperationId);
    const lanes = behind.filter((one) => !isOperationId(one));
    const isOver =
      operations.length < behind.length
        ? ![...(await this.behind(rows)).values()].some((lane) => lanes.includes(lane))
        : (await this.#over(operations)).length > 0;
    const { board } = this.#options;
    if (isOver && board.stageOf(key) === "waiting") board.setReady(key);
  }

  /** Something in the lane of a project is done, parked or given up: what waited for it goes on. */
  async release(): Promise<void> {
    const { board } = this.#options;
    for (const operation of await this.#over(board.awaitedOperations)) board.announce(operation);
  }

  async #over(operations: readonly OperationId[]): Promise<readonly OperationId[]> {
    if (operations.length === 0) return [];
    const sequences = operations.map((operation) => sequenceOf(operation) ?? 0);
    const rows = await this.#options.store.get("outbox", sequences);
    return operations.filter((_, index) => {
      const row = rows[index];
      return row === undefined || row.parked !== undefined;
    });
  }

  /** The last, as most often it is the last to be sent. What goes nowhere until a person decides holds nobody up. */
  async #lastBefore(later: FolderRow): Promise<OutboxRow | undefined> {
    const { store, scanRows, held } = this.#options;
    const stuck = new StuckLanes((lane) => held.has(lane));
    for (const id of await this.#neverMade(held.ids)) stuck.addId(id);
    let last: OutboxRow | undefined;
    for (let after = 0; ; ) {
      const damaged: DamagedRow[] = [];
      const page = await store.scan("outbox", {
        limit: scanRows,
        after,
        onDamaged: (row) => damaged.push(row),
      });
      for (const row of damaged) held.addRow(row);
      if (damaged.length > 0) for (const id of await this.#neverMade(held.ids)) stuck.addId(id);
      for (const row of page) {
        if (row.sequence >= later.sequence) return last;
        if (!stuck.add(row) && isHeldUpBy(later, row)) last = row;
      }
      if (page.length + damaged.length < scanRows) return last;
      after = Math.max(page.at(-1)?.sequence ?? 0, damaged.at(-1)?.key ?? 0);
    }
  }

  /** Those that are not on the platform: nobody can tell that what cannot be read is not their create. */
  async #neverMade(ids: readonly ProvisionalId[]): Promise<readonly ProvisionalId[]> {
    const aliases = await this.#options.store.get("aliases", ids);
    return ids.filter((_, index) => aliases[index] === undefined);
  }
}

/** Lanes, met in the order of the outbox, of which nothing goes before a person has decided about something. */
class StuckLanes {
  readonly #isHeldBack: (lane: LocalKey) => boolean;
  readonly #lanes = new Set<LocalKey>();
  /** What is made by creates that are stuck. */
  readonly #ids = new Set<string>();

  constructor(isHeldBack: (lane: LocalKey) => boolean) {
    this.#isHeldBack = isHeldBack;
  }

  /** The create of this cannot be read. */
  addId(id: ProvisionalId): void {
    this.#ids.add(id);
  }

  /** @returns whether the row is stuck behind something parked, or would begin what is. */
  add(row: OutboxRow): boolean {
    const { lane, operation, parked, request, waitsFor } = row;
    const { id } = fromLocalKey(lane);
    // Parked and journalled at once: in doubt.
    const stops = parked !== undefined && (isOrigin(row) || request !== undefined);
    const isStuck =
      stops ||
      this.#isHeldBack(lane) ||
      this.#lanes.has(lane) ||
      this.#ids.has(id) ||
      waitsFor.some((one) => this.#ids.has(one));
    if (stops || (isStuck && isOrigin(row))) this.#lanes.add(lane);
    if (isStuck && operation.kind === "create" && isProvisionalId(id)) this.#ids.add(id);
    return isStuck;
  }
}

function isOperationId(one: Predecessor): one is OperationId {
  return one.startsWith("operation-");
}
