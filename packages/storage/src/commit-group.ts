import {
  type Decision,
  type Failure,
  type HistoryRow,
  HoldfastError,
  type LocalKey,
  type ObjectRow,
  type TableName,
  type Write,
} from "@holdfast/core";
import { partsRange } from "./fetch-rows.ts";
import { GroupRows, type OnBadRow } from "./group-rows.ts";
import type { KeyRanges } from "./key-ranges.ts";
import { keyRuns } from "./key-runs.ts";
import type { KnownRows } from "./known-rows.ts";
import { maxNamedKeys, type StoreLimits } from "./limits.ts";
import { type ChangeRecord, type Numbers, type StoreName, storeNames } from "./schema.ts";
import { completionOf, resultOf } from "./transaction.ts";

/** What became of one write of a group. */
export type Outcome =
  | { readonly kind: "taken"; readonly result: unknown }
  | { readonly kind: "refused"; readonly error: unknown };

/** A change as its own store tells it. */
export interface CommittedChange {
  readonly change: number;
  readonly objects: ReadonlyMap<LocalKey, ObjectRow | undefined>;
  readonly ended: readonly HistoryRow[];
}

export interface CommittedGroup {
  /** Of the first writes of the group, in order; those after them found the group full. */
  readonly outcomes: readonly Outcome[];
  /** Absent where no table but `meta` changed. */
  readonly change?: CommittedChange;
  /** The last numbers given, after it. */
  readonly numbers: Numbers;
}

/** Another store has committed since the numbers given as known: nothing was done. Try without. */
export class StaleNumbers extends Error {}

/** The transaction broke after everything was handed to it, so that it may have been committed. */
export class BrokenCommit extends Error {
  readonly group: CommittedGroup;

  constructor(group: CommittedGroup, cause: unknown) {
    super("The transaction broke while it was being committed.", { cause });
    this.group = group;
  }
}

export interface CommitContext {
  readonly ranges: KeyRanges;
  readonly limits: StoreLimits;
  /** Names this commit among all of all stores. */
  readonly stamp: string;
  /** What this store knows: writes that read nothing else are decided on it at once. */
  readonly known: KnownRows;
  readonly onBadRow: OnBadRow;
}

/**
 * Commits the writes of a group in one transaction: reads for all, decides in order, puts once. Resolves when
 * the transaction is complete. A write that is refused or throws is left out; whatever else fails, fails all.
 */
export async function commitGroup(
  database: IDBDatabase,
  writes: readonly Write<unknown>[],
  context: CommitContext,
): Promise<CommittedGroup> {
  const guessed = guess(writes, context);
  return guessed === undefined
    ? await commitReading(database, writes, context)
    : await commitGuessed(database, { writes, rows: guessed }, context);
}

async function commitReading(
  database: IDBDatabase,
  writes: readonly Write<unknown>[],
  context: CommitContext,
): Promise<CommittedGroup> {
  const durability = durabilityOf(writes);
  const transaction = database.transaction(storeNames, "readwrite", { durability });
  const { ranges, known, limits, onBadRow } = context;
  return await complete(transaction, context, async () => {
    const reads = writes.map(readsOf);
    const rows = await GroupRows.load(transaction, ranges, { reads, known, onBadRow });
    return { rows, outcomes: decideInOrder(rows, writes, limits) };
  });
}

/**
 * Saves writes that read nothing (most creates), or only what this store knows, the wait for it: they are decided
 * before there is a transaction, which therefore covers no more than what they touch. A request made in it before
 * their puts looks for a newer change, and aborts it if there is one.
 */
async function commitGuessed(
  database: IDBDatabase,
  { writes, rows }: { readonly writes: readonly Write<unknown>[]; readonly rows: GroupRows },
  context: CommitContext,
): Promise<CommittedGroup> {
  const outcomes = decideInOrder(rows, writes, context.limits);
  const durability = durabilityOf(writes);
  const transaction = database.transaction(storesOf(rows), "readwrite", { durability });
  const { change } = rows.numbers;
  const newer = transaction.objectStore("changes").getKey(context.ranges.lowerBound(change, true));
  let wasWrong = false;
  newer.onsuccess = () => {
    if (newer.result === undefined) return;
    wasWrong = true;
    transaction.abort();
  };
  try {
    return await complete(transaction, context, () => ({ rows, outcomes }));
  } catch (error) {
    throw wasWrong ? new StaleNumbers() : error;
  }
}

/** Puts what the decisions left, and waits until it is kept. */
async function complete(
  transaction: IDBTransaction,
  context: CommitContext,
  decide: () => Decided | Promise<Decided>,
): Promise<CommittedGroup> {
  const completion = completionOf(transaction);
  let group: CommittedGroup;
  let rows: GroupRows;
  try {
    const decided = await decide();
    rows = decided.rows;
    group = { outcomes: decided.outcomes, ...putOnce(transaction, rows, context) };
  } catch (error) {
    // The abort below, or the one that made the reads fail, is not news.
    completion.catch(() => {});
    abort(transaction);
    throw transaction.error ?? error;
  }
  try {
    await completion;
  } catch (error) {
    throw new BrokenCommit(group, error);
  }
  rows.tell(context.known, group.numbers);
  return group;
}

interface Decided {
  readonly rows: GroupRows;
  readonly outcomes: readonly Outcome[];
}

/** Undefined where something is read that is not known. Who holds the lease is in `meta`, which never is. */
function guess(writes: readonly Write<unknown>[], { known }: CommitContext): GroupRows | undefined {
  if (known.numbers === undefined || writes.some(({ fence }) => fence !== undefined)) return;
  return GroupRows.guess(
    writes.map(({ reads }) => reads),
    known,
  );
}

