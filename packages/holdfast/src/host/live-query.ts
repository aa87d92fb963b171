import {
  equalJson,
  type Failure,
  failureOf,
  type FindQuery,
  fromLocalKey,
  isProvisionalId,
  type Json,
  type LocalKey,
  type Logger,
  type ObjectDescription,
  type ObjectRow,
  type ProvisionalId,
  referencesOfRow,
  type Store,
} from "@holdfast/core";
import type { Difference } from "../difference.ts";
import type { Touched } from "./change-feed.ts";
import type { Describer } from "./describer.ts";
import { differenceBetween } from "./difference-between.ts";
import { withEveryName, withNamesOf } from "./link-names.ts";
import { LiveWindow } from "./live-window.ts";

export interface LiveListener {
  onDifference(difference: Difference): void;
  onFailure(failure: Failure): void;
}

export interface LivePorts {
  readonly store: Store;
  readonly describer: Describer;
  readonly logger: Logger;
}

/** Keys told without rows, above which asking the whole query again is cheaper than reading them. */
const maxReads = 200;

/**
 * The result of one query, held here and patched from what commits touch; the store is asked again only where a
 * full window loses a row. Any number of listeners share it.
 */
export class LiveQuery {
  readonly #ports: LivePorts;
  #query: FindQuery;
  #window: LiveWindow;
  readonly #listeners = new Set<LiveListener>();
  /** Those of them that came while the result was not known. */
  readonly #resetDue = new Set<LiveListener>();
  #rows: readonly ObjectRow[] = [];
  #described: readonly ObjectDescription[] = [];
  /** Rows that mention an object whose real id is not known yet. */
  #mentions: ReadonlyMap<ProvisionalId, readonly LocalKey[]> = new Map();
  /** Touched since the last step: the row as the commit left it, `null` where it must be read. */
  #dirty = new Map<LocalKey, ObjectRow | undefined | null>();
  #mustQuery = true;
  #isWorking = false;
  #isClosed = false;

  constructor(ports: LivePorts, query: FindQuery) {
    this.#ports = ports;
    this.#query = query;
    this.#window = new LiveWindow(query);
    this.#work();
  }

  /** The result, where it is known to be that of the newest commit. */
  get current(): readonly ObjectDescription[] | undefined {
    return this.#isWorking || this.#mustQuery ? undefined : this.#described;
  }

  get isUsed(): boolean {
    return this.#listeners.size > 0;
  }

  add(listener: LiveListener): void {
    this.#listeners.add(listener);
    const { current } = this;
    if (current !== undefined) {
      listener.onDifference({ kind: "reset", rows: current });
      return;
    }
    this.#resetDue.add(listener);
    // Where the last question failed, nothing else may ask it again.
    this.#work();
  }

  remove(listener: LiveListener): void {
    this.#listeners.delete(listener);
    this.#resetDue.delete(listener);
  }

  close(): void {
    this.#isClosed = true;
    this.#listeners.clear();
  }

  touch(touched: Touched): void {
    if ("objects" in touched) {
      for (const [key, row] of touched.objects) this.#dirty.set(key, row);
    } else if (touched.keys === "many" || touched.keys.length > maxReads) {
      this.#mustQuery = true;
    } else {
      for (const key of touched.keys) this.#dirty.set(key, null);
    }
    this.#work();
  }

