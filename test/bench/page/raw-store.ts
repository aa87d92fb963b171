import { sampleInput } from "./sample.ts";

/** What a hand-written store would put for one create: the same fields, the same indexes, nothing checked. */
export interface RawRows {
  readonly object: object;
  readonly outbox: object;
}

export function rawRows(project: string, index: number): RawRows {
  const input = sampleInput(project, index);
  const id = `record-hold${String(index).padStart(20, "0")}`;
  const key = `${project}/${id}`;
  const details = JSON.stringify(input.details);
  const at = Date.now();
  const { name, folder, types, tags, properties } = input;
  const view = {
    ...{ name, folder, state: "open", hidden: false, types, tags, properties, details, links: [] },
    ...{ created: at, modified: at, createdBy: "user-bench" },
  };
  const create = {
    name,
    folder,
    parents: true,
    types,
    tags,
    properties,
    details,
    hidden: false,
    close: false,
  };
  return {
    object: { version: 1, key, project, id, class: "record", view, pending: 1, parked: 0 },
    outbox: {
      ...{ version: 1, sequence: index + 1, id: `operation-${index}-12345678`, lane: key },
      operation: { kind: "create", class: "record", input: create },
      ...{ touches: [id, folder], waitsFor: [], madeAt: at },
      create: { nonce: `${id}-nonce-of-forty-characters`, key: `${id}-key` },
    },
  };
}

/** IndexedDB without any library on the main thread, with the indexes of the store under test. */
export class RawStore {
  readonly #database: IDBDatabase;
  readonly #name: string;

  private constructor(database: IDBDatabase, name: string) {
    this.#database = database;
    this.#name = name;
  }

  static open(name: string): Promise<RawStore> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => {
        const objects = request.result.createObjectStore("objects", { keyPath: "key" });
        objects.createIndex("listing", ["project", "view.folder", "view.state", "view.modified"]);
        objects.createIndex("types", "view.types", { multiEntry: true });
        objects.createIndex("tags", "view.tags", { multiEntry: true });
        const outbox = request.result.createObjectStore("outbox", { keyPath: "sequence" });
        outbox.createIndex("lane", "lane");
      };
      request.onsuccess = () => resolve(new RawStore(request.result, name));
      request.onerror = () => reject(request.error ?? new Error("open failed"));
    });
  }

  /** Resolves when the transaction is complete. */
  put(rows: readonly RawRows[], durability: "strict" | "relaxed"): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(["objects", "outbox"], "readwrite", {
        durability,
      });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
      const objects = transaction.objectStore("objects");
      const outbox = transaction.objectStore("outbox");
      for (const row of rows) {
        objects.put(row.object);
        outbox.put(row.outbox);
      }
    });
  }

  remove(): Promise<void> {
    this.#database.close();
    return new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(this.#name);
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error ?? new Error("delete failed"));
    });
  }
}
