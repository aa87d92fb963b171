import type { ContentRow } from "./content.ts";
import type { ObjectRow } from "./data-object.ts";
import type { Failure } from "./failure.ts";
import type { ContentName, LocalKey, ObjectId, ProjectId, ProvisionalId } from "./ids.ts";
import type { JournalRow } from "./journal.ts";
import type { HistoryRow, OutboxRow, Sequence } from "./operation.ts";
import type { EpochMs } from "./ports.ts";
import type { FindQuery } from "./query.ts";

/** Row of the `aliases` table, written with the ack of a create: the real id of an object made here. */
export interface AliasRow {
  readonly version: 1;
  /** The provisional id, for ever an alias. */
  readonly local: ProvisionalId;
  readonly id: ObjectId;
  readonly project: ProjectId;
}

/** The one sender (design §5): raised by compare-and-set, checked in every transaction of an engine. */
export interface LeaseRow {
  readonly version: 1;
  readonly name: "lease";
  readonly epoch: number;
  readonly owner: string;
  readonly untilAt: EpochMs;
  /** Whoever raised it does not hold the lock: that the lock is free does not say that it is gone. */
  readonly withoutLock?: true;
}

/** Which user of which host the store belongs to, and when it was made. */
export interface IdentityRow {
  readonly version: 1;
  readonly name: "identity";
  readonly host: string;
  readonly user: string;
  readonly madeAt: EpochMs;
}

/** The platform's clock minus ours, as last seen. */
export interface ServerClockRow {
  readonly version: 1;
  readonly name: "serverClock";
  readonly offsetMs: number;
  readonly seenAt: EpochMs;
}

export interface MetaRows {
  readonly lease: LeaseRow;
  readonly identity: IdentityRow;
  readonly serverClock: ServerClockRow;
}

export type MetaName = keyof MetaRows;

/** The tables and their primary keys. */
export interface Tables {
  readonly objects: { readonly key: LocalKey; readonly row: ObjectRow };
  readonly outbox: { readonly key: Sequence; readonly row: OutboxRow };
  readonly journal: { readonly key: number; readonly row: JournalRow };
  readonly history: { readonly key: Sequence; readonly row: HistoryRow };
  readonly aliases: { readonly key: ProvisionalId; readonly row: AliasRow };
  readonly contents: { readonly key: ContentName; readonly row: ContentRow };
  readonly meta: { readonly key: MetaName; readonly row: MetaRows[MetaName] };
}

export type TableName = keyof Tables;
export type KeyOf<Table extends TableName> = Tables[Table]["key"];
export type RowOf<Table extends TableName> = Tables[Table]["row"];

/** The objects that queries see in a folder and below it. */
export interface Subtree {
  readonly project: ProjectId;
  readonly folder: string;
  /** No more than these are wanted. Default: all. */
  readonly limit?: number;
}

/** What a write must see before it can decide. */
export interface Reads {
  readonly objects?: readonly LocalKey[];
  /** All outbox rows of these lanes, in order. */
  readonly lanes?: readonly LocalKey[];
  readonly outbox?: readonly Sequence[];
  readonly journal?: readonly number[];
  readonly aliases?: readonly ProvisionalId[];
  readonly contents?: readonly ContentName[];
  readonly meta?: readonly MetaName[];
  readonly subtrees?: readonly Subtree[];
  /** All objects of these projects that a folder's pending renaming or moving has moved, removed ones included. */
  readonly relocated?: readonly ProjectId[];
}

/**
 * The rows a write asked for, as the writes decided before it in the same transaction left them. Asking for a
 * row that `reads` did not name is a bug and throws.
 */
export interface Rows {
  object(key: LocalKey): ObjectRow | undefined;
  lane(key: LocalKey): readonly OutboxRow[];
  outbox(sequence: Sequence): OutboxRow | undefined;
  journal(number: number): JournalRow | undefined;
  alias(local: ProvisionalId): AliasRow | undefined;
  content(name: ContentName): ContentRow | undefined;
  meta<Name extends MetaName>(name: Name): MetaRows[Name] | undefined;
  /** In no order that means anything. */
  within(subtree: Subtree): readonly ObjectRow[];
  relocated(project: ProjectId): readonly ObjectRow[];
  /** The next of the persisted monotone numbers, one series for outbox and journal. Unused where refused. */
  nextSequence(): Sequence;
}

export type Put = {
  [Table in TableName]: { readonly table: Table; readonly row: RowOf<Table> };
}[TableName];
export type Delete = {
  [Table in TableName]: { readonly table: Table; readonly key: KeyOf<Table> };
}[TableName];

/** Deletes are done before puts. */
export type Decision<Result> =
  | {
      readonly puts?: readonly Put[];
      readonly deletes?: readonly Delete[];
      readonly result: Result;
    }
  | { readonly failure: Failure };

/** One write. `decide` is pure and synchronous; it may be called again when a transaction is retried. */
export interface Write<Result> {
  /** `strict` for whatever a person or a sent request relies on; a group is as strict as its strictest. */
  readonly durability: "strict" | "relaxed";
  readonly reads: Reads;
  /** Of an engine: refused with `Fenced` unless the lease row carries exactly this epoch. */
  readonly fence?: number;
  decide(rows: Rows): Decision<Result>;
}

