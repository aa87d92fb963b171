import { failureOf, type LocalKey, type OutboxRow } from "@holdfast/core";
import type { StoreReads } from "./store-reads.ts";

/**
 * The lanes that can be read, in the order of the keys: a damaged row must hold up no other lane. Those left out are not to be
 * sent, since nobody knows what comes before what.
 * @throws HoldfastError `NewerVersion`: a sender steps down before rows of a newer release.
 */
export async function readLanes(
  store: StoreReads,
  keys: readonly LocalKey[],
): Promise<ReadonlyMap<LocalKey, readonly OutboxRow[]>> {
  try {
    const lanes = await store.lanes(keys);
    return new Map(keys.map((key, index) => [key, lanes[index] ?? []]));
  } catch (error) {
    if (failureOf(error)?.code !== "StorageFailed") throw error;
    if (keys.length === 1) return new Map();
    const readable = new Map<LocalKey, readonly OutboxRow[]>();
    for (const key of keys) {
      for (const [read, lane] of await readLanes(store, [key])) readable.set(read, lane);
    }
    return readable;
  }
}
