import { type WorldTable, worldTables } from "../world/unsaved-rows.ts";
import type { Persistence, RowWrite, SavedRows } from "./persistence.ts";

export interface IndexedDbOptions {
  /** Default: the browser's. */
  readonly factory?: IDBFactory;
  /** Of the database, which is nobody else's. Default `holdfast-platform`. */
  readonly name?: string;
}

const settingsStore = "settings";

/** Raised with every new table. */
const databaseVersion = 3;

/**
 * A world in an IndexedDB database of its own. Commits are relaxed: what has to survive is the death of a tab or of
 * the browser, and the operating system keeps relaxed writes through both; the platform plays a remote server, which
 * no power cut of this device takes down.
 */
export class IndexedDbPersistence implements Persistence {
  readonly #factory: IDBFactory;
  readonly #name: string;
  #database: Promise<IDBDatabase> | undefined;

  constructor({ factory = indexedDB, name = "holdfast-platform" }: IndexedDbOptions = {}) {
    this.#factory = factory;
    this.#name = name;
  }

  async load(): Promise<SavedRows | undefined> {
    const transaction = (await this.#open()).transaction(worldTables, "readonly");
    const tables = await Promise.all(
      worldTables.map(
        async (table): Promise<[WorldTable, object[]]> => [
          table,
          await answerOf(transaction.objectStore(table).getAll() as IDBRequest<object[]>),
        ],
      ),
    );
    const rows = Object.fromEntries(tables) as Record<WorldTable, object[]>;
    return rows.meta.length === 0 ? undefined : rows;
  }

  async commit(writes: readonly RowWrite[]): Promise<void> {
    const tables = [...new Set(writes.map(({ table }) => table))];
    if (tables.length > 0) await this.#write(tables, writes);
  }

  async replace(writes: readonly RowWrite[]): Promise<void> {
    await this.#write(worldTables, writes, true);
  }

  /** A value that outlives the world: the state of the network switch. */
  async readSetting(name: string): Promise<unknown> {
    const transaction = (await this.#open()).transaction(settingsStore, "readonly");
    return await answerOf<unknown>(transaction.objectStore(settingsStore).get(name));
  }

  async writeSetting(name: string, value: string): Promise<void> {
    const transaction = (await this.#open()).transaction(settingsStore, "readwrite");
    const completed = completionOf(transaction);
    transaction.objectStore(settingsStore).put(value, name);
    await completed;
  }

  close(): void {
    const database = this.#database;
    this.#database = undefined;
    void database?.then((open) => open.close()).catch(() => {});
  }

  async #write(
    tables: readonly WorldTable[],
    writes: readonly RowWrite[],
    clear = false,
  ): Promise<void> {
    const options = { durability: "relaxed" } as const;
    const transaction = (await this.#open()).transaction(tables, "readwrite", options);
    const completed = completionOf(transaction);
    if (clear) for (const table of tables) transaction.objectStore(table).clear();
    for (const { table, key, value } of writes) {
      const store = transaction.objectStore(table);
      if (value === undefined) store.delete(key);
      else store.put(value, key);
    }
    await completed;
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= this.#connect().catch((error: unknown) => {
      this.#database = undefined;
      throw error;
    });
    return this.#database;
  }

  async #connect(): Promise<IDBDatabase> {
    const request = this.#factory.open(this.#name, databaseVersion);
    request.onupgradeneeded = () => {
      const { result: database } = request;
      for (const store of [...worldTables, settingsStore]) {
        if (!database.objectStoreNames.contains(store)) database.createObjectStore(store);
      }
    };
    const database = await answerOf<IDBDatabase>(request);
    // Somebody deletes or upgrades the database: let go, and open again at the next call.
    const forget = (): void => {
      database.close();
      this.#database = undefined;
    };
    database.onversionchange = forget;
    database.onclose = forget;
    return database;
  }
}

function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB gave no reason"));
  });
}

function completionOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(transaction.error ?? new Error("the transaction was aborted"));
    transaction.oncomplete = () => resolve();
    transaction.onabort = fail;
    transaction.onerror = fail;
  });
}
