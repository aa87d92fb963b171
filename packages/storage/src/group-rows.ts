import {
  assert,
  failureOf,
  isListed,
  isWithin,
  type JournalRow,
  keyOfPut,
  type Delete,
  type HistoryRow,
  type KeyOf,
  type LocalKey,
  type MetaName,
  type MetaRows,
  type ObjectRow,
  type OutboxRow,
  type ProjectId,
  type Put,
  type Reads,
  type RowOf,
  type Rows,
  type Sequence,
  type Subtree,
  type TableName,
} from "@holdfast/core";
import { decodeFetched, type Fetched, joinRecords, keyOfRecord } from "./fetch-rows.ts";
import { differsByRequest, says } from "./carried-rows.ts";
import type { KeyRanges } from "./key-ranges.ts";
import type { KnownRows } from "./known-rows.ts";
import { allKnown, type Found, readKnowing, sequenceOf, type Wanted } from "./read-known.ts";
import { indexes, type Numbers, type StoredRecord } from "./schema.ts";
import { subtreeRanges } from "./subtree-ranges.ts";
import { encode, type Encoded } from "./stored-record.ts";
import { resultOf, resultsOf } from "./transaction.ts";

/** Hears of rows that cannot be read and that no write asked for by their keys. */
export type OnBadRow = (key: LocalKey, error: unknown) => void;

type AnyKey = KeyOf<TableName>;

/** What the writes of a group leave of a row: it, encoded, or nothing where it is deleted. */
export type Left = { readonly put: Put; readonly encoded: Encoded } | undefined;

interface Table {
  /** What the database held when the group began, for the keys that its writes read. */
  readonly fetched: Map<AnyKey, Fetched | undefined>;
  /** The same, believed. */
  readonly decoded: Map<AnyKey, RowOf<TableName>>;
  /** What the decisions so far leave. */
  readonly left: Map<AnyKey, Left>;
}

