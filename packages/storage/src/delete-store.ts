import type { Logger } from "@holdfast/core";
import { toStorageFailure } from "./storage-failure.ts";

export interface DeleteStoreOptions {
  readonly name: string;
  readonly indexedDB: IDBFactory;
  readonly logger?: Logger;
}

/**
 * Removes a store and all that is in it. Stores open on it, in any tab, close first and say so in their status;
 * resolves once it is gone.
 * @throws HoldfastError `StorageFailed`.
 */
export function deleteStore({ name, indexedDB, logger }: DeleteStoreOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(toStorageFailure(request.error));
    request.onblocked = () =>
      logger?.warn(`Another tab still uses ${name}: waiting for it to close.`);
  });
}
