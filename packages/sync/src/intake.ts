import {
  type Clock,
  type DamagedRow,
  delay,
  type EpochMs,
  fromLocalKey,
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
import type { HeldBack } from "./held-back.ts";
import { readLanes, readObjects } from "./read-rows.ts";

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
  /** Watches what an earlier sender parked in doubt: it may be discarded, and land after that. */
  readonly doubt: (row: JournalRow) => void;
  /** Something was committed to the lane of a project. */
  readonly onProjectLane: () => void;
  readonly held: HeldBack;
  /** An object has changed, or is gone. */
  readonly onObject: (key: LocalKey, row: ObjectRow | undefined) => void;
  /** From now on changes are heard, and which ones were before is not known: whoever hears of objects looks. */
  readonly onMissed: () => void;
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
      this.#options.onMissed();
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
    const { store, limits, held, inherit, recall, doubt } = this.#options;
    let after: number | undefined;
    for (;;) {
      const damaged: DamagedRow[] = [];
      const page = await store.scan("journal", {
        limit: limits.scanRows,
        ...(after === undefined ? {} : { after }),
        onDamaged: (row) => damaged.push(row),
      });
      for (const row of damaged) held.addRow(row);
      for (const row of page.filter(({ shade }) => shade !== undefined)) recall(row);
      const open = page.filter(({ shade }) => shade === undefined);
      // All at once, so that what is in doubt is asked about in one call.
      const keys = [...new Set(open.map(({ lane }) => lane))];
      const lanes = await readLanes(store, keys, held.add);
      const objects = await readObjects(store, keys, (key, failure) => {
        // Where nothing is to be sent, nothing is held back.
        if (lanes.get(key)?.length !== 0) held.add(key, failure);
      });
      for (const key of keys) {
        const rows = lanes.get(key);
        if (rows !== undefined && objects.has(key) && !held.has(key))
          await held.isWhole(objects.get(key), { key, rows });
      }
      for (const row of open) {
        const operations = lanes.get(row.lane)?.filter(({ request }) => request === row.number);
        // Damaged: its answer could not be kept.
        if (operations === undefined || held.has(row.lane)) continue;
        if (operations.some(({ parked }) => parked === undefined)) inherit(row);
        // Nothing waits for its answer any more: an accepted close, of which the object is not seen closed yet.
        else if (operations.length === 0) recall(row);
        // Parked in doubt: a person decides before it is asked about again.
        else doubt(row);
      }
      if (page.length + damaged.length < limits.scanRows) return;
      after = Math.max(page.at(-1)?.number ?? 0, damaged.at(-1)?.key ?? 0);
    }
  }

  async #load(signal: AbortSignal): Promise<void> {
    const { store, limits, board, ledger, held, onChange } = this.#options;
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
      for (const row of damaged) held.addRow(row);
      for (const row of page) {
        ledger.scanned(row);
        if (row.parked === undefined && !held.has(row.lane)) {
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

  async #catchUp(): Promise<void> {
    const { store, held, onChange } = this.#options;
    const { latest, changes } = await store.changesSince(this.#seenChange);
    this.#seenChange = latest;
    if (changes === "unknown" || changes.some(({ objects }) => objects === "many")) {
      this.#mustLoad = true;
      this.#options.onMissed();
      return;
    }
    const keys = [
      ...new Set(changes.flatMap(({ objects }) => (objects === "many" ? [] : objects))),
    ];
    for (const [key, row] of await readObjects(store, keys, held.add)) this.#hear(key, row);
    onChange();
  }

  #hear(key: LocalKey, row: ObjectRow | undefined): void {
    const { board, ledger, held, isOnline } = this.#options;
    this.#options.onObject(key, row);
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
    if (pending > parked && !held.has(key))
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
