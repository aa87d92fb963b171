import {
  type LocalKey,
  type OperationId,
  type OutboxRow,
  sequenceOf,
  type Store,
} from "@holdfast/core";
import type { HistoryEntry, OperationReport } from "../operations.ts";
import { keysOfIds } from "./object-keys.ts";
import { toHistoryEntry } from "./outbox-entries.ts";

/** Where an operation stands and why; undefined for an id that was never given here. */
export async function reportOf(store: Store, id: string): Promise<OperationReport | undefined> {
  const sequence = sequenceOf(id);
  if (sequence === undefined) return undefined;
  // In this order: an operation leaves the outbox and enters the history in one transaction.
  const [row] = await store.get("outbox", [sequence]);
  if (row?.id === id) return await reportOfRow(store, row);
  const [ended] = await store.get("history", [sequence]);
  return ended?.id === id ? toHistoryEntry(ended) : undefined;
}

export async function historyAfter(
  store: Store,
  after: string | undefined,
  options: { readonly limit: number; readonly newestFirst: boolean },
): Promise<readonly HistoryEntry[]> {
  const sequence = after === undefined ? undefined : sequenceOf(after);
  const rows = await store.scan("history", {
    ...options,
    ...(sequence === undefined ? {} : { after: sequence }),
  });
  return rows.map(toHistoryEntry);
}

async function reportOfRow(store: Store, row: OutboxRow): Promise<OperationReport> {
  const common = { id: row.id, object: row.lane, kind: row.operation.kind, madeAt: row.madeAt };
  if (row.parked !== undefined) {
    return { ...common, state: "parked", reason: row.parked.reason, parkedAt: row.parked.at };
  }
  if (row.request !== undefined) return { ...common, state: "sending" };
  return { ...common, state: "waiting", after: await aheadOf(store, row) };
}

/** The operations before it in its lane, and the creates of the objects it mentions. */
async function aheadOf(store: Store, row: OutboxRow): Promise<readonly OperationId[]> {
  const keys = await keysOfIds(store, row.waitsFor);
  const others = row.waitsFor
    .map((id) => keys.get(id))
    .filter((key): key is LocalKey => key !== undefined);
  const [lane = [], ...mentioned] = await store.lanes([row.lane, ...others]);
  const before = lane.filter(({ sequence }) => sequence < row.sequence);
  const creates = mentioned.flat().filter(({ operation }) => operation.kind === "create");
  return [...before, ...creates].map(({ id }) => id);
}
