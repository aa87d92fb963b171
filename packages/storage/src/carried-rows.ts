import type { JournalRow, OutboxRow } from "@holdfast/core";
import { type KeyRanges, rangeOf } from "./key-ranges.ts";
import { indexes, type StoredRecord } from "./schema.ts";
import { resultsOf } from "./transaction.ts";

// That a request carries an operation is written once, in the row of the journal that is put for it: the row in the
// outbox stays as it is on disk, and gets its `request` when it is read. To put it again would cost as much as half an ack.

/** Whether the row is what the database held when the group began, but for the request that carries it now. */
export function differsByRequest(
  row: OutboxRow,
  before: StoredRecord<unknown> | undefined,
): boolean {
  if (before === undefined || before.parts !== undefined) return false;
  const { request, ...unsent } = row;
  const held = before.row as Readonly<Record<string, unknown>>;
  // What a decision leaves as it is, it passes on: so what is the same is identical.
  const entries = Object.entries(unsent);
  return (
    request !== undefined &&
    entries.length === Object.keys(held).length &&
    entries.every(([name, value]) => held[name] === value)
  );
}

/** Whether who reads the row finds in the database that the request carries the operation. */
export function says(
  journal: { readonly row: JournalRow; readonly isWhole: boolean },
  { sequence, request }: OutboxRow,
): boolean {
  const { row, isWhole } = journal;
  const isOpen = isWhole && row.shade === undefined;
  return isOpen && row.number === request && row.operations.includes(sequence);
}

/** Records of the outbox, with the requests that carry them. The transaction must cover the journal. */
export async function withRequests<One extends StoredRecord<unknown> | undefined>(
  transaction: IDBTransaction,
  ranges: KeyRanges,
  records: readonly One[],
): Promise<readonly One[]> {
  const sequences = records.flatMap((record) => (isUnmarked(record) ? [record.row.sequence] : []));
  const [first] = sequences;
  if (first === undefined) return records;
  const index = transaction.objectStore("journal").index(indexes.carried);
  const asked =
    sequences.length <= fewRows
      ? sequences.map((sequence) => ranges.only(sequence))
      : [rangeOf(sequences, ranges)];
  const journal = (await resultsOf(asked.map((range) => index.getAll(range)))).flat();
  const requests = requestsIn(journal as StoredRecord<JournalRow>[]);
  if (requests.size === 0) return records;
  return records.map((record) => {
    const request = isUnmarked(record) ? requests.get(record.row.sequence) : undefined;
    if (record === undefined || request === undefined) return record;
    return { ...record, row: { ...(record.row as OutboxRow), request } };
  });
}

/** More are asked for in one range, whatever lies between them. */
const fewRows = 8;

/** Of a row in parts everything is in its text. */
function isUnmarked(record: StoredRecord<unknown> | undefined): record is StoredRecord<OutboxRow> {
  if (record === undefined || record.parts !== undefined) return false;
  return (record.row as Partial<OutboxRow>).request === undefined;
}

/** What is left of a request whose outcome is known carries nothing. */
function requestsIn(journal: readonly StoredRecord<JournalRow>[]): ReadonlyMap<number, number> {
  const requests = new Map<number, number>();
  for (const { row } of journal) {
    if (row.shade !== undefined || !Array.isArray(row.operations)) continue;
    for (const sequence of row.operations) requests.set(sequence, row.number);
  }
  return requests;
}