/** The rows of one group: read once for all its writes, decided over, put once. */
export class GroupRows {
  readonly #tables: Readonly<Record<TableName, Table>> = {
    objects: newTable(),
    outbox: newTable(),
    journal: newTable(),
    history: newTable(),
    aliases: newTable(),
    contents: newTable(),
    meta: newTable(),
  };
  /** The sequences of the lanes that were read, as the decisions so far leave them. */
  readonly #lanes = new Map<LocalKey, Set<Sequence>>();
  /** The objects that the database held of each subtree and project that was read. */
  readonly #found = new Map<string, readonly LocalKey[]>();
  readonly #numbers: Numbers;
  readonly #onBadRow: OnBadRow;
  #sequence: Sequence;
  #count = 0;
  #bytes = 0;

  private constructor(
    numbers: Numbers,
    { tables, lanes }: Found,
    onBadRow: OnBadRow = () => undefined,
  ) {
    this.#numbers = numbers;
    this.#onBadRow = onBadRow;
    this.#sequence = numbers.sequence;
    for (const [table, rows] of tables) {
      for (const [key, fetched] of rows) this.#tables[table].fetched.set(key, fetched);
    }
    for (const [lane, rows] of lanes) {
      this.#lanes.set(lane, new Set(rows.map(sequenceOf)));
      for (const row of rows) this.#tables.outbox.fetched.set(sequenceOf(row), row);
    }
  }

  /** Where all that the writes read is known, as for most creates, which read nothing. To be made sure of. */
  static guess(reads: readonly Reads[], known: KnownRows): GroupRows | undefined {
    if (subtreesOf(reads).length > 0 || union(reads, "relocated").length > 0) return undefined;
    const found = known.numbers && allKnown(wantedBy(reads), known);
    return known.numbers && found && new GroupRows(known.numbers, found);
  }

  /** Reads, all at once, what any of the writes asks for and is not known, and the numbers. */
  static async load(
    transaction: IDBTransaction,
    ranges: KeyRanges,
    {
      reads,
      known,
      onBadRow,
    }: {
      readonly reads: readonly Reads[];
      readonly known: KnownRows;
      readonly onBadRow: OnBadRow;
    },
  ): Promise<GroupRows> {
    const subtrees = subtreesOf(reads);
    const projects = union(reads, "relocated");
    const [read, trees, moved] = await Promise.all([
      readKnowing(transaction, ranges, { wanted: wantedBy(reads), known }),
      Promise.all(subtrees.map((subtree) => fetchSubtree(transaction, ranges, subtree))),
      Promise.all(projects.map((project) => fetchRelocated(transaction, ranges, project))),
    ]);
    const rows = new GroupRows(read.numbers, read.found, onBadRow);
    subtrees.forEach((subtree, index) =>
      rows.#takeFound(nameOfSubtree(subtree), trees[index] ?? []),
    );
    projects.forEach((project, index) => rows.#takeFound(project, moved[index] ?? []));
    return rows;
  }

  /** Once it is committed: what it read and what it left is known from here on. */
  tell(known: KnownRows, after: Numbers): void {
    known.begin(this.#numbers);
    for (const [sequence, left] of this.#tables.outbox.left) {
      const lane = (left?.put.row as OutboxRow | undefined)?.lane;
      if (lane !== undefined) known.addToLane(lane, sequence as Sequence);
    }
    for (const table of tableNames) {
      for (const [key, left] of this.#tables[table].left) known.keep(table, key, left?.encoded);
    }
    for (const [lane, sequences] of this.#lanes) known.keepLane(lane, sequences);
    known.advance(after);
  }

  /** As the group found them. */
  get numbers(): Numbers {
    return this.#numbers;
  }

  /** The last sequence given by a decision that was taken. */
  get sequence(): Sequence {
    return this.#sequence;
  }

  /**
   * What one write may see, and the numbers it draws: they count once `take` is called.
   * A row that cannot be read throws when it is asked for, and so fails only the writes that ask for it.
   */
  view(reads: Reads): {
    readonly rows: Rows;
    take(puts: readonly Put[], deletes: readonly Delete[]): void;
  } {
    let sequence = this.#sequence;
    const named = namedBy(reads);
    const rows: Rows = {
      object: (key) => this.#row("objects", named("objects", key)),
      lane: (key) => this.#lane(named("lanes", key)),
      outbox: (key) => this.#row("outbox", named("outbox", key)),
      journal: (key) => this.#row("journal", named("journal", key)),
      alias: (key) => this.#row("aliases", named("aliases", key)),
      content: (name) => this.#row("contents", named("contents", name)),
      meta: <Name extends MetaName>(name: Name) =>
        this.#row("meta", named("meta", name)) as MetaRows[Name] | undefined,
      within: (subtree) => {
        named("subtrees", subtree, nameOfSubtree);
        return this.#within(subtree);
      },
      relocated: (project) => this.#relocated(named("relocated", project)),
      nextSequence: () => ++sequence,
    };
    return {
      rows,
      take: (puts, deletes) => {
        // Encoding first: a row that cannot be encoded fails its own write and leaves nothing behind.
        const encoded = puts.map((put): Left => ({ put, encoded: encode(put) }));
        for (const { table, key } of deletes) this.#leave(table, key, undefined);
        puts.forEach((put, index) => this.#leave(put.table, keyOfPut(put), encoded[index]));
        this.#sequence = sequence;
      },
    };
  }

  /** The epoch of the lease, 0 where nobody ever held it. */
  epoch(): number {
    return (this.#row("meta", "lease") as MetaRows["lease"] | undefined)?.epoch ?? 0;
  }

  /** How many rows the decisions so far put or delete. */
  get countLeft(): number {
    return this.#count;
  }

  /** An upper bound of the bytes they put. */
  get bytesLeft(): number {
    return this.#bytes;
  }

  left(table: TableName): ReadonlyMap<AnyKey, Left> {
    return this.#tables[table].left;
  }

  /** Whether parts of the row may be stored: known where it was read, else as good as anyone knows. */
  mayHaveParts(table: TableName, key: AnyKey): boolean {
    const { fetched } = this.#tables[table];
    if (!fetched.has(key)) return this.#numbers.hasParts;
    return fetched.get(key)?.record.parts !== undefined;
  }

  /** Whether the decisions put parts of rows of the table, or must remove some. */
  needsParts(table: TableName): boolean {
    for (const [key, left] of this.#tables[table].left) {
      if ((left?.encoded.parts.length ?? 0) > 0 || this.mayHaveParts(table, key)) return true;
    }
    return false;
  }

  /** Whether what the row says beside what the database holds is said by the journal row that is put with it. */
  isImplied(row: OutboxRow): boolean {
    const journal = this.#tables.journal.left.get(row.request ?? Number.NaN);
    if (journal === undefined) return false;
    const said = {
      row: journal.put.row as JournalRow,
      isWhole: journal.encoded.parts.length === 0,
    };
    const before = this.#tables.outbox.fetched.get(row.sequence)?.record;
    return says(said, row) && differsByRequest(row, before);
  }

  /** The objects that changed, as they are now; undefined where removed. */
  changedObjects(): ReadonlyMap<LocalKey, ObjectRow | undefined> {
    const objects = new Map<LocalKey, ObjectRow | undefined>();
    for (const [key, row] of this.#tables.objects.left) {
      objects.set(key as LocalKey, row?.put.row as ObjectRow | undefined);
    }
    return objects;
  }

  /** The operations of which the history tells now. */
  endedOperations(): readonly HistoryRow[] {
    return [...this.#tables.history.left.values()].flatMap((left) =>
      left === undefined ? [] : [left.put.row as HistoryRow],
    );
  }

  #row<Name extends TableName>(table: Name, key: KeyOf<Name>): RowOf<Name> | undefined {
    const { fetched, left } = this.#tables[table];
    if (left.has(key)) return left.get(key)?.put.row as RowOf<Name> | undefined;
    const found = fetched.get(key);
    return found === undefined ? undefined : this.#decoded(table, key, found);
  }

  #decoded<Name extends TableName>(table: Name, key: AnyKey, fetched: Fetched): RowOf<Name> {
    const { decoded } = this.#tables[table];
    let row = decoded.get(key) as RowOf<Name> | undefined;
    if (row === undefined) {
      row = decodeFetched(table, fetched);
      decoded.set(key, row);
    }
    return row;
  }

  #takeFound(name: string, found: readonly Fetched[]): void {
    const keys = found.map(({ record }) => keyOfRecord("objects", record) as LocalKey);
    const { fetched } = this.#tables.objects;
    keys.forEach((key, index) => {
      if (!fetched.has(key)) fetched.set(key, found[index]);
    });
    this.#found.set(name, keys);
  }

  /** A damaged row among many that nobody asked for by name is told, and fails no write. @throws HoldfastError `NewerVersion`. */
  #readable(key: LocalKey): ObjectRow | undefined {
    try {
      return this.#row("objects", key);
    } catch (error) {
      if (failureOf(error)?.code !== "StorageFailed") throw error;
      this.#onBadRow(key, error);
      return undefined;
    }
  }

  #within(subtree: Subtree): readonly ObjectRow[] {
    const { project, folder, limit = Number.POSITIVE_INFINITY } = subtree;
    return this.#foundRows(nameOfSubtree(subtree), limit, (row) => {
      return isListed(row) && row.project === project && isWithin(row.view.folder, folder);
    });
  }

  #relocated(project: ProjectId): readonly ObjectRow[] {
    return this.#foundRows(project, Number.POSITIVE_INFINITY, (row) => {
      return row.project === project && row.relocations !== undefined;
    });
  }

  /** What the database held of it, and what the decisions so far have put there or taken away. */
  #foundRows(
    name: string,
    limit: number,
    belongs: (row: ObjectRow) => boolean,
  ): readonly ObjectRow[] {
    const { left } = this.#tables.objects;
    const rows: ObjectRow[] = [];
    for (const key of this.#found.get(name) ?? []) {
      if (rows.length >= limit) return rows;
      const row = left.has(key) ? undefined : this.#readable(key);
      if (row !== undefined) rows.push(row);
    }
    for (const one of left.values()) {
      const row = one?.put.row as ObjectRow | undefined;
      if (row !== undefined && belongs(row)) rows.push(row);
    }
    return rows.slice(0, limit);
  }

  #lane(key: LocalKey): readonly OutboxRow[] {
    const sequences = [...(this.#lanes.get(key) ?? [])].sort((left, right) => left - right);
    return sequences.map((sequence) => this.#row("outbox", sequence) as OutboxRow);
  }

  #leave(table: TableName, key: AnyKey, left: Left): void {
    if (table === "outbox" && this.#lanes.size > 0) {
      const sequence = key as Sequence;
      const was = this.#laneOf(sequence);
      if (was !== undefined) this.#lanes.get(was)?.delete(sequence);
      if (left !== undefined) this.#lanes.get((left.put.row as OutboxRow).lane)?.add(sequence);
    }
    this.#tables[table].left.set(key, left);
    this.#count += 1;
    this.#bytes += left?.encoded.bytes ?? 0;
  }

  /** The lane of an outbox row as far as the group knows it. Rows of lanes that were read are known. */
  #laneOf(sequence: Sequence): LocalKey | undefined {
    const { fetched, left } = this.#tables.outbox;
    if (left.has(sequence)) return (left.get(sequence)?.put.row as OutboxRow | undefined)?.lane;
    return (fetched.get(sequence)?.record.row as OutboxRow | undefined)?.lane;
  }
}

