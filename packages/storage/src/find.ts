import {
  type AliasRow,
  compareRows,
  compileQuery,
  type FindQuery,
  fromLocalKey,
  type LocalKey,
  type ObjectId,
  type ObjectRow,
  type ProjectId,
  type RowTest,
  toLocalKey,
} from "@holdfast/core";
import { decodeFetched, fetchByKeys, joinRecords, keyOfRecord } from "./fetch-rows.ts";
import { type Posting, shortestPostings } from "./find-postings.ts";
import {
  isAnsweredByRanges,
  keyRangeOf,
  type OrderedRange,
  orderedRanges,
} from "./find-streams.ts";
import type { KeyRanges } from "./key-ranges.ts";
import { indexes, type StoredRecord } from "./schema.ts";
import { resultOf, resultsOf } from "./transaction.ts";

export interface FindContext {
  readonly ranges: KeyRanges;
  /** Hears of a row that cannot be read: it is left out of the answer, and said so. */
  onBadRow(key: IDBValidKey, error: unknown): void;
}

/** Rows read at once while walking. */
const walkRows = 500;
/** Rows walked in order beyond those wanted before it is cheaper to read all, if most do not match. */
const patienceRows = 1_000;
/** Rows read at once from one of several ranges that are being merged, at least. */
const minBatchRows = 32;

/**
 * Answers one query in one transaction. Three ways, chosen in this order: by the ids it names; by a short list of
 * index entries that covers it; by walking the ranges it can match, newest first, until it has enough. Where
 * the order is another one, or matches are rare, it reads all rows that can match, but keeps no more than are
 * asked for.
 */
export class Finder {
  readonly #transaction: IDBTransaction;
  readonly #objects: IDBObjectStore;
  readonly #context: FindContext;
  readonly #query: FindQuery;
  readonly #matches: RowTest;

  constructor(database: IDBDatabase, query: FindQuery, context: FindContext) {
    this.#transaction = database.transaction(["objects", "aliases", "parts"], "readonly");
    this.#objects = this.#transaction.objectStore("objects");
    this.#context = context;
    this.#query = query;
    this.#matches = compileQuery(query);
  }

