import type { ContentName, ContentRoom, ContentWriter } from "@holdfast/core";
import type { KeyRanges } from "../key-ranges.ts";
import { completionOf, resultOf } from "../transaction.ts";
import { Access } from "./access.ts";
import { type ContentPlace, notThere } from "./content-place.ts";

export interface IndexedDbContentsOptions {
  readonly databaseName: string;
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: KeyRanges;
  readonly room: () => Promise<ContentRoom | undefined>;
}

/** Of all parts of a content but its last. Never to be changed: a part is found by its number. */
const partBytes = 2 * 2 ** 20;

/** Name → size in bytes. */
const sizes = "sizes";
/** [name, number from 0] → bytes. */
const parts = "parts";

type Durability = "strict" | "relaxed";

/**
 * Contents in parts, in a database of their own, where a browser has no other place for them. What is read is in memory as a
 * whole. The database is made with the first content.
 */
export class IndexedDbContents implements ContentPlace {
  readonly #options: IndexedDbContentsOptions;
  readonly #access = new Access();
  #database: Promise<IDBDatabase | undefined> | undefined;

  constructor(options: IndexedDbContentsOptions) {
    this.#options = options;
  }

  async write(
    name: ContentName,
    { keep = 0 }: { readonly keep?: number } = {},
  ): Promise<ContentWriter> {
    return await this.#access.use(async () => {
      const database = await this.#open(true);
      const index = Math.floor(keep / partBytes);
      const transaction = begin(database, "relaxed");
      const [size, last] = await Promise.all([
        resultOf(transaction.objectStore(sizes).get(name)),
        resultOf(transaction.objectStore(parts).get([name, index])),
      ]);
      if (((size as number | undefined) ?? 0) < keep) throw notThere(name);
      transaction.objectStore(parts).delete(this.#partsFrom(name, index));
      transaction.objectStore(sizes).put(keep, name);
      const tail = new Uint8Array(partBytes);
      const filled = keep % partBytes;
      if (filled > 0) {
        tail.set((last as Uint8Array).subarray(0, filled));
        transaction.objectStore(parts).put(tail.slice(0, filled), [name, index]);
      }
      await completionOf(transaction);
      return this.#writer(name, { index, tail, filled });
    });
  }

  async read(name: ContentName, from: number, to: number): Promise<Blob> {
    return await this.#access.use(async () => {
      const database = await this.#open(false);
      if (database === undefined) throw notThere(name);
      const { IDBKeyRange } = this.#options;
      const [first, last] = [Math.floor(from / partBytes), Math.floor(to / partBytes)];
      const transaction = database.transaction([sizes, parts], "readonly");
      const range = IDBKeyRange.bound([name, first], [name, last]);
      const [size, found] = await Promise.all([
        resultOf(transaction.objectStore(sizes).get(name)),
        resultOf(transaction.objectStore(parts).getAll(range)),
      ]);
      if (size === undefined || (size as number) < to) throw notThere(name);
      const whole = new Blob(found as Uint8Array<ArrayBuffer>[]);
      const start = first * partBytes;
      if (whole.size < to - start) throw notThere(name);
      return whole.slice(from - start, to - start);
    });
  }

  async has(name: ContentName): Promise<boolean> {
    return await this.#access.use(async () => {
      const database = await this.#open(false);
      if (database === undefined) return false;
      const transaction = database.transaction(sizes, "readonly");
      return (await resultOf(transaction.objectStore(sizes).getKey(name))) !== undefined;
    });
  }

  async list(): Promise<readonly ContentName[]> {
    return await this.#access.use(async () => {
      const database = await this.#open(false);
      if (database === undefined) return [];
      const transaction = database.transaction(sizes, "readonly");
      return (await resultOf(transaction.objectStore(sizes).getAllKeys())) as ContentName[];
    });
  }

  async remove(name: ContentName): Promise<void> {
    await this.#access.use(async () => {
      const database = await this.#open(false);
      if (database === undefined) return;
      const transaction = begin(database, "relaxed");
      transaction.objectStore(parts).delete(this.#partsFrom(name, 0));
      transaction.objectStore(sizes).delete(name);
      await completionOf(transaction);
    });
  }

  async room(): Promise<ContentRoom | undefined> {
    return await this.#access.use(this.#options.room);
  }

  async close(): Promise<void> {
    this.#access.close();
    const database = await this.#database?.catch(() => undefined);
    database?.close();
  }

  #writer(name: ContentName, from: Tail): ContentWriter {
    let { index, filled } = from;
    const { tail } = from;
    let isFlushed = false;
    const put = async (durability: Durability): Promise<void> => {
      const transaction = begin(await this.#open(true), durability);
      if (filled > 0) transaction.objectStore(parts).put(tail.slice(0, filled), [name, index]);
      transaction.objectStore(sizes).put(index * partBytes + filled, name);
      await completionOf(transaction);
    };
    const append = async (bytes: Uint8Array): Promise<void> => {
      isFlushed = false;
      for (let done = 0; done < bytes.length; ) {
        const chunk = bytes.subarray(done, done + partBytes - filled);
        tail.set(chunk, filled);
        filled += chunk.length;
        done += chunk.length;
        if (filled < partBytes) return;
        await put("relaxed");
        index += 1;
        filled = 0;
      }
    };
    const flush = async (): Promise<void> => {
      if (!isFlushed) await put("strict");
      isFlushed = true;
    };
    return {
      append: (bytes) => this.#access.use(() => append(bytes)),
      flush: () => this.#access.use(flush),
      close: () => this.#access.use(flush),
    };
  }

  /** @param create - else undefined where there is no database yet. */
  async #open(create: true): Promise<IDBDatabase>;
  async #open(create: boolean): Promise<IDBDatabase | undefined>;
  async #open(create: boolean): Promise<IDBDatabase | undefined> {
    const found = await this.#database;
    if (found !== undefined) return found;
    const opening = openDatabase(this.#options, {
      create,
      onLost: () => {
        if (this.#database === opening) this.#database = undefined;
      },
    });
    this.#database = opening;
    const database = await opening.catch((error: unknown) => {
      this.#database = undefined;
      throw error;
    });
    if (this.#access.isClosed) database?.close();
    return database;
  }

  #partsFrom(name: ContentName, index: number): IDBKeyRange {
    return this.#options.IDBKeyRange.bound(
      [name, index],
      [name, Number.POSITIVE_INFINITY],
    ) as IDBKeyRange;
  }
}

/** The part that is not full yet. */
interface Tail {
  readonly index: number;
  readonly tail: Uint8Array;
  readonly filled: number;
}

function begin(database: IDBDatabase, durability: Durability): IDBTransaction {
  return database.transaction([sizes, parts], "readwrite", { durability });
}

function openDatabase(
  { databaseName, indexedDB }: IndexedDbContentsOptions,
  { create, onLost }: { readonly create: boolean; readonly onLost: () => void },
): Promise<IDBDatabase | undefined> {
  return new Promise((resolve, reject) => {
    let isMissing = false;
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => {
      isMissing = !create;
      if (isMissing) {
        request.transaction?.abort();
        return;
      }
      request.result.createObjectStore(sizes);
      request.result.createObjectStore(parts);
    };
    request.onsuccess = () => {
      const database = request.result;
      // Another tab removes it, or the browser took the connection: the next use opens it again.
      database.onversionchange = () => {
        onLost();
        database.close();
      };
      database.onclose = onLost;
      resolve(database);
    };
    request.onerror = () => {
      if (isMissing) resolve(undefined);
      else reject(request.error as DOMException);
    };
  });
}
