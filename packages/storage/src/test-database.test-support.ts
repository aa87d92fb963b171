import { type Logger, type Put, silentLogger, type Store, type Write } from "@holdfast/core";
import { seededRandom } from "@holdfast/core/testing";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { openStore, type OpenStoreOptions } from "./open-store.ts";
import type { StoreName } from "./schema.ts";

/** A database of its own and the stores opened on it, one after the other or at once. */
export class TestDatabase implements AsyncDisposable {
  readonly indexedDB = new IDBFactory();
  readonly name = "test";
  readonly #stores: Store[] = [];

  async open(options: Partial<OpenStoreOptions> = {}): Promise<Store & AsyncDisposable> {
    const store = await openStore({
      name: this.name,
      indexedDB: this.indexedDB,
      IDBKeyRange,
      random: seededRandom(this.#stores.length),
      ...options,
    });
    this.#stores.push(store);
    return store;
  }

  /** A connection beside the store's own, for a look or a deed that no store would do. */
  async raw<Result>(work: (database: IDBDatabase) => Promise<Result> | Result): Promise<Result> {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = this.indexedDB.open(this.name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error as DOMException);
    });
    try {
      return await work(database);
    } finally {
      database.close();
    }
  }

  async values(store: StoreName): Promise<unknown[]> {
    return await this.raw((database) =>
      done(database.transaction(store).objectStore(store).getAll()),
    );
  }

  async putRaw(store: StoreName, value: unknown): Promise<void> {
    await this.raw((database) => {
      return done(database.transaction(store, "readwrite").objectStore(store).put(value));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#stores.map((store) => store.close()));
  }
}

export function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
}

export function putting(
  puts: readonly Put[],
  durability: Write<void>["durability"] = "strict",
): Write<void> {
  return { durability, reads: {}, decide: () => ({ puts, result: undefined }) };
}

/** What a logger was told, level and message. */
export function recordingLogger(): Logger & { readonly told: string[] } {
  const told: string[] = [];
  return {
    ...silentLogger,
    told,
    warn: (message) => told.push(`warn: ${message}`),
    error: (message) => told.push(`error: ${message}`),
  };
}