  async find(): Promise<readonly ObjectRow[]> {
    const { offset = 0, limit = 1_000 } = this.#query;
    const compare = compareRows(this.#query);
    const few = await this.#matchingFew();
    if (few !== undefined) return few.sort(compare).slice(offset, offset + limit);
    const wanted = offset + limit;
    const rows = await this.#firstInOrder(wanted);
    return (rows ?? (await this.#firstOfAll(wanted))).slice(offset, wanted);
  }

  /** The first matches, read in their order; undefined where that is not to be had, or not soon enough. */
  async #firstInOrder(wanted: number): Promise<readonly ObjectRow[] | undefined> {
    if (this.#query.sortBy !== undefined) return undefined;
    const rows: ObjectRow[] = [];
    let seen = 0;
    for await (const row of this.#inOrder(wanted)) {
      seen += 1;
      if (this.#matches(row)) rows.push(row);
      if (rows.length === wanted) break;
      if (seen >= wanted + patienceRows && rows.length < seen / 2) return undefined;
    }
    return rows;
  }

  /** The first matches, found by reading everything that can match and keeping no more than is wanted. */
  async #firstOfAll(wanted: number): Promise<readonly ObjectRow[]> {
    const compare = compareRows(this.#query);
    let rows: ObjectRow[] = [];
    for await (const row of this.#inAnyOrder()) {
      if (this.#matches(row)) rows.push(row);
      if (rows.length >= wanted + walkRows) rows = rows.sort(compare).slice(0, wanted);
    }
    return rows.sort(compare);
  }

  async count(): Promise<number> {
    if (isAnsweredByRanges(this.#query)) {
      const counts = await resultsOf(
        (await this.#ranges()).map((range) =>
          this.#objects.index(range.index).count(keyRangeOf(this.#context.ranges, range)),
        ),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    }
    const few = await this.#matchingFew();
    if (few !== undefined) return few.length;
    let count = 0;
    for await (const row of this.#inAnyOrder()) if (this.#matches(row)) count += 1;
    return count;
  }

  /** All matches, where ids or index entries lead to few rows. */
  async #matchingFew(): Promise<ObjectRow[] | undefined> {
    const { id } = this.#query;
    if (id !== undefined) return (await this.#byIds(id)).filter(this.#matches);
    // A listing of one folder is in its index as it is asked for: no list of entries is shorter to read.
    const { link, scope, tags, type } = this.#query;
    const narrows = [link, tags, type].some((field) => field !== undefined);
    if (scope?.recurse === false && !narrows) return undefined;
    const postings = await shortestPostings(this.#objects, this.#context.ranges, this.#query);
    return postings && (await this.#byPostings(postings)).filter(this.#matches);
  }

  async #byIds(ids: readonly string[]): Promise<ObjectRow[]> {
    const aliases = this.#transaction.objectStore("aliases").index(indexes.realId);
    const found = await resultsOf(ids.map((id) => aliases.getAll(this.#context.ranges.only(id))));
    const locals = (found.flat() as StoredRecord<AliasRow>[]).map(({ row }) => row.local as string);
    const projects =
      this.#query.scope === undefined ? await this.#projects() : [this.#query.scope.project];
    const keys = projects.flatMap((project) =>
      [...new Set([...ids, ...locals])].map((id) =>
        toLocalKey(project as ProjectId, id as ObjectId),
      ),
    );
    const fetched = await fetchByKeys(this.#transaction, this.#context.ranges, {
      table: "objects",
      keys,
    });
    return this.#decoded(fetched.filter((one) => one !== undefined));
  }

  async #byPostings(postings: readonly Posting[]): Promise<ObjectRow[]> {
    const found = await resultsOf(
      postings.map(({ index, range }) => this.#objects.index(index).getAll(range)),
    );
    const records = new Map<unknown, StoredRecord<unknown>>();
    for (const record of found.flat() as StoredRecord<unknown>[]) {
      records.set(keyOfRecord("objects", record), record);
    }
    return this.#read([...records.values()]);
  }

  async #ranges(): Promise<OrderedRange[]> {
    const projects = this.#query.scope === undefined ? await this.#projects() : [];
    return orderedRanges(this.#query, projects);
  }

  /** The projects there are rows of: one jump in the primary keys for each. */
  async #projects(): Promise<string[]> {
    const projects: string[] = [];
    let key = (await resultOf(this.#objects.getKey(this.#context.ranges.lowerBound("")))) as
      | LocalKey
      | undefined;
    while (key !== undefined) {
      const { project } = fromLocalKey(key);
      projects.push(project);
      // "0" is the character after the "/" that ends the project.
      const next = this.#context.ranges.lowerBound(`${project}0`);
      key = (await resultOf(this.#objects.getKey(next))) as LocalKey | undefined;
    }
    return projects;
  }

  /**
   * Every row that can match, in the order that is the quickest to read: by primary key the database goes
   * straight on, by an index it must look for each row.
   */
  async *#inAnyOrder(): AsyncGenerator<ObjectRow> {
    const { scope } = this.#query;
    if (scope?.recurse === false) {
      for (const range of await this.#ranges()) yield* this.#walk(range, walkRows);
      return;
    }
    const { ranges } = this.#context;
    const upper = scope === undefined ? [] : `${scope.project}0`;
    const read = (after: IDBValidKey): Promise<unknown[]> =>
      resultOf(this.#objects.getAll(ranges.bound(after, upper, true, true), walkRows));
    let next: Promise<unknown[]> | undefined = read(scope === undefined ? "" : `${scope.project}/`);
    while (next !== undefined) {
      const records = (await next) as StoredRecord<unknown>[];
      const last = records.length < walkRows ? undefined : records.at(-1);
      // The database reads on while these are looked at.
      next = last && read(keyOfRecord("objects", last));
      yield* await this.#read(records);
    }
  }

  /** Merges the ranges, each of which is in order. */
  async *#inOrder(wanted: number): AsyncGenerator<ObjectRow> {
    const ranges = await this.#ranges();
    const batch = Math.min(Math.max(wanted, minBatchRows), walkRows);
    const compare = compareRows(this.#query);
    const walks = ranges.map((range) => this.#walk(range, batch));
    const heads = await Promise.all(walks.map(async (walk) => (await walk.next()).value));
    for (;;) {
      let first = -1;
      heads.forEach((row, index) => {
        const best = heads[first];
        if (row && (best === undefined || !best || compare(row, best) < 0)) first = index;
      });
      const row = heads[first];
      if (!row) return;
      yield row;
      heads[first] = (await walks[first]?.next())?.value;
    }
  }

  /** The rows of one range, in its order, read `batch` at a time. */
  async *#walk(range: OrderedRange, batch: number): AsyncGenerator<ObjectRow> {
    const index = this.#objects.index(range.index);
    let last: StoredRecord<unknown> | undefined;
    for (let size = batch; ; size = walkRows) {
      const after = last && [...range.prefix, last.newest as number, last.shownId as string];
      const keys = keyRangeOf(this.#context.ranges, range, after);
      const records = (await resultOf(index.getAll(keys, size))) as StoredRecord<unknown>[];
      yield* await this.#read(records);
      if (records.length < size) return;
      last = records.at(-1);
    }
  }

  async #read(records: readonly StoredRecord<unknown>[]): Promise<ObjectRow[]> {
    const { ranges } = this.#context;
    return this.#decoded(
      await joinRecords(this.#transaction, ranges, { table: "objects", records }),
    );
  }

  #decoded(fetched: Awaited<ReturnType<typeof joinRecords<StoredRecord<unknown>>>>): ObjectRow[] {
    const rows: ObjectRow[] = [];
    for (const one of fetched) {
      try {
        rows.push(decodeFetched("objects", one));
      } catch (error) {
        this.#context.onBadRow(keyOfRecord("objects", one.record), error);
      }
    }
    return rows;
  }
}