/** Tables whose rows a write reads by their keys. */
const keyedTables = ["objects", "outbox", "journal", "aliases", "contents", "meta"] as const;

const tableNames: readonly TableName[] = [...keyedTables, "history"];

function wantedBy(reads: readonly Reads[]): Wanted {
  return {
    tables: keyedTables.flatMap((table) => {
      const keys: AnyKey[] = union(reads, table);
      return keys.length === 0 ? [] : [{ table, keys }];
    }),
    lanes: union(reads, "lanes"),
  };
}

function subtreesOf(reads: readonly Reads[]): readonly Subtree[] {
  return reads.flatMap((one) => one.subtrees ?? []);
}

/** Beyond a limit some more, as the decisions before may have taken rows away. */
const rowsBeyondLimit = 64;

async function fetchSubtree(
  transaction: IDBTransaction,
  ranges: KeyRanges,
  { project, folder, limit }: Subtree,
): Promise<Fetched[]> {
  const index = transaction.objectStore("objects").index(indexes.folder);
  const most = limit === undefined ? undefined : limit + rowsBeyondLimit;
  const found = await resultsOf(
    subtreeRanges(ranges, project, folder).map((range) => index.getAll(range, most)),
  );
  const records = found.flat() as StoredRecord<unknown>[];
  return joinRecords(transaction, ranges, { table: "objects", records });
}

