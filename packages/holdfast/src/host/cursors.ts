import type { Failure } from "@holdfast/core";
import { maxRows, type Page, type Result } from "../wire.ts";

/** Answers that a page has begun to fetch and not finished; beyond this the oldest is forgotten. */
const maxOpen = 16;

/** Long answers, handed out in messages of at most 500 rows. */
export class Cursors {
  readonly #rest = new Map<number, readonly unknown[]>();
  #last = 0;

  page<Row>(rows: readonly Row[]): Page<Row> {
    if (rows.length <= maxRows) return { rows };
    this.#last += 1;
    return this.#take(this.#last, rows);
  }

  more(cursor: number): Result<Page<unknown>> {
    const rows = this.#rest.get(cursor);
    if (rows === undefined) return { failure: forgotten };
    return { value: this.#take(cursor, rows) };
  }

  #take<Row>(cursor: number, rows: readonly Row[]): Page<Row> {
    this.#rest.delete(cursor);
    if (rows.length <= maxRows) return { rows };
    this.#rest.set(cursor, rows.slice(maxRows));
    const [oldest] = this.#rest.keys();
    if (this.#rest.size > maxOpen && oldest !== undefined) this.#rest.delete(oldest);
    return { rows: rows.slice(0, maxRows), cursor };
  }
}

const forgotten: Failure = {
  code: "ResourceNotFound",
  message: "Too many long answers were asked for at once; ask again.",
};
