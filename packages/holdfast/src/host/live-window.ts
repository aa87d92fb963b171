import {
  compareRows,
  compileQuery,
  type FindQuery,
  type LocalKey,
  type ObjectRow,
} from "@holdfast/core";

/** The platform's own default (CS §5.1). */
const defaultLimit = 1_000;

export type WindowStep =
  /** The rows of the new window; those that were not touched are the same objects, and all of it where none was. */
  | readonly ObjectRow[]
  /** What is beyond the window decides: ask the store. */
  | "query";

/** How rows that changed move through the window of one query. Pure. */
export class LiveWindow {
  readonly #test: (row: ObjectRow) => boolean;
  readonly #compare: (left: ObjectRow, right: ObjectRow) => number;
  readonly #limit: number;
  readonly #hasOffset: boolean;

  constructor(query: FindQuery) {
    this.#test = compileQuery(query);
    this.#compare = compareRows(query);
    this.#limit = query.limit ?? defaultLimit;
    this.#hasOffset = (query.offset ?? 0) > 0;
  }

  /** @param touched - the rows as they are now, undefined for those that are gone. */
  step(
    rows: readonly ObjectRow[],
    touched: ReadonlyMap<LocalKey, ObjectRow | undefined>,
  ): WindowStep {
    if (this.#hasOffset) return "query";
    const wasFull = rows.length >= this.#limit;
    const last = rows.at(-1);
    const kept = rows.filter((row) => !touched.has(row.key));
    const put: ObjectRow[] = [];
    for (const row of touched.values()) {
      if (row === undefined || !this.#test(row)) continue;
      // Rows that nobody has read may come before it.
      if (wasFull && last !== undefined && this.#compare(row, last) > 0) continue;
      put.push(row);
    }
    if (kept.length === rows.length && put.length === 0) return rows;
    if (wasFull && kept.length + put.length < this.#limit) return "query";
    put.sort(this.#compare);
    const merged = this.#merge(kept, put);
    return merged.length > this.#limit ? merged.slice(0, this.#limit) : merged;
  }

  #merge(kept: readonly ObjectRow[], put: readonly ObjectRow[]): readonly ObjectRow[] {
    if (put.length === 0) return kept;
    const merged: ObjectRow[] = [];
    let from = 0;
    for (const row of put) {
      const at = this.#indexFor(kept, row, from);
      for (; from < at; from++) merged.push(kept[from] as ObjectRow);
      merged.push(row);
    }
    for (; from < kept.length; from++) merged.push(kept[from] as ObjectRow);
    return merged;
  }

  #indexFor(rows: readonly ObjectRow[], row: ObjectRow, from: number): number {
    let low = from;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(rows[middle] as ObjectRow, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
