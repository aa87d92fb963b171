import { unreachable } from "../assert.ts";
import type { ObjectRow } from "../data-object.ts";
import type { LocalKey } from "../ids.ts";
import type { HistoryRow } from "../operation.ts";
import { keyOfPut } from "../settling/row-key.ts";
import type { Change, Delete, KeyOf, Put, RowOf, TableName } from "../store.ts";

type AnyKey = KeyOf<TableName>;
type AnyRow = RowOf<TableName>;

/** One thing a relaxed commit did, so that losing it can be played. */
type Undo = () => void;

/**
 * What the memory stores of one test share, as tabs share a database: plain maps and two counters. It outlives
 * the stores, so opening another one on it is a restart.
 */
export class MemoryDatabase {
  readonly #tables: Record<TableName, Map<AnyKey, AnyRow>> = {
    objects: new Map(),
    outbox: new Map(),
    journal: new Map(),
    history: new Map(),
    aliases: new Map(),
    contents: new Map(),
    meta: new Map(),
  };
  readonly #listeners = new Set<(latest: number, from: object) => void>();
  readonly #keepChanges: number;
  #changes: Change[] = [];
  #sequence = 0;
  #change = 0;
  #relaxedTail: Undo[] = [];

  /** @param options - `keepChanges`: how many changes can be named later, default 1,000. */
  constructor(options: { readonly keepChanges?: number } = {}) {
    this.#keepChanges = options.keepChanges ?? 1_000;
  }

  get sequence(): number {
    return this.#sequence;
  }

  get change(): number {
    return this.#change;
  }

  get changes(): readonly Change[] {
    return this.#changes;
  }

  get<Table extends TableName>(table: Table, key: KeyOf<Table>): RowOf<Table> | undefined {
    return this.#tables[table].get(key) as RowOf<Table> | undefined;
  }

  /** The rows that pass, in the order of their keys. */
  rows<Table extends TableName>(
    table: Table,
    passes: (row: RowOf<Table>) => boolean = () => true,
  ): RowOf<Table>[] {
    const found: [AnyKey, AnyRow][] = [];
    for (const entry of this.#tables[table]) {
      if (passes(entry[1] as RowOf<Table>)) found.push(entry);
    }
    return found
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, row]) => row as RowOf<Table>);
  }

  /** Applies one whole commit; the number of the change it made, or undefined where it made none. */
  commit(commit: {
    readonly puts: readonly Put[];
    readonly deletes: readonly Delete[];
    readonly sequence: number;
    readonly durability: "strict" | "relaxed";
  }):
    | {
        readonly change: number;
        readonly objects: ReadonlyMap<LocalKey, ObjectRow | undefined>;
        readonly ended: readonly HistoryRow[];
      }
    | undefined {
    const counters = { sequence: this.#sequence, change: this.#change, changes: this.#changes };
    this.#relaxedTail.push(() => {
      this.#sequence = counters.sequence;
      this.#change = counters.change;
      this.#changes = counters.changes;
    });
    const objects = new Map<LocalKey, ObjectRow | undefined>();
    const ended: HistoryRow[] = [];
    for (const { table, key } of commit.deletes) {
      this.#set(table, key, undefined);
      if (table === "objects") objects.set(key, undefined);
    }
    for (const put of commit.puts) {
      const row = frozenCopy(put.row);
      this.#set(put.table, keyOfPut(put), row);
      if (put.table === "objects") objects.set(put.row.key, row as ObjectRow);
      if (put.table === "history") ended.push(row as HistoryRow);
    }
    this.#sequence = commit.sequence;
    if (commit.durability === "strict") this.#relaxedTail = [];
    if (![...commit.puts, ...commit.deletes].some(({ table }) => table !== "meta"))
      return undefined;
    this.#change += 1;
    const named = objects.size > 500 ? ("many" as const) : [...objects.keys()];
    this.#changes = [...this.#changes, { change: this.#change, objects: named }].slice(
      -this.#keepChanges,
    );
    return { change: this.#change, objects, ended };
  }

  /** What a power failure may do: takes back every commit since the last strict one. Reopen the stores after it. */
  loseRelaxedTail(): void {
    for (const undo of this.#relaxedTail.reverse()) undo();
    this.#relaxedTail = [];
  }

  broadcast(latest: number, from: object): void {
    for (const listener of this.#listeners) queueMicrotask(() => listener(latest, from));
  }

  subscribe(listener: (latest: number, from: object) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #set(table: TableName, key: AnyKey, row: AnyRow | undefined): void {
    const rows = this.#tables[table];
    const before = rows.get(key);
    this.#relaxedTail.push(() => {
      if (before === undefined) rows.delete(key);
      else rows.set(key, before);
    });
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
  }
}

/** As IndexedDB keeps a copy, so does this: nobody can change a row by changing what was put or got. */
function frozenCopy<Value>(value: Value): Value {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
    case "undefined":
      return value;
    case "object":
      if (value === null) return value;
      if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as Value;
      return frozenObject(value as object) as Value;
    case "bigint":
    case "symbol":
    case "function":
      throw new TypeError(`A row cannot hold a ${typeof value}.`);
    default:
      return unreachable(value as never);
  }
}

/** Names are copied one by one: through pairs of them it takes several times as long, and every put comes by here. */
function frozenObject(value: object): object {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const item: unknown = frozenCopy((value as Record<string, unknown>)[name]);
    if (name === "__proto__") Object.defineProperty(copy, name, { value: item, enumerable: true });
    else copy[name] = item;
  }
  return Object.freeze(copy);
}
