import {
  type DamagedRow,
  type FailureCode,
  failureOf,
  type LocalKey,
  type OutboxRow,
  type Store,
} from "@holdfast/core";
import type { Touched } from "./change-feed.ts";

/** Rows of one read. */
const scanRows = 1_000;

/**
 * The parked operations of the outbox, kept up with every commit: there is no index for them in the store, since
 * they are few and every index costs each write.
 */
export class ParkedIndex {
  readonly #store: Store;
  readonly #lanes = new Map<LocalKey, readonly OutboxRow[]>();
  readonly #stale = new Set<LocalKey>();
  /** By their keys. Nobody can decide about them; they are told, and kept. */
  readonly #damaged = new Map<number, DamagedRow>();
  #isLoaded = false;
  #refreshing: Promise<void> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Notes what may have changed; `refresh` looks. */
  touch(touched: Touched): void {
    if (!this.#isLoaded) return;
    if ("objects" in touched) {
      for (const [key, row] of touched.objects) {
        if (this.#lanes.has(key) || (row?.parked ?? 0) > 0) this.#stale.add(key);
      }
    } else if (touched.keys === "many") {
      this.#isLoaded = false;
      this.#stale.clear();
    } else {
      for (const key of touched.keys) this.#stale.add(key);
    }
  }

  /** Resolves once the index holds what was noted before the call, whoever else asks for it too. */
  async refresh(): Promise<void> {
    while (this.#refreshing !== undefined) await this.#refreshing;
    if (this.#isLoaded && this.#stale.size === 0) return;
    this.#refreshing = this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
  }

  async #refresh(): Promise<void> {
    if (!this.#isLoaded) await this.#load();
    // What is readable of a damaged lane was found by the scan.
    const broken = new Set(Array.from(this.#damaged.values(), ({ lane }) => lane));
    const keys = [...this.#stale].filter((key) => !broken.has(key));
    this.#stale.clear();
    if (keys.length === 0) return;
    try {
      const lanes = await this.#store.lanes(keys);
      keys.forEach((key, index) => this.#put(key, lanes[index] ?? []));
    } catch (error) {
      for (const key of keys) this.#stale.add(key);
      if (!isDamage(error)) throw error;
      // One of them was damaged since: the scan says which.
      this.#stale.clear();
      await this.#load();
    }
  }

  /** In the user's order. */
  rows(): readonly OutboxRow[] {
    return [...this.#lanes.values()].flat().sort((left, right) => left.sequence - right.sequence);
  }

  /** Rows of the outbox that cannot be read. */
  get damaged(): readonly DamagedRow[] {
    return [...this.#damaged.values()];
  }

  get count(): number {
    let count = 0;
    for (const rows of this.#lanes.values()) count += rows.length;
    return count;
  }

  reasons(): readonly { readonly code: FailureCode; readonly count: number }[] {
    const counts = new Map<FailureCode, number>();
    for (const rows of this.#lanes.values()) {
      for (const { parked } of rows) {
        if (parked !== undefined)
          counts.set(parked.reason.code, (counts.get(parked.reason.code) ?? 0) + 1);
      }
    }
    return Array.from(counts, ([code, count]) => ({ code, count })).sort(
      (left, right) => right.count - left.count,
    );
  }

  async #load(): Promise<void> {
    // From here on commits are noted, so what the scan misses is read again.
    this.#isLoaded = true;
    this.#lanes.clear();
    this.#damaged.clear();
    try {
      const found = new Map<LocalKey, OutboxRow[]>();
      const onDamaged = (row: DamagedRow): void => void this.#damaged.set(row.key, row);
      for await (const rows of outboxPages(this.#store, scanRows, onDamaged)) {
        for (const row of rows) {
          if (row.parked === undefined) continue;
          const lane = found.get(row.lane);
          if (lane === undefined) found.set(row.lane, [row]);
          else lane.push(row);
        }
      }
      for (const [key, rows] of found) this.#lanes.set(key, rows);
    } catch (error) {
      this.#isLoaded = false;
      throw error;
    }
  }

  #put(key: LocalKey, lane: readonly OutboxRow[]): void {
    const parked = lane.filter((row) => row.parked !== undefined);
    if (parked.length === 0) this.#lanes.delete(key);
    else this.#lanes.set(key, parked);
  }
}

function isDamage(error: unknown): boolean {
  const code = failureOf(error)?.code;
  return code === "StorageFailed" || code === "NewerVersion";
}

/**
 * The whole outbox in the user's order, page by page. Rows that cannot be read are left out: the index of parked work
 * tells of them.
 */
export async function* outboxPages(
  store: Store,
  limit: number,
  onDamaged: (row: DamagedRow) => void = () => {},
): AsyncGenerator<readonly OutboxRow[], void> {
  for (let after: number | undefined; ; ) {
    const damaged: DamagedRow[] = [];
    const rows = await store.scan("outbox", {
      limit,
      ...(after === undefined ? {} : { after }),
      onDamaged: (row) => damaged.push(row),
    });
    for (const row of damaged) onDamaged(row);
    if (rows.length > 0) yield rows;
    if (rows.length + damaged.length < limit) return;
    after = Math.max(rows.at(-1)?.sequence ?? 0, damaged.at(-1)?.key ?? 0);
  }
}
