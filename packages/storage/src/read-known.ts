import type { KeyOf, LocalKey, OutboxRow, TableName } from "@holdfast/core";
import { type Fetched, fetchByKeys, joinRecords } from "./fetch-rows.ts";
import type { KeyRanges } from "./key-ranges.ts";
import type { KnownRows } from "./known-rows.ts";
import { readNumbers } from "./numbers.ts";
import { indexes, type Numbers, type StoredRecord } from "./schema.ts";
import { resultOf, resultsOf } from "./transaction.ts";

type AnyKey = KeyOf<TableName>;

/** Rows and lanes that somebody wants to read. */
export interface Wanted {
  readonly tables: readonly { readonly table: TableName; readonly keys: readonly AnyKey[] }[];
  readonly lanes: readonly LocalKey[];
}

/** What the database holds for it. */
export interface Found {
  readonly tables: ReadonlyMap<TableName, ReadonlyMap<AnyKey, Fetched | undefined>>;
  readonly lanes: ReadonlyMap<LocalKey, readonly Fetched[]>;
}

interface Building extends Found {
  readonly tables: Map<TableName, Map<AnyKey, Fetched | undefined>>;
  readonly lanes: Map<LocalKey, readonly Fetched[]>;
}

/** All of it from what is known; undefined where something is not. Whoever uses it makes sure that it is still true. */
export function allKnown(wanted: Wanted, known: KnownRows): Found | undefined {
  const { found, missing } = divide(wanted, known);
  return isEmpty(missing) ? found : undefined;
}

/**
 * Reads what is not known, and with it the numbers, which show whether the rest is still true; where it is not, reads
 * that too. What was read is known then.
 * @param transaction - must cover `changes`, `parts` and the tables that are read.
 */
export async function readKnowing(
  transaction: IDBTransaction,
  ranges: KeyRanges,
  { wanted, known }: { readonly wanted: Wanted; readonly known: KnownRows },
): Promise<{ readonly numbers: Numbers; readonly found: Found }> {
  const trueAfter = known.numbers?.change;
  const { found, missing } = divide(wanted, known);
  const [numbers, read] = await Promise.all([
    readNumbers(transaction),
    fetchAll(transaction, ranges, missing),
  ]);
  const whole =
    numbers.change === trueAfter || isEmpty(found)
      ? merged(found, read)
      : await fetchAll(transaction, ranges, wanted);
  // Not where a commit of this store has become known since this was read.
  if ((known.numbers?.change ?? -1) < numbers.change) known.begin(numbers);
  if (known.numbers?.change === numbers.change) keepAll(known, whole);
  return { numbers, found: whole };
}

function keepAll(known: KnownRows, { tables, lanes }: Found): void {
  for (const [table, rows] of tables) {
    for (const [key, fetched] of rows) {
      if (known.row(table, key) === undefined) known.keep(table, key, fetched);
    }
  }
  for (const [lane, rows] of lanes) {
    if (known.lane(lane) !== undefined) continue;
    const sequences = rows.map(sequenceOf);
    rows.forEach((fetched) => known.keep("outbox", sequenceOf(fetched), fetched));
    known.keepLane(lane, sequences);
  }
}

function divide(
  { tables, lanes }: Wanted,
  known: KnownRows,
): { readonly found: Found; readonly missing: Wanted } {
  const found: Building = { tables: new Map(), lanes: new Map() };
  const missingTables: Wanted["tables"][number][] = [];
  const missingLanes: LocalKey[] = [];
  for (const { table, keys } of tables) {
    const rows = new Map<AnyKey, Fetched | undefined>();
    const missing: AnyKey[] = [];
    for (const key of keys) {
      const row = known.row(table, key);
      if (row === undefined) missing.push(key);
      else rows.set(key, row.fetched);
    }
    if (rows.size > 0) found.tables.set(table, rows);
    if (missing.length > 0) missingTables.push({ table, keys: missing });
  }
  for (const lane of lanes) {
    const rows = known.lane(lane);
    if (rows === undefined) missingLanes.push(lane);
    else found.lanes.set(lane, rows);
  }
  return { found, missing: { tables: missingTables, lanes: missingLanes } };
}

async function fetchAll(
  transaction: IDBTransaction,
  ranges: KeyRanges,
  { tables, lanes }: Wanted,
): Promise<Building> {
  const [rows, found] = await Promise.all([
    Promise.all(
      tables.map(async ({ table, keys }) => {
        const fetched = await fetchByKeys(transaction, ranges, { table, keys });
        return [table, new Map(keys.map((key, index) => [key, fetched[index]]))] as const;
      }),
    ),
    fetchLanes(transaction, ranges, lanes),
  ]);
  return { tables: new Map(rows), lanes: found };
}

async function fetchLanes(
  transaction: IDBTransaction,
  ranges: KeyRanges,
  lanes: readonly LocalKey[],
): Promise<Map<LocalKey, readonly Fetched[]>> {
  if (lanes.length === 0) return new Map();
  const found = await readLaneRecords(transaction.objectStore("outbox"), ranges, lanes);
  const records = found.flat();
  const fetched = await joinRecords(transaction, ranges, { table: "outbox", records });
  let from = 0;
  return new Map(
    lanes.map((lane, at) => {
      const count = found[at]?.length ?? 0;
      from += count;
      return [lane, fetched.slice(from - count, from)] as const;
    }),
  );
}

/** The records of each lane, in order. */
async function readLaneRecords(
  outbox: IDBObjectStore,
  ranges: KeyRanges,
  lanes: readonly LocalKey[],
): Promise<readonly (readonly StoredRecord<unknown>[])[]> {
  const isMost =
    lanes.length >= manyLanes &&
    (await resultOf(outbox.count())) <= lanes.length * rowsForOneRequest;
  if (!isMost) {
    const index = outbox.index(indexes.lane);
    return await resultsOf(lanes.map((lane) => index.getAll(ranges.only(lane))));
  }
  const records = (await resultOf(outbox.getAll())) as StoredRecord<OutboxRow>[];
  const byLane = Map.groupBy(records, ({ row }) => row.lane);
  return lanes.map((lane) => byLane.get(lane) ?? []);
}

/** A survey asks for a thousand lanes, most often all there are: then one request for all rows costs a tenth. */
const manyLanes = 50;

/** What a request of its own for a lane costs, in rows that are read along with others. */
const rowsForOneRequest = 4;

function merged(left: Found, right: Found): Found {
  const tables = new Map(left.tables);
  for (const [table, rows] of right.tables) {
    tables.set(table, new Map([...(tables.get(table) ?? []), ...rows]));
  }
  return { tables, lanes: new Map([...left.lanes, ...right.lanes]) };
}

function isEmpty(some: Wanted | Found): boolean {
  const count = "size" in some.tables ? some.tables.size : some.tables.length;
  const lanes = "size" in some.lanes ? some.lanes.size : some.lanes.length;
  return count === 0 && lanes === 0;
}

export function sequenceOf({ record }: Fetched): number {
  return (record.row as Pick<OutboxRow, "sequence">).sequence;
}
