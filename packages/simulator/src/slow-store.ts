import type { Clock, Failure, Store } from "@holdfast/core";
import { HoldfastError } from "@holdfast/core";
import { fractionFor } from "./chance.ts";
import { withMethods } from "./watched-store.ts";

/** What a storage can be told to do wrong: break off, be full, lose its connection. */
export type StorageFault = "abort" | "quota" | "lost";

/** What the storage of one tab is told to do wrong. */
export interface StorageTrouble {
  fault: StorageFault;
  /** How many writes are still to fail. */
  writes: number;
}

/**
 * A store whose answers take their time, each as long as chance says, so that those of two tabs, and the reads of one, come in
 * any order. What is written is written when it is called: the port promises that order.
 */
export function slowStore(
  store: Store,
  {
    clock,
    entity,
    trouble,
  }: { readonly clock: Clock; readonly entity: string; readonly trouble: StorageTrouble },
): Store {
  let calls = 0;
  const later = async <Value>(answer: Promise<Value>): Promise<Value> => {
    calls += 1;
    const delayMs = storageDelayMs(`${entity}/${calls}`);
    if (delayMs === 0) return await answer;
    // Waits before it fails as well.
    answer.catch(() => undefined);
    await new Promise<void>((resolve) => clock.timer(delayMs, resolve));
    return await answer;
  };
  return withMethods(store, {
    write: (write) => {
      if (trouble.writes > 0) {
        trouble.writes -= 1;
        return later(Promise.reject(new HoldfastError(failures[trouble.fault])));
      }
      return later(store.write(write));
    },
    get: (table, keys) => later(store.get(table, keys)),
    lanes: (keys) => later(store.lanes(keys)),
    scan: (table, scan) => later(store.scan(table, scan)),
  });
}

/** Most answers come at once, as from a cache; some take a while, and one in a hundred is felt. */
function storageDelayMs(entity: string): number {
  const drawn = fractionFor(entity);
  if (drawn < 0.7) return 0;
  if (drawn < 0.99) return 1 + Math.floor((drawn - 0.7) * 30);
  return Math.floor((drawn - 0.99) * 40_000);
}

const failures: Readonly<Record<StorageFault, Failure>> = {
  abort: { code: "StorageFailed", message: "The transaction was aborted." },
  lost: { code: "StorageFailed", message: "The connection was lost." },
  quota: { code: "StorageQuota", message: "The device is full." },
};
