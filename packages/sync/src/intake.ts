import {
  type Clock,
  type DamagedRow,
  delay,
  type EpochMs,
  type Failure,
  fromLocalKey,
  HoldfastError,
  isProjectKey,
  isProvisionalId,
  type JournalRow,
  type LocalKey,
  type ObjectRow,
} from "@holdfast/core";
import { Bell } from "./bell.ts";
import type { LaneBoard } from "./lane-board.ts";
import type { Ledger } from "./ledger.ts";
import type { EngineLimits } from "./limits.ts";
import type { StoreReads } from "./store-reads.ts";
import { readLanes } from "./read-lanes.ts";

export interface IntakeOptions {
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly limits: EngineLimits;
  readonly board: LaneBoard;
  readonly ledger: Ledger;
  readonly isOnline: () => boolean;
  /** Takes over a request that an earlier sender journalled. */
  readonly inherit: (row: JournalRow) => void;
  /** Watches what an earlier sender gave up and may still land, or closed and has not compared. */
  readonly recall: (row: JournalRow) => void;
  /** Something was committed to the lane of a project. */
  readonly onProjectLane: () => void;
  /** A lane of which a row cannot be read: nothing of it is sent. */
  readonly onDamaged: (lane: LocalKey, failure: Failure) => void;
  /** Something that a status shows may have changed. */
  readonly onChange: () => void;
}

/** Of parked operations at the head of the outbox, a person has few; beyond so many the age is that of the last look. */
const pagesForOldest = 20;

