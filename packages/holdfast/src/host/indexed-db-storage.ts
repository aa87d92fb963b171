import {
  type ContentsOptions,
  deleteContents,
  deleteStore,
  type FileSystemPort,
  isContentsDatabase,
  openContents,
  openStore,
} from "@holdfast/storage";
import { systemClock } from "../clock.ts";
import type { Storage } from "./ports.ts";

export interface IndexedDbPorts {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
  /** `navigator.storage`, asked to keep the data at the first durable write. */
  readonly storageManager?: Pick<StorageManager, "persist" | "persisted">;
  /** `navigator.storage`, for contents. Default: they are kept in IndexedDB. */
  readonly fileSystem?: FileSystemPort;
  /** Whether this thread has `createSyncAccessHandle`, and contents are written to the file system. Default false. */
  readonly hasSyncAccess?: boolean;
  /** Runs what nobody waits for a little later. Default: at once. */
  readonly defer?: (task: () => void) => void;
  /** `memory` for an IndexedDB that forgets with its process. Default `disk`. */
  readonly medium?: "disk" | "memory";
}

/** Stores in IndexedDB, and their contents in the file system of the origin where there is one. */
export function indexedDbStorage(ports: IndexedDbPorts): Storage {
  const { indexedDB } = ports;
  const contentsOf = (name: string): ContentsOptions => ({ ...ports, name, clock: systemClock });
  return {
    open: ({ databaseName, ...request }) => openStore({ ...ports, name: databaseName, ...request }),
    list: async (prefix) => {
      const databases = await indexedDB.databases();
      return databases.flatMap(({ name }) =>
        name?.startsWith(prefix) === true && !isContentsDatabase(name) ? [name] : [],
      );
    },
    openContents: ({ databaseName, logger }) =>
      openContents({ ...contentsOf(databaseName), logger }),
    remove: async (databaseName, { keepUnsent }) => {
      const unsent = await deleteStore({ name: databaseName, indexedDB, keepUnsent });
      if (unsent === 0) await deleteContents(contentsOf(databaseName));
      return unsent;
    },
  };
}
