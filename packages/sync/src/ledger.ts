import type { LocalKey, OutboxRow } from "@holdfast/core";

interface Entry {
  readonly pending: number;
  readonly parked: number;
}

/** How many operations wait and how many are parked, per lane and in all, from scans and from what is committed. */
export class Ledger {
  readonly #lanes = new Map<LocalKey, Entry>();
  /** Told by a commit since the scan began: what the scan still finds of them is older. */
  readonly #told = new Set<LocalKey>();
  #pending = 0;
  #parked = 0;

  /** Operations not confirmed yet, parked ones included. */
  get pending(): number {
    return this.#pending;
  }

  get parked(): number {
    return this.#parked;
  }

  beginScan(): void {
    this.#lanes.clear();
    this.#told.clear();
    this.#pending = 0;
    this.#parked = 0;
  }

  scanned({ lane, parked }: OutboxRow): void {
    if (this.#told.has(lane)) return;
    const { pending, parked: before } = this.#lanes.get(lane) ?? { pending: 0, parked: 0 };
    this.#set(lane, { pending: pending + 1, parked: before + (parked === undefined ? 0 : 1) });
  }

  endScan(): void {
    this.#told.clear();
  }

  /** A commit left the lane so. */
  tell(lane: LocalKey, entry: Entry, duringScan: boolean): void {
    if (duringScan) this.#told.add(lane);
    this.#set(lane, entry);
  }

  #set(lane: LocalKey, { pending, parked }: Entry): void {
    const before = this.#lanes.get(lane);
    this.#pending += pending - (before?.pending ?? 0);
    this.#parked += parked - (before?.parked ?? 0);
    if (pending === 0) this.#lanes.delete(lane);
    else this.#lanes.set(lane, { pending, parked });
  }
}
