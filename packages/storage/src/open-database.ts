import { schema, schemaVersion } from "./schema.ts";

/** The versions of a database count in tens: a removal raises its version within the release. */
const versionsPerRelease = 10;

export interface OpenDatabaseOptions {
  readonly name: string;
  readonly indexedDB: IDBFactory;
  readonly signal: AbortSignal | undefined;
  /** Another connection keeps an upgrade waiting. */
  readonly onBlocked: () => void;
  /** Another connection waits for this one to close. */
  readonly onVersionChange: (database: IDBDatabase, newVersion: number | null) => void;
  /** It is not there: returns whether to make it. */
  readonly mayMake: () => boolean;
}

/**
 * Opens the database, made or brought up to date where it is not of this release. One of a newer release is opened as it is.
 * @throws what the browser says, also where `mayMake` says no; `signal.reason` when aborted first.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<IDBDatabase> {
  const current = schemaVersion * versionsPerRelease;
  for (;;) {
    const database = (await attempt(options, current)) ?? (await attempt(options, undefined));
    if (database !== undefined) return database;
  }
}

/** The release that a database is of. */
export function releaseOf(version: number): number {
  return Math.floor(version / versionsPerRelease);
}

/** Undefined where it has a higher version; without a version, where it is gone. */
function attempt(
  { name, indexedDB, signal, onBlocked, onVersionChange, mayMake }: OpenDatabaseOptions,
  version: number | undefined,
): Promise<IDBDatabase | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal?.reason as Error);
    signal?.addEventListener("abort", onAbort, { once: true });
    const request = indexedDB.open(name, version);
    let isGone = false;
    request.onblocked = onBlocked;
    request.onupgradeneeded = ({ oldVersion }) => {
      const transaction = request.transaction as IDBTransaction;
      isGone = version === undefined;
      // What an aborted upgrade began with is there again: nothing, where there was nothing.
      if (isGone || (oldVersion === 0 && !mayMake())) transaction.abort();
      else bringUpToDate(transaction);
    };
    request.onsuccess = () => {
      signal?.removeEventListener("abort", onAbort);
      const database = request.result;
      if (signal?.aborted === true) database.close();
      database.onversionchange = ({ newVersion }) => onVersionChange(database, newVersion);
      resolve(database);
    };
    request.onerror = () => {
      signal?.removeEventListener("abort", onAbort);
      if (isGone || request.error?.name === "VersionError") resolve(undefined);
      else reject(request.error as DOMException);
    };
  });
}

/** No row is written anew: what a new index needs of it is there, or never was. */
function bringUpToDate(transaction: IDBTransaction): void {
  const { db } = transaction;
  for (const [name, { keyPath, ordered = [], lists = [] }] of Object.entries(schema)) {
    const table = db.objectStoreNames.contains(name)
      ? transaction.objectStore(name)
      : db.createObjectStore(name, { keyPath });
    const names: readonly string[] = [...ordered, ...lists];
    for (const found of [...table.indexNames]) {
      if (!names.includes(found)) table.deleteIndex(found);
    }
    for (const index of names) {
      if (table.indexNames.contains(index)) continue;
      table.createIndex(index, keyPathOf(index), { multiEntry: lists.includes(index) });
    }
  }
}

/** Of an index that is named after what it is of: `a.b`, or `[a+b]` of several. */
function keyPathOf(name: string): string | string[] {
  return name.startsWith("[") ? name.slice(1, -1).split("+") : name;
}