function durabilityOf(writes: readonly Write<unknown>[]): "strict" | "relaxed" {
  return writes.some((write) => write.durability === "strict") ? "strict" : "relaxed";
}

/** What the decisions touch, and `changes`, by which all commits of all stores follow each other. */
function storesOf(rows: GroupRows): readonly StoreName[] {
  const touched = tables.filter((table) => rows.left(table).size > 0);
  const needsParts = touched.some((table) => rows.needsParts(table));
  return ["changes", ...touched, ...(needsParts ? (["parts"] as const) : [])];
}

/** Whether the commit of this stamp went through, though its transaction seemed to break. */
export async function wasCommitted(
  database: IDBDatabase,
  change: number,
  stamp: string,
): Promise<boolean> {
  const changes = database.transaction("changes", "readonly").objectStore("changes");
  const record = (await resultOf(changes.get(change))) as ChangeRecord | undefined;
  return record?.stamp === stamp;
}

function readsOf(write: Write<unknown>): Write<unknown>["reads"] {
  if (write.fence === undefined) return write.reads;
  return { ...write.reads, meta: [...(write.reads.meta ?? []), "lease"] };
}

function decideInOrder(
  rows: GroupRows,
  writes: readonly Write<unknown>[],
  limits: StoreLimits,
): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const write of writes) {
    if (rows.countLeft >= limits.groupRows || rows.bytesLeft >= limits.groupBytes) break;
    outcomes.push(decideOne(rows, write));
  }
  return outcomes;
}

function decideOne(rows: GroupRows, write: Write<unknown>): Outcome {
  try {
    const fenced = write.fence === undefined ? undefined : fencedOff(write.fence, rows.epoch());
    if (fenced !== undefined) return { kind: "refused", error: new HoldfastError(fenced) };
    const view = rows.view(write.reads);
    const decision: Decision<unknown> = write.decide(view.rows);
    if ("failure" in decision)
      return { kind: "refused", error: new HoldfastError(decision.failure) };
    view.take(decision.puts ?? [], decision.deletes ?? []);
    return { kind: "taken", result: decision.result };
  } catch (error) {
    return { kind: "refused", error };
  }
}

function fencedOff(fence: number, epoch: number): Failure | undefined {
  if (fence === epoch) return undefined;
  const message = `Epoch ${fence} has been replaced by ${epoch}: this sender must step down.`;
  return { code: "Fenced", message, epoch };
}

/** Hands to the transaction what the decisions left. */
function putOnce(
  transaction: IDBTransaction,
  rows: GroupRows,
  context: CommitContext,
): Pick<CommittedGroup, "change" | "numbers"> {
  const { numbers, sequence } = rows;
  let { hasParts } = numbers;
  let isChange = sequence !== numbers.sequence;
  for (const table of tables) {
    if (rows.left(table).size === 0) continue;
    isChange ||= table !== "meta";
    hasParts = putTable(transaction, rows, { table, ranges: context.ranges }) || hasParts;
  }
  if (!isChange && hasParts === numbers.hasParts) return { numbers };
  const next: Numbers = { change: numbers.change + 1, sequence, hasParts };
  const objects = rows.changedObjects();
  putChange(transaction, context, { ...next, objects: [...objects.keys()] });
  const ended = rows.endedOperations();
  return { change: { change: next.change, objects, ended }, numbers: next };
}

/** Whether any row went into parts. */
function putTable(
  transaction: IDBTransaction,
  rows: GroupRows,
  { table, ranges }: { readonly table: TableName; readonly ranges: KeyRanges },
): boolean {
  const store = transaction.objectStore(table);
  const parts = rows.needsParts(table) ? transaction.objectStore("parts") : undefined;
  let hasParts = false;
  const numbersGone: number[] = [];
  for (const [key, left] of rows.left(table)) {
    if (left?.put.table === "outbox" && rows.isImplied(left.put.row)) continue;
    if (rows.mayHaveParts(table, key)) parts?.delete(partsRange(ranges, table, key));
    if (left === undefined) {
      if (typeof key === "number") numbersGone.push(key);
      else store.delete(key);
      continue;
    }
    store.put(left.encoded.record);
    for (const [number, text] of left.encoded.parts.entries()) {
      parts?.put(text, [table, key, number]);
      hasParts = true;
    }
  }
  // Of rows that end together most are neighbours, and forty removed by one range cost a fifth of forty removed one by one.
  for (const [first, last] of keyRuns(numbersGone)) {
    store.delete(first === last ? first : ranges.bound(first, last));
  }
  return hasParts;
}

function putChange(
  transaction: IDBTransaction,
  { ranges, limits, stamp }: CommitContext,
  { objects, ...numbers }: Numbers & { readonly objects: readonly LocalKey[] },
): void {
  const changes = transaction.objectStore("changes");
  const named = objects.length > maxNamedKeys ? ("many" as const) : objects;
  const record: ChangeRecord = { version: 1, ...numbers, objects: named, stamp };
  changes.put(record);
  // Not at every commit: a range delete costs as much as a put.
  const trimEvery = Math.ceil(limits.keepChanges / 4);
  const last = numbers.change - limits.keepChanges;
  if (numbers.change % trimEvery === 0) changes.delete(ranges.upperBound(last));
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (error) {
    // Already finished: nothing is left to abort.
    if ((error as DOMException).name !== "InvalidStateError") throw error;
  }
}

/** Total, so that the rows of no table can be forgotten. */
const isTable: Readonly<Record<TableName, true>> = {
  objects: true,
  outbox: true,
  journal: true,
  history: true,
  aliases: true,
  contents: true,
  meta: true,
};
const tables = Object.keys(isTable) as readonly TableName[];