  #work(): void {
    if (this.#isWorking || this.#isClosed) return;
    this.#isWorking = true;
    queueMicrotask(() => void this.#run());
  }

  async #run(): Promise<void> {
    try {
      while (!this.#isClosed && (this.#mustQuery || this.#dirty.size > 0)) {
        if (this.#mustQuery) await this.#ask();
        else await this.#patch();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isWorking = false;
    }
    const { current } = this;
    if (current === undefined) return;
    for (const listener of this.#resetDue) listener.onDifference({ kind: "reset", rows: current });
    this.#resetDue.clear();
  }

  async #ask(): Promise<void> {
    this.#askFor(await withEveryName(this.#ports.store, this.#query));
    this.#mustQuery = false;
    this.#dirty.clear();
    const rows = await this.#ports.store.find(this.#query);
    const described = await this.#ports.describer.describe(rows);
    const known = new Map(this.#described.map((row) => [row.key, row]));
    const same = described.map((row) => {
      const before = known.get(row.key);
      // A page draws again what is another object.
      return before !== undefined && equalJson(before as object as Json, row as object as Json)
        ? before
        : row;
    });
    this.#show(rows, same);
  }

  async #patch(): Promise<void> {
    const touched = await this.#takeDirty();
    this.#askFor(withNamesOf(touched.values(), this.#query));
    if (this.#mustQuery) return;
    const rows = this.#window.step(this.#rows, touched);
    if (rows === "query") {
      this.#mustQuery = true;
      return;
    }
    const again = this.#namedAnew(touched);
    if (rows === this.#rows && again.size === 0) return;
    const changed = rows.filter(({ key }) => touched.has(key) || again.has(key));
    const described = await this.#ports.describer.describe(changed);
    const known = new Map(this.#described.map((row) => [row.key, row]));
    for (const row of described) known.set(row.key, row);
    this.#show(
      rows,
      rows.map(({ key }) => known.get(key) as ObjectDescription),
    );
  }

  /** Links to one object may be written with either of its ids, so a name that it gets widens the query. */
  #askFor(query: FindQuery): void {
    if (query === this.#query) return;
    this.#query = query;
    this.#window = new LiveWindow(query);
    this.#mustQuery = true;
  }

  #show(rows: readonly ObjectRow[], described: readonly ObjectDescription[]): void {
    if (this.#isClosed) return;
    const before = this.#described;
    this.#rows = rows;
    this.#described = described;
    this.#mentions = mentionsOf(rows, described);
    if (this.#resetDue.size === this.#listeners.size) return;
    const difference = differenceBetween(before, described);
    if (difference === undefined) return;
    for (const listener of [...this.#listeners]) {
      if (!this.#resetDue.has(listener)) listener.onDifference(difference);
    }
  }

  /** A notice that arrives during the read is newer than what the read has seen. */
  async #takeDirty(): Promise<ReadonlyMap<LocalKey, ObjectRow | undefined>> {
    const dirty = this.#dirty;
    this.#dirty = new Map();
    const unread = [...dirty].filter(([, row]) => row === null).map(([key]) => key);
    // What cannot be read is found by no query either; the store has told of it.
    const options = { onDamaged: () => {} };
    const read = unread.length === 0 ? [] : await this.#ports.store.get("objects", unread, options);
    const touched = new Map<LocalKey, ObjectRow | undefined>();
    for (const [key, row] of dirty) if (row !== null) touched.set(key, row);
    unread.forEach((key, index) => touched.set(key, read[index]));
    for (const [key, row] of this.#dirty) {
      if (row === null) continue;
      touched.set(key, row);
      this.#dirty.delete(key);
    }
    return touched;
  }

  /** Rows that mention an object whose real id came with this commit. */
  #namedAnew(touched: ReadonlyMap<LocalKey, ObjectRow | undefined>): ReadonlySet<LocalKey> {
    const keys = new Set<LocalKey>();
    if (this.#mentions.size === 0) return keys;
    for (const [key, row] of touched) {
      if (row?.realId === undefined) continue;
      const { id } = fromLocalKey(key);
      if (!isProvisionalId(id)) continue;
      for (const mentioning of this.#mentions.get(id) ?? []) keys.add(mentioning);
    }
    return keys;
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return;
    const failure = failureOf(error);
    if (failure?.code === "StorageClosed") return;
    if (failure === undefined) this.#ports.logger.error("A live query failed.", { error });
    // The next commit tries again for those that stay.
    this.#mustQuery = true;
    for (const listener of [...this.#listeners]) {
      listener.onFailure(failure ?? { code: "StorageFailed", message: "A live query failed." });
    }
  }
}

/** Which rows still show the provisional id of another object. */
function mentionsOf(
  rows: readonly ObjectRow[],
  described: readonly ObjectDescription[],
): ReadonlyMap<ProvisionalId, readonly LocalKey[]> {
  const mentions = new Map<ProvisionalId, LocalKey[]>();
  rows.forEach((row, index) => {
    for (const id of shownIds(row, described[index] as ObjectDescription)) {
      const keys = mentions.get(id);
      if (keys === undefined) mentions.set(id, [row.key]);
      else keys.push(row.key);
    }
  });
  return mentions;
}

/** What a description shows never changes, and windows keep those of their unchanged rows. */
const shown = new WeakMap<ObjectDescription, readonly ProvisionalId[]>();

function shownIds(row: ObjectRow, description: ObjectDescription): readonly ProvisionalId[] {
  let ids = shown.get(description);
  if (ids === undefined) {
    const references = referencesOfRow(row);
    const text = references.length === 0 ? "" : JSON.stringify(description);
    ids = references.filter((id) => text.includes(id));
    shown.set(description, ids);
  }
  return ids;
}
