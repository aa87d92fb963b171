import {
  choicesFor,
  effectiveName,
  fromLocalKey,
  type HistoryRow,
  type LocalKey,
  type ObjectRow,
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
  const objects = await store.get("objects", lanes, { onDamaged: () => {} });
  const byKey = new Map<LocalKey, ObjectRow>();
  for (const object of objects) if (object !== undefined) byKey.set(object.key, object);
  return rows.map((row) => toEntry(row, byKey.get(row.lane)));
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
    ...(row.closedWithForeignChange === undefined
      ? {}
      : { closedWithForeignChange: row.closedWithForeignChange }),
    ...(row.savedAs === undefined ? {} : { savedAs: row.savedAs }),
    ...(row.policy === undefined ? {} : { policy: row.policy }),
  };
}

function toEntry(row: OutboxRow, object: ObjectRow | undefined): OutboxEntry {
  return {
    id: row.id,
    object: row.lane,
    name: object === undefined ? fromLocalKey(row.lane).id : effectiveName(object),
    operation: row.operation,
    kind: row.operation.kind,
    madeAt: row.madeAt,
    state: stateOf(row),
    ...(row.parked === undefined ? {} : { reason: row.parked.reason, parkedAt: row.parked.at }),
    ...(row.parked !== undefined && row.request !== undefined ? { inDoubt: true } : {}),
    choices: choicesFor(row, object),
  };
}
