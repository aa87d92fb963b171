import { deleteStore, openStore } from "@holdfast/storage";
import type { Storage } from "./ports.ts";

export interface IndexedDbPorts {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
  /** `navigator.storage`, asked to keep the data at the first durable write. */
  readonly storageManager?: Pick<StorageManager, "persist" | "persisted">;
  /** Runs what nobody waits for a little later. Default: at once. */
  readonly defer?: (task: () => void) => void;
  /** `memory` for an IndexedDB that forgets with its process. Default `disk`. */
  readonly medium?: "disk" | "memory";
}

/** Stores in IndexedDB. */
export function indexedDbStorage(ports: IndexedDbPorts): Storage {
  const { indexedDB } = ports;
  return {
    open: ({ databaseName, ...request }) => openStore({ ...ports, name: databaseName, ...request }),
    list: async (prefix) => {
      const databases = await indexedDB.databases();
      return databases.flatMap(({ name }) => (name?.startsWith(prefix) === true ? [name] : []));
    },
    remove: (databaseName, { keepUnsent }) =>
      deleteStore({ name: databaseName, indexedDB, keepUnsent }),
  };
}
