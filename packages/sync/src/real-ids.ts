import { aliasesNeeded, type ObjectId, type OutboxRow, type ProvisionalId } from "@holdfast/core";
import type { StoreReads } from "./store-reads.ts";

/** The real ids of the objects made here that the rows mention. */
export async function realIdsOf(
  store: StoreReads,
  rows: readonly OutboxRow[],
): Promise<(id: ProvisionalId) => ObjectId | undefined> {
  return await realIdsAmong(store, aliasesNeeded(rows));
}

/** The real ids of these objects, as far as they are known. */
export async function realIdsAmong(
  store: StoreReads,
  needed: readonly ProvisionalId[],
): Promise<(id: ProvisionalId) => ObjectId | undefined> {
  const aliases = needed.length === 0 ? [] : await store.get("aliases", needed);
  const ids = new Map(needed.map((local, index) => [local, aliases[index]?.id]));
  return (id) => ids.get(id);
}