/**
 * One commit that changed any table but `meta`: which objects it touched (none, where it touched only other
 * tables), `"many"` where they were more than 500.
 */
export interface Change {
  readonly change: number;
  readonly objects: readonly LocalKey[] | "many";
}

/** What changed since a change number; `"unknown"` where the rows that said so are trimmed away. */
export interface ChangesSince {
  readonly latest: number;
  readonly changes: readonly Change[] | "unknown";
}

/** Why and how well data is kept here (design §4.3). */
export type StorageStatus =
  | { readonly mode: "persistent" | "best-effort" | "memory" }
  | { readonly mode: "degraded"; readonly failure: Failure };

/** Where a commit was made. Rows are given for commits of this store instance only. */
export type CommitNotice =
  | {
      readonly origin: "here";
      readonly change: number;
      /** The objects that changed, as they are now; undefined where removed. */
      readonly objects: ReadonlyMap<LocalKey, ObjectRow | undefined>;
      /** The operations that ended in it: who waits for one need not look it up. */
      readonly ended: readonly HistoryRow[];
    }
  /** Another tab, or a lost broadcast found at a heartbeat: look with `changesSince`. */
  | { readonly origin: "elsewhere"; readonly latest: number };

/** A row that this release cannot read. It is kept as it is. */
export interface DamagedRow<Key = number> {
  readonly key: Key;
  /** Of an outbox row, where that much of it can be read. */
  readonly lane?: LocalKey;
  /** `StorageFailed`, or `NewerVersion`. */
  readonly failure: Failure;
}

export interface ReadOptions<Key = number> {
  /** Hears of the rows that cannot be read, which are left out then. Default: they make the read reject. */
  readonly onDamaged?: (row: DamagedRow<Key>) => void;
}

export interface Scan extends ReadOptions {
  /** Exclusive: rows behind this key only, in the order of the scan. Default: from the first. */
  readonly after?: number;
  /** From the greatest key down. Default false. */
  readonly newestFirst?: boolean;
  /** At most this many, 1 to 1,000. */
  readonly limit: number;
}

/**
 * The port between what decides (core, sync) and what keeps (storage). Promises:
 *
 * - A write's promise resolves after its transaction is complete, and rejects with a `HoldfastError` when it is
 *   refused or could not be made durable. Refused writes leave no trace and their neighbours alone.
 * - Writes of one store instance are decided in the order in which they were called; writes of all instances
 *   of one name are serialised, and sequences are unique and rise among them.
 * - A commit's notice reaches the listeners of its own instance after the transaction is complete and before
 *   the write's promise resolves; the other instances hear `elsewhere` soon, and at the latest when they ask.
 * - Reads see every write of this instance that has resolved.
 * - After `close()` every method rejects with `StorageClosed`.
 */
export interface Store {
  write<Result>(write: Write<Result>): Promise<Result>;
  /** Rows in the order of the keys, undefined where there is none. */
  get<Table extends TableName>(
    table: Table,
    keys: readonly KeyOf<Table>[],
    options?: ReadOptions<KeyOf<Table>>,
  ): Promise<readonly (RowOf<Table> | undefined)[]>;
  /** Outbox rows of the lanes, each in order. */
  lanes(
    keys: readonly LocalKey[],
    options?: ReadOptions,
  ): Promise<readonly (readonly OutboxRow[])[]>;
  scan<Table extends "outbox" | "journal" | "history">(
    table: Table,
    scan: Scan,
  ): Promise<readonly RowOf<Table>[]>;
  /** Every row of content, in no order that means anything: as many as there are files with content here. */
  contents(options?: ReadOptions<ContentName>): Promise<readonly ContentRow[]>;
  /** How many rows the table holds. */
  count(table: TableName): Promise<number>;
  /** The rows that match, in the query's order, at most `limit`, from `offset` on. */
  find(query: FindQuery): Promise<readonly ObjectRow[]>;
  /** How many rows match, `limit` and `offset` aside. */
  countFound(query: FindQuery): Promise<number>;
  /** The folders directly below this one that objects lie in or below: those that queries see. */
  subfolders(project: ProjectId, folder: string): Promise<readonly string[]>;
  /** Alias rows by real id: how a link written with a provisional id is found by the real one. */
  aliasesOf(ids: readonly ObjectId[]): Promise<readonly (AliasRow | undefined)[]>;
  changesSince(change: number): Promise<ChangesSince>;
  /**
   * Looks at the persisted change number and tells the listeners `elsewhere` where it is news: called on every
   * heartbeat and on becoming visible, so that a tab killed between its commit and its broadcast is still heard.
   * Resolves with the latest number.
   */
  checkForChanges(): Promise<number>;
  /** The function returned ends it. */
  onCommit(listener: (notice: CommitNotice) => void): () => void;
  status(): StorageStatus;
  onStatus(listener: (status: StorageStatus) => void): () => void;
  /** Resolves once what was called before is committed or refused. Idempotent. */
  close(): Promise<void>;
}
