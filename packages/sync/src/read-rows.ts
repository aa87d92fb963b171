import {
  type ContentName,
  type ContentRow,
  type Failure,
  HoldfastError,
  type LocalKey,
  type ObjectRow,
  type OutboxRow,
} from "@holdfast/core";
import type { StoreReads } from "./store-reads.ts";

/** Hears of the lanes that are left out. */
export type OnUnreadable = (lane: LocalKey, failure: Failure) => void;

/**
 * The lanes that can be read, in the order of the keys: a damaged row must hold up no other lane. Those left out are not to be
 * sent, since nobody knows what comes before what.
 * @throws HoldfastError `NewerVersion`: a sender steps down before rows of a newer release.
 */
export async function readLanes(
  store: StoreReads,
  keys: readonly LocalKey[],
  onUnreadable: OnUnreadable = () => undefined,
): Promise<ReadonlyMap<LocalKey, readonly OutboxRow[]>> {
  const unreadable = new Map<LocalKey, Failure>();
  const lanes = await store.lanes(keys, {
    onDamaged: ({ lane, failure }) => {
      refuseNewer(failure);
      if (lane !== undefined) unreadable.set(lane, failure);
    },
  });
  for (const [lane, failure] of unreadable) onUnreadable(lane, failure);
  const found = keys.map((key, index) => [key, lanes[index] ?? []] as const);
  return new Map(found.filter(([key]) => !unreadable.has(key)));
}

/**
 * The objects that can be read, undefined where there is none.
 * @throws HoldfastError `NewerVersion`.
 */
export async function readObjects(
  store: StoreReads,
  keys: readonly LocalKey[],
  onUnreadable: OnUnreadable = () => undefined,
): Promise<ReadonlyMap<LocalKey, ObjectRow | undefined>> {
  const unreadable = new Map<LocalKey, Failure>();
  const objects = await store.get("objects", keys, {
    onDamaged: ({ key, failure }) => {
      refuseNewer(failure);
      unreadable.set(key, failure);
    },
  });
  for (const [key, failure] of unreadable) onUnreadable(key, failure);
  const found = keys.map((key, index) => [key, objects[index]] as const);
  return new Map(found.filter(([key]) => !unreadable.has(key)));
}

/** What is known of a content; of a row that cannot be read, nothing. @throws HoldfastError `NewerVersion`. */
export async function readContent(
  store: StoreReads,
  name: ContentName | undefined,
): Promise<ContentRow | undefined> {
  if (name === undefined) return undefined;
  const [content] = await store.get("contents", [name], {
    onDamaged: ({ failure }) => refuseNewer(failure),
  });
  return content;
}

function refuseNewer(failure: Failure): void {
  if (failure.code === "NewerVersion") throw new HoldfastError(failure);
}
