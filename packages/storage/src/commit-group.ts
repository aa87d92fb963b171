import {
  type Decision,
  type Failure,
  HoldfastError,
  type LocalKey,
  type ObjectRow,
  type TableName,
  type Write,
} from "@holdfast/core";
import { partsRange } from "./fetch-rows.ts";
import { GroupRows } from "./group-rows.ts";
import type { KeyRanges } from "./key-ranges.ts";
import { maxNamedKeys, type StoreLimits } from "./limits.ts";
import { type ChangeRecord, type CountersRecord, storeNames } from "./schema.ts";
import { completionOf, resultOf } from "./transaction.ts";

/** What became of one write of a group. */
export type Outcome =
  | { readonly kind: "taken"; readonly result: unknown }
  | { readonly kind: "refused"; readonly error: unknown };

/** A change as its own store tells it. */
export interface CommittedChange {
  readonly change: number;
  readonly objects: ReadonlyMap<LocalKey, ObjectRow | undefined>;
  /** The rows as they were, for the keys that a write had read. */
  readonly before: ReadonlyMap<LocalKey, ObjectRow | undefined>;
}

export interface CommittedGroup {
  /** Of the first writes of the group, in order; those after them found the group full. */
  readonly outcomes: readonly Outcome[];
  /** Absent where no table but `meta` changed. */
  readonly change?: CommittedChange;
}

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
  const durability = writes.some((write) => write.durability === "strict") ? "strict" : "relaxed";
  const transaction = database.transaction(storeNames, "readwrite", { durability });
  const completion = completionOf(transaction);
  let group: CommittedGroup;
  try {
    const rows = await GroupRows.load(transaction, context.ranges, writes.map(readsOf));
    const outcomes = decideInOrder(rows, writes, context.limits);
    const change = putOnce(transaction, rows, context);
    group = { outcomes, ...(change && { change }) };
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
  return group;
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
): CommittedChange | undefined {
  let [isChange, hasParts] = [false, rows.counters.hasParts];
  for (const table of tables) {
    const left = rows.left(table);
    if (left.size === 0) continue;
    isChange ||= table !== "meta";
    hasParts = putTable(transaction, rows, { table, ranges: context.ranges }) || hasParts;
  }
  const { counters, sequence } = rows;
  if (!isChange && sequence === counters.sequence && hasParts === counters.hasParts)
    return undefined;
  const change = counters.change + (isChange ? 1 : 0);
  const record: CountersRecord = { ...counters, sequence, change, hasParts };
  transaction.objectStore("counters").put(record);
  if (!isChange) return undefined;
  const changed = rows.changedObjects();
  putChange(transaction, context, { change, objects: [...changed.objects.keys()] });
  return { change, ...changed };
}

/** Whether any row went into parts. */
function putTable(
  transaction: IDBTransaction,
  rows: GroupRows,
  { table, ranges }: { readonly table: TableName; readonly ranges: KeyRanges },
): boolean {
  const [store, parts] = [transaction.objectStore(table), transaction.objectStore("parts")];
  let hasParts = false;
  for (const [key, left] of rows.left(table)) {
    if (rows.mayHaveParts(table, key)) parts.delete(partsRange(ranges, table, key));
    if (left === undefined) {
      store.delete(key);
      continue;
    }
    store.put(left.encoded.record);
    for (const [number, text] of left.encoded.parts.entries()) {
      parts.put(text, [table, key, number]);
      hasParts = true;
    }
  }
  return hasParts;
}

function putChange(
  transaction: IDBTransaction,
  { ranges, limits, stamp }: CommitContext,
  { change, objects }: { readonly change: number; readonly objects: readonly LocalKey[] },
): void {
  const changes = transaction.objectStore("changes");
  const named = objects.length > maxNamedKeys ? ("many" as const) : objects;
  const record: ChangeRecord = { version: 1, change, objects: named, stamp };
  changes.put(record);
  // Not at every commit: a range delete costs as much as a put.
  const trimEvery = Math.ceil(limits.keepChanges / 4);
  if (change % trimEvery === 0) changes.delete(ranges.upperBound(change - limits.keepChanges));
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (error) {
    // Already finished: nothing is left to abort.
    if ((error as DOMException).name !== "InvalidStateError") throw error;
  }
}

const tables: readonly TableName[] = ["objects", "outbox", "journal", "history", "aliases", "meta"];
