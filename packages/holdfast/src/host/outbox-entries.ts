import {
  effectiveName,
  fromLocalKey,
  type HistoryRow,
  type LocalKey,
  type OutboxRow,
  type Store,
} from "@holdfast/core";
import type { HistoryEntry } from "../operations.ts";
import type { OutboxEntry } from "../outbox.ts";

/** Outbox rows as the app sees them, with the names of their objects. */
export async function toEntries(
  store: Store,
  rows: readonly OutboxRow[],
): Promise<readonly OutboxEntry[]> {
  const lanes = [...new Set(rows.map(({ lane }) => lane))];
  const objects = lanes.length === 0 ? [] : await store.get("objects", lanes);
  const names = new Map<LocalKey, string>();
  for (const row of objects) if (row !== undefined) names.set(row.key, effectiveName(row));
  return rows.map((row) => toEntry(row, names.get(row.lane) ?? fromLocalKey(row.lane).id));
}

export function stateOf(row: OutboxRow): OutboxEntry["state"] {
  if (row.parked !== undefined) return "parked";
  return row.request === undefined ? "waiting" : "sending";
}

export function toHistoryEntry(row: HistoryRow): HistoryEntry {
  return {
    id: row.id,
    object: row.lane,
    kind: row.kind,
    madeAt: row.madeAt,
    state: row.outcome,
    user: row.user,
    endedAt: row.endedAt,
    ...(row.platformAt === undefined ? {} : { platformAt: row.platformAt }),
    ...(row.requestId === undefined ? {} : { requestId: row.requestId }),
  };
}

function toEntry(row: OutboxRow, name: string): OutboxEntry {
  return {
    id: row.id,
    object: row.lane,
    name,
    operation: row.operation,
    kind: row.operation.kind,
    madeAt: row.madeAt,
    state: stateOf(row),
    ...(row.parked === undefined ? {} : { reason: row.parked.reason, parkedAt: row.parked.at }),
  };
}
