import type { Failure } from "@holdfast/core";
import { maxRows, type Page, type Result } from "../wire.ts";

/** Answers that a page has begun to fetch and not finished; beyond this the oldest is forgotten. */
const maxOpen = 256;

/** Long answers, handed out in messages of at most 500 rows. */
export class Cursors {
  readonly #rest = new Map<number, readonly unknown[]>();
  readonly #ofWrites = new Map<number, readonly unknown[]>();
  #last = 0;

  page<Row>(rows: readonly Row[]): Page<Row> {
    this.#last += 1;
    const page = take(this.#rest, this.#last, rows);
    const [oldest] = this.#rest.keys();
    if (this.#rest.size > maxOpen && oldest !== undefined) this.#rest.delete(oldest);
    return page;
  }

  /** Never forgotten: the caller would take what is written for refused. Pages always fetch it to its end. */
  pageOfWrite<Row>(rows: readonly Row[]): Page<Row> {
    this.#last += 1;
    return take(this.#ofWrites, this.#last, rows);
  }

  more(cursor: number): Result<Page<unknown>> {
    for (const open of [this.#rest, this.#ofWrites]) {
      const rows = open.get(cursor);
      if (rows !== undefined) return { value: take(open, cursor, rows) };
    }
    return { failure: forgotten };
  }
}

/** The first rows; the others stay open under the cursor, as the newest of them. */
function take<Row>(
  open: Map<number, readonly unknown[]>,
  cursor: number,
  rows: readonly Row[],
): Page<Row> {
  open.delete(cursor);
  if (rows.length <= maxRows) return { rows };
  open.set(cursor, rows.slice(maxRows));
  return { rows: rows.slice(0, maxRows), cursor };
}

const forgotten: Failure = {
  code: "ResourceNotFound",
  message: "Too many long answers were asked for at once; ask again.",
};
