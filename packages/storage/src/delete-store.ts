import type { Logger } from "@holdfast/core";
import { toStorageFailure } from "./storage-failure.ts";

export interface DeleteStoreOptions {
  readonly name: string;
  readonly indexedDB: IDBFactory;
  /** Leave the store as it is where its outbox holds anything. Default false. */
  readonly keepUnsent?: boolean;
  readonly logger?: Logger;
}

/**
 * Removes a store and all that is in it. Stores open on it, in any tab, close first and say so in their status,
 * also where it is kept after all.
 * @returns How many unsent operations it was kept for; 0 once it is gone.
 * @throws HoldfastError `StorageFailed`.
 */
export async function deleteStore(options: DeleteStoreOptions): Promise<number> {
  const unsent = options.keepUnsent === true ? await clearUnlessUnsent(options) : 0;
  if (unsent === 0) await remove(options);
  return unsent;
}

/**
 * Counts and clears in the one transaction beside which no other can be, nor between the two: that of an
 * upgrade. Counted in any other, an operation stored a moment later would be removed unseen.
 */
async function clearUnlessUnsent(options: DeleteStoreOptions): Promise<number> {
  const { name, indexedDB } = options;
  for (;;) {
    const found = (await indexedDB.databases()).find((database) => database.name === name);
    if (found?.version === undefined) return 0;
    const unsent = await upgrade(options, found.version + 1);
    if (unsent !== "overtaken") return unsent;
  }
}

/** `"overtaken"` where another tab has made that version first. */
function upgrade(
  { name, indexedDB, logger }: DeleteStoreOptions,
  version: number,
): Promise<number | "overtaken"> {
  return new Promise((resolve, reject) => {
    let unsent: number | "overtaken" = "overtaken";
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      const transaction = request.transaction as IDBTransaction;
      unsent = 0;
      const stores = [...transaction.objectStoreNames];
      if (!stores.includes("outbox")) return;
      const counted = transaction.objectStore("outbox").count();
      counted.onsuccess = () => {
        unsent = counted.result;
        if (unsent > 0) transaction.abort();
        else for (const store of stores) transaction.objectStore(store).clear();
      };
    };
    request.onsuccess = () => {
      request.result.close();
      resolve(unsent);
    };
    request.onerror = () => {
      if (unsent !== 0 && unsent !== "overtaken") resolve(unsent);
      else if (request.error?.name === "VersionError") resolve("overtaken");
      else reject(toStorageFailure(request.error));
    };
    request.onblocked = () => warnOfBlock(name, logger);
  });
}

function remove({ name, indexedDB, logger }: DeleteStoreOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(toStorageFailure(request.error));
    request.onblocked = () => warnOfBlock(name, logger);
  });
}

function warnOfBlock(name: string, logger: Logger | undefined): void {
  logger?.warn(`Another tab still uses ${name}: waiting for it to close.`);
}
