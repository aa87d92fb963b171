/** The newest entries of a log, oldest first; `first` is the number of the first one kept. */
export class BoundedLog<Entry> {
  readonly #limit: number;
  #entries: Entry[] = [];
  #dropped = 0;

  constructor(limit: number, entries: readonly Entry[] = [], dropped = 0) {
    this.#limit = limit;
    this.#entries = [...entries];
    this.#dropped = dropped;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Entries ever added: the number the next one gets. */
  get count(): number {
    return this.#dropped + this.#entries.length;
  }

  /** Entries no longer kept: the number of the oldest one that is. */
  get dropped(): number {
    return this.#dropped;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    // A quarter at a time, so that a full log does not move all its entries for each new one.
    if (this.#entries.length > this.#limit * 1.25) {
      const surplus = this.#entries.length - this.#limit;
      this.#entries = this.#entries.slice(surplus);
      this.#dropped += surplus;
    }
  }
}
