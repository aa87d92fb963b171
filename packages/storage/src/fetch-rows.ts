import {
  type DamagedRow,
  failureOf,
  type KeyOf,
  type LocalKey,
  type ReadOptions,
  type RowOf,
  type TableName,
} from "@holdfast/core";
import { withRequests } from "./carried-rows.ts";
import { type KeyRanges, rangeOf } from "./key-ranges.ts";
import type { StoredRecord, StoreName } from "./schema.ts";
import { decode } from "./stored-record.ts";
import { resultOf, resultsOf } from "./transaction.ts";

/** What the database holds for one row, its parts at hand, not yet believed. */
export interface Fetched {
  readonly record: StoredRecord<unknown>;
  readonly parts: readonly string[];
}

export function decodeFetched<Table extends TableName>(
  table: Table,
  fetched: Fetched,
): RowOf<Table> {
  return decode({ table, key: keyOfRecord(table, fetched.record) }, fetched);
}

/** The row, or where it cannot be read nothing, once that is told. @throws where nobody is there to be told. */
export function decodeReadable<Table extends TableName>(
  table: Table,
  fetched: Fetched,
  { onDamaged }: ReadOptions<KeyOf<Table>>,
): RowOf<Table> | undefined {
  if (onDamaged === undefined) return decodeFetched(table, fetched);
  try {
    return decodeFetched(table, fetched);
  } catch (error) {
    onDamaged(damagedRow(table, fetched, error));
    return undefined;
  }
}

/** What can be told of a row that could not be decoded. @throws what is no matter of the row. */
function damagedRow<Table extends TableName>(
  table: Table,
  { record }: Fetched,
  error: unknown,
): DamagedRow<KeyOf<Table>> {
  const failure = failureOf(error);
  if (failure === undefined) throw error;
  const { lane } = record.row as { readonly lane?: unknown };
  return {
    key: keyOfRecord(table, record) as KeyOf<Table>,
    failure,
    ...(typeof lane === "string" ? { lane: lane as LocalKey } : {}),
  };
}

/** The tables that a transaction must cover to read rows of this one. */
export function storesToRead(table: TableName): readonly StoreName[] {
  return table === "outbox" ? ["outbox", "journal", "parts"] : [table, "parts"];
}

/** Rows by their keys, in that order. The transaction must cover `storesToRead`. */
export async function fetchByKeys<Table extends TableName>(
  transaction: IDBTransaction,
  ranges: KeyRanges,
  { table, keys }: { readonly table: Table; readonly keys: readonly KeyOf<Table>[] },
): Promise<(Fetched | undefined)[]> {
  const records = await recordsByKeys(transaction.objectStore(table), ranges, keys);
  return joinRecords(transaction, ranges, { table, records });
}

async function recordsByKeys(
  store: IDBObjectStore,
  ranges: KeyRanges,
  keys: readonly (number | string)[],
): Promise<(StoredRecord<unknown> | undefined)[]> {
  const range = keys.length < manyKeys ? undefined : rangeOf(keys, ranges);
  if (range !== undefined) {
    const most = keys.length * rowsForOneRequest;
    const there = await resultOf(store.getAllKeys(range, most + 1));
    if (there.length <= most) {
      const records = (await resultOf(store.getAll(range))) as StoredRecord<unknown>[];
      const byKey = new Map(there.map((key, index) => [key, records[index]]));
      return keys.map((key) => byKey.get(key));
    }
  }
  return await resultsOf(
    keys.map((key) => store.get(key) as IDBRequest<StoredRecord<unknown> | undefined>),
  );
}

/** A survey asks for a thousand objects, often most that lie between the first and the last of them. */
const manyKeys = 50;

/** What a request of its own for a key costs, in rows that are read along with others. */
const rowsForOneRequest = 2;

/** Adds to each record what is kept elsewhere: of an outbox row the request that carries it, and the parts of its text. */
export async function joinRecords<Record extends StoredRecord<unknown> | undefined>(
  transaction: IDBTransaction,
  ranges: KeyRanges,
  { table, records }: { readonly table: TableName; readonly records: readonly Record[] },
): Promise<(Fetched | Extract<Record, undefined>)[]> {
  const marked = table === "outbox" ? await withRequests(transaction, ranges, records) : records;
  const spilled = marked.filter((record) => record?.parts !== undefined) as StoredRecord<unknown>[];
  const parts = transaction.objectStore("parts");
  const texts = await resultsOf(
    spilled.map((record) => parts.getAll(partsRange(ranges, table, keyOfRecord(table, record)))),
  );
  const partsOf = new Map(spilled.map((record, index) => [record, texts[index] as string[]]));
  return marked.map((record) =>
    record === undefined
      ? (undefined as Extract<Record, undefined>)
      : { record, parts: partsOf.get(record) ?? [] },
  );
}

/** All parts of one row: their keys are [table, key, number], and an array sorts after every number. */
export function partsRange(ranges: KeyRanges, table: TableName, key: IDBValidKey): IDBKeyRange {
  return ranges.bound([table, key], [table, key, []]);
}

/** A record cannot be stored without its key, so that is there whatever else is wrong with it. */
export function keyOfRecord(table: TableName, { row }: StoredRecord<unknown>): IDBValidKey {
  return (row as Record<string, IDBValidKey>)[keyNames[table]] as IDBValidKey;
}

const keyNames: Readonly<Record<TableName, string>> = {
  objects: "key",
  outbox: "sequence",
  journal: "number",
  history: "sequence",
  aliases: "local",
  contents: "name",
  meta: "name",
};