/**
 * Hears of work: what the outbox holds at the beginning, what is committed here, and what other tabs committed,
 * also when their broadcast was lost. Reads the outbox in pages and keeps only the keys of its lanes.
 */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #bell = new Bell();
  readonly #damaged = new Set<LocalKey>();
  #isLoading = true;
  #mustLoad = true;
  #seenChange = 0;
  #oldestAt: EpochMs | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Whether nothing of the lane is sent, as one of its rows cannot be read. */
  isHeldBack(lane: LocalKey): boolean {
    return this.#damaged.has(lane);
  }

  /** When the oldest operation was made that is neither confirmed nor parked; as of the last look. */
  get oldestAt(): EpochMs | undefined {
    return this.#oldestAt;
  }

  /** Listens before it reads the outbox, so that nothing falls in between, and looks again with every heartbeat. */
  async run(signal: AbortSignal): Promise<void> {
    const { store, onChange } = this.#options;
    // Only this sender journals, so these can be read before anything is heard.
    await this.#inheritRequests();
    const stopListening = store.onCommit((notice) => {
      if (notice.origin === "elsewhere") {
        this.#bell.ring();
        return;
      }
      if (notice.change === this.#seenChange + 1) this.#seenChange = notice.change;
      for (const [key, row] of notice.objects) this.#hear(key, row);
      onChange();
    });
    try {
      this.#seenChange = await store.checkForChanges();
      await Promise.all([this.#listen(signal), this.#heartbeat(signal)]);
    } finally {
      stopListening();
    }
  }

  async #listen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#mustLoad) await this.#load(signal);
      await this.#bell.rung(signal);
      await this.#catchUp();
    }
  }

  async #heartbeat(signal: AbortSignal): Promise<void> {
    const { clock, limits, store, ledger, onChange } = this.#options;
    while (!signal.aborted) {
      await delay(clock, limits.heartbeatMs, signal);
      await store.checkForChanges();
      if (ledger.pending === ledger.parked) continue;
      await this.#lookAtOldest();
      onChange();
    }
  }

  async #inheritRequests(): Promise<void> {
    const { store, limits, inherit, recall } = this.#options;
    let after: number | undefined;
    for (;;) {
      const page = await store.scan("journal", {
        limit: limits.scanRows,
        ...(after === undefined ? {} : { after }),
      });
      const isOver = (row: JournalRow) => row.shade !== undefined || row.closing !== undefined;
      for (const row of page.filter(isOver)) recall(row);
      const open = page.filter((row) => !isOver(row));
      // All at once, so that what is in doubt is asked about in one call.
      const lanes = await readLanes(store, [...new Set(open.map(({ lane }) => lane))]);
      for (const row of open) {
        const operations = lanes.get(row.lane)?.filter(({ request }) => request === row.number);
        // Parked in doubt: a person decides before it is asked about again. Damaged: its answer could not be kept.
        if (operations?.some(({ parked }) => parked === undefined) === true) inherit(row);
      }
      after = page.at(-1)?.number;
      if (page.length < limits.scanRows) return;
    }
  }

  async #load(signal: AbortSignal): Promise<void> {
    const { store, limits, board, ledger, onChange } = this.#options;
    this.#mustLoad = false;
    this.#isLoading = true;
    ledger.beginScan();
    await this.#lookAtOldest();
    let after: number | undefined;
    for (;;) {
      signal.throwIfAborted();
      const damaged: DamagedRow[] = [];
      const page = await store.scan("outbox", {
        limit: limits.scanRows,
        ...(after === undefined ? {} : { after }),
        onDamaged: (row) => damaged.push(row),
      });
      for (const row of damaged) this.#holdBack(row);
      for (const row of page) {
        ledger.scanned(row);
        if (row.parked === undefined && !this.#damaged.has(row.lane)) {
          board.touch(row.lane, { survey: true });
        }
      }
      after = Math.max(page.at(-1)?.sequence ?? 0, damaged.at(-1)?.key ?? 0);
      onChange();
      if (page.length + damaged.length < limits.scanRows) break;
    }
    ledger.endScan();
    this.#isLoading = false;
    onChange();
  }

  /**
   * A damaged row stops its object, whose order nobody could keep, and no other; the app sees it in the status. One of a
   * newer release stops the sender (design §4.7), and so does one that does not even tell its object.
   */
  #holdBack({ lane, failure }: DamagedRow): void {
    if (lane === undefined || failure.code === "NewerVersion") throw new HoldfastError(failure);
    this.#options.onDamaged(lane, failure);
    this.#damaged.add(lane);
    // What is done to a folder does not wait for it any more.
    this.#options.board.announce(lane);
  }

  async #catchUp(): Promise<void> {
    const { store, onChange } = this.#options;
    const { latest, changes } = await store.changesSince(this.#seenChange);
    this.#seenChange = latest;
    if (changes === "unknown" || changes.some(({ objects }) => objects === "many")) {
      this.#mustLoad = true;
      return;
    }
    const keys = [
      ...new Set(changes.flatMap(({ objects }) => (objects === "many" ? [] : objects))),
    ];
    const rows = await store.get("objects", keys);
    for (const [index, key] of keys.entries()) this.#hear(key, rows[index]);
    onChange();
  }

  #hear(key: LocalKey, row: ObjectRow | undefined): void {
    const { board, ledger, isOnline } = this.#options;
    const { pending, parked } = row ?? { pending: 0, parked: 0 };
    const unsentBefore = ledger.pending - ledger.parked;
    ledger.tell(key, { pending, parked }, this.#isLoading);
    if (unsentBefore === 0 && pending > parked) this.#oldestAt = this.#options.clock.now();
    if (row?.realId !== undefined && isProvisionalId(row.id)) board.announce(row.id);
    // Discarded: what waited for it looks again, finds nothing to wait for, and parks.
    const { id } = fromLocalKey(key);
    if (row === undefined && isProvisionalId(id)) board.announce(id);
    // What is done to a folder waits for lanes; lanes wait for single operations on folders.
    board.announce(key);
    if (isProjectKey(key)) this.#options.onProjectLane();
    // What is heard of while everything is loaded and connected is no older than the connection.
    if (pending > parked && !this.#damaged.has(key))
      board.touch(key, { survey: this.#isLoading || !isOnline() });
  }

  async #lookAtOldest(): Promise<void> {
    const { store, limits } = this.#options;
    let after: number | undefined;
    for (let pages = 0; pages < pagesForOldest; pages++) {
      let damaged: number | undefined;
      const page = await store.scan("outbox", {
        limit: pages === 0 ? 10 : limits.scanRows,
        ...(after === undefined ? {} : { after }),
        onDamaged: ({ key }) => {
          damaged = key;
        },
      });
      const oldest = page.find(({ parked }) => parked === undefined);
      if (oldest !== undefined) this.#oldestAt = oldest.madeAt;
      const last = page.at(-1)?.sequence;
      if (oldest !== undefined || (last === undefined && damaged === undefined)) return;
      after = Math.max(last ?? 0, damaged ?? 0);
    }
  }
}