async function fetchRelocated(
  transaction: IDBTransaction,
  ranges: KeyRanges,
  project: ProjectId,
): Promise<Fetched[]> {
  const index = transaction.objectStore("objects").index(indexes.relocated);
  const records = (await resultOf(index.getAll(ranges.only(project)))) as StoredRecord<unknown>[];
  return joinRecords(transaction, ranges, { table: "objects", records });
}

function nameOfSubtree({ project, folder, limit }: Subtree): string {
  return `${project}:${folder} (${limit ?? "all"})`;
}

function newTable(): Table {
  return { fetched: new Map(), decoded: new Map(), left: new Map() };
}

function union<Name extends keyof Reads>(
  reads: readonly Reads[],
  name: Name,
): NonNullable<Reads[Name]>[number][] {
  const keys = new Set<NonNullable<Reads[Name]>[number]>();
  for (const one of reads) for (const key of one[name] ?? []) keys.add(key);
  return [...keys];
}

/** Passes a key that the reads name on; a set for each list, since a write may read thousands. */
function namedBy(
  reads: Reads,
): <Key>(name: keyof Reads, key: Key, nameOf?: (key: Key) => unknown) => Key {
  const sets = new Map<keyof Reads, ReadonlySet<unknown>>();
  return (name, key, nameOf = (one) => one) => {
    let keys = sets.get(name);
    if (keys === undefined) {
      keys = new Set<unknown>(((reads[name] ?? []) as readonly (typeof key)[]).map(nameOf));
      sets.set(name, keys);
    }
    const asked = nameOf(key);
    assert(keys.has(asked), `the write reads ${String(asked)}, which its reads do not name`);
    return key;
  };
}
