import {
  type AliasRow,
  assert,
  type ChangesSince,
  type ContentRow,
  type Channel,
  type CommitNotice,
  type ContentName,
  type Failure,
  failureOf,
  type FindQuery,
  type KeyOf,
  type LocalKey,
  type Logger,
  type ObjectId,
  type ObjectRow,
  type OutboxRow,
  type ProjectId,
  type Random,
  type ReadOptions,
  type RowOf,
  type Scan,
  silentLogger,
  type StorageStatus,
  type Store,
  type TableName,
  type Write,
} from "@holdfast/core";
import type { CommittedChange } from "./commit-group.ts";
import { Connection } from "./connection.ts";
import {
  decodeFetched,
  decodeReadable,
  type Fetched,
  fetchByKeys,
  joinRecords,
  storesToRead,
} from "./fetch-rows.ts";
import { Finder } from "./find.ts";
import type { KeyRanges } from "./key-ranges.ts";
import { isKept, KnownRows } from "./known-rows.ts";
import { defaultLimits, type StoreLimits } from "./limits.ts";
import { type Found, readKnowing, type Wanted } from "./read-known.ts";
import { type ChangeRecord, indexes, type StoredRecord } from "./schema.ts";
import { readNumbers } from "./numbers.ts";
import { readSubfolders } from "./subfolders.ts";
import { storeClosed, toStorageFailure } from "./storage-failure.ts";
import { type StorageManagerPort, StoreStatus } from "./store-status.ts";
import { recordsDown, resultOf, resultsOf } from "./transaction.ts";
import { WriteQueue } from "./write-queue.ts";

export interface OpenStoreOptions {
  /** Of the database. It carries host and user, since one user's rows are never another's. */
  readonly name: string;
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: KeyRanges;
  /** Draws the name of this instance, by which it knows its own commits. */
  readonly random: Random;
  /** Between the tabs of this very store. Whoever made it closes it. */
  readonly channel?: Channel;
  /**
   * Runs a task a little later, when the answers to those who wrote are on their way: it is for what nobody here waits
   * for. Default: at once.
   */
  readonly defer?: (task: () => void) => void;
  /** `navigator.storage`, asked to keep the data at the first durable write. */
  readonly storageManager?: StorageManagerPort;
  /** `memory` for an IndexedDB that forgets with its process, so that the status says so. Default `disk`. */
  readonly medium?: "disk" | "memory";
  /** Default: silent. */
  readonly logger?: Logger;
  /** Gives up opening, also where another tab blocks it. Without effect once open. */
  readonly signal?: AbortSignal;
  /** Open only what is there already: `StorageClosed` where it is not, and nothing is made. Default false. */
  readonly mustExist?: boolean;
  /** Default: `defaultLimits`. */
  readonly limits?: Partial<StoreLimits>;
}

/**
 * Opens the store of that name, making or upgrading it where needed.
 * @throws HoldfastError `NewerVersion` where a newer release wrote it, `StorageFailed`, `StorageQuota`;
 * `signal.reason` when aborted first.
 * @see docs/decisions/0004-tables-and-indexes.md, docs/decisions/0005-write-path.md
 */
export async function openStore(options: OpenStoreOptions): Promise<Store & AsyncDisposable> {
  return await IndexedDbStore.open(options);
}

class IndexedDbStore implements Store, AsyncDisposable {
  readonly #ranges: KeyRanges;
  readonly #channel: Channel | undefined;
  readonly #defer: (task: () => void) => void;
  readonly #logger: Logger;
  readonly #status: StoreStatus;
  readonly #listeners = new Set<(notice: CommitNotice) => void>();
  readonly #badRows = new Set<string>();
  readonly #queue: WriteQueue;
  readonly #known: KnownRows;
  readonly #connection: Connection;
  #unsubscribe = (): void => {};
  /** The last change that the listeners heard of. */
  #heard = 0;
  #hints = 0;
  #isUntold = false;
  #checking: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  static async open(options: OpenStoreOptions): Promise<IndexedDbStore> {
    const { logger = silentLogger, medium = "disk", storageManager } = options;
    const status = new StoreStatus({ medium, storageManager, logger });
    // What the connection says of a reopened database needs the store, which needs the connection.
    let store: IndexedDbStore | undefined;
    const connection = await Connection.open({
      name: options.name,
      indexedDB: options.indexedDB,
      logger,
      signal: options.signal,
      mustExist: options.mustExist,
      inspect: async (database) => await store?.inspect(database),
      onTrouble: (trouble) => status.setTrouble(trouble),
    });
    store = new IndexedDbStore(options, connection, status);
    try {
      store.#heard = await connection.use(readLatest);
    } catch (error) {
      connection.close();
      throw toStorageFailure(error);
    }
    store.#unsubscribe =
      options.channel?.subscribe((message) => store.#onMessage(message)) ?? (() => {});
    await status.look();
    return store;
  }

  private constructor(options: OpenStoreOptions, connection: Connection, status: StoreStatus) {
    this.#ranges = options.IDBKeyRange;
    this.#channel = options.channel;
    this.#defer = options.defer ?? ((task) => task());
    this.#logger = options.logger ?? silentLogger;
    this.#connection = connection;
    this.#status = status;
    const limits = { ...defaultLimits, ...options.limits };
    this.#known = new KnownRows(limits.knownBytes);
    const drawn = options.random.bytes(12, `store:${options.name}`);
    this.#queue = new WriteQueue({
      instance: Array.from(drawn, (byte) => byte.toString(16).padStart(2, "0")).join(""),
      ranges: options.IDBKeyRange,
      limits,
      known: this.#known,
      use: (work) => connection.use(work),
      onBadRow: (key, error) => this.#onBadRow(JSON.stringify(key), error),
      onCommitted: ({ change, isStrict }) => {
        if (change === undefined) return;
        this.#onCommitted(change);
        // At the first that somebody relies on: browsers may show the question to the user.
        if (isStrict) void this.#status.askToPersist();
      },
    });
  }

  async write<Result>(write: Write<Result>): Promise<Result> {
    this.#assertOpen();
    return await this.#queue.write(write);
  }

  async get<Table extends TableName>(
    table: Table,
    keys: readonly KeyOf<Table>[],
    options: ReadOptions<KeyOf<Table>> = {},
  ): Promise<readonly (RowOf<Table> | undefined)[]> {
    this.#assertOpen();
    if (keys.length === 0) return [];
    if (!isKept(table)) {
      const fetched = await this.#read(storesToRead(table), (transaction) =>
        fetchByKeys(transaction, this.#ranges, { table, keys }),
      );
      return fetched.map((one) => one && decodeReadable(table, one, options));
    }
    const wanted = { tables: [{ table, keys }], lanes: [] };
    const { tables } = await this.#readKnowing(table, wanted);
    const rows = tables.get(table);
    return keys.map((key) => {
      const fetched = rows?.get(key);
      return fetched && decodeReadable(table, fetched, options);
    });
  }

  async lanes(
    keys: readonly LocalKey[],
    options: ReadOptions = {},
  ): Promise<readonly (readonly OutboxRow[])[]> {
    this.#assertOpen();
    if (keys.length === 0) return [];
    const { lanes } = await this.#readKnowing("outbox", { tables: [], lanes: keys });
    return keys.map((key) =>
      (lanes.get(key) ?? []).flatMap((one) => decodeReadable("outbox", one, options) ?? []),
    );
  }

  /** A row that cannot be read makes the scan reject, or is told: whoever goes through a table must not miss one. */
  async scan<Table extends "outbox" | "journal" | "history">(
    table: Table,
    { after, limit, newestFirst = false, ...options }: Scan,
  ): Promise<readonly RowOf<Table>[]> {
    assert(
      Number.isInteger(limit) && limit >= 1 && limit <= 1_000,
      `a scan reads 1 to 1,000 rows, not ${limit}`,
    );
    const range = after === undefined ? null : this.#rangeBehind(after, newestFirst);
    const fetched = await this.#read(storesToRead(table), async (transaction) => {
      const store = transaction.objectStore(table);
      const records = newestFirst
        ? await recordsDown(store, range, limit)
        : await resultOf(store.getAll(range, limit));
      return await this.#join(transaction, table, records);
    });
    const rows: readonly (RowOf<Table> | undefined)[] = fetched.map((one) =>
      decodeReadable<Table>(table, one, options as ReadOptions<KeyOf<Table>>),
    );
    return rows.filter((row) => row !== undefined);
  }

  #rangeBehind(after: number, newestFirst: boolean): IDBKeyRange {
    return newestFirst
      ? this.#ranges.upperBound(after, true)
      : this.#ranges.lowerBound(after, true);
  }

  async contents(options: ReadOptions<ContentName> = {}): Promise<readonly ContentRow[]> {
    const fetched = await this.#read(["contents", "parts"], async (transaction) => {
      const records = await resultOf(transaction.objectStore("contents").getAll());
      return await this.#join(transaction, "contents", records);
    });
    const rows = fetched.map((one) => decodeReadable("contents", one, options));
    return rows.filter((row) => row !== undefined);
  }

  async count(table: TableName): Promise<number> {
    return await this.#read([table], (transaction) =>
      resultOf(transaction.objectStore(table).count()),
    );
  }

  async find(query: FindQuery): Promise<readonly ObjectRow[]> {
    return await this.#use((database) => this.#finder(database, query).find());
  }

  async countFound(query: FindQuery): Promise<number> {
    return await this.#use((database) => this.#finder(database, query).count());
  }

  async subfolders(project: ProjectId, folder: string): Promise<readonly string[]> {
    return await this.#read(["objects"], (transaction) =>
      readSubfolders(transaction, this.#ranges, { project, folder }),
    );
  }

  async aliasesOf(ids: readonly ObjectId[]): Promise<readonly (AliasRow | undefined)[]> {
    const found = await this.#read(["aliases", "parts"], async (transaction) => {
      const index = transaction.objectStore("aliases").index(indexes.realId);
      const records = await resultsOf(ids.map((id) => index.get(id)));
      return await joinRecords(transaction, this.#ranges, {
        table: "aliases",
        records: records as (StoredRecord<unknown> | undefined)[],
      });
    });
    return found.map((one) => one && decodeFetched("aliases", one));
  }

  async changesSince(change: number): Promise<ChangesSince> {
    return await this.#read(["changes"], async (transaction) => {
      const changes = transaction.objectStore("changes");
      const [{ change: latest }, records] = await Promise.all([
        readNumbers(transaction),
        resultOf(changes.getAll(this.#ranges.lowerBound(change, true))),
      ]);
      const all = records as ChangeRecord[];
      // Every number from the one asked for to the latest must be there, else some are trimmed away.
      if (all.length !== latest - change) return { latest, changes: "unknown" };
      return { latest, changes: all.map(({ change, objects }) => ({ change, objects })) };
    });
  }

  async checkForChanges(): Promise<number> {
    const latest = await this.#use(readLatest);
    this.#hear(latest);
    return latest;
  }

  onCommit(listener: (notice: CommitNotice) => void): () => void {
    this.#assertOpen();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  status(): StorageStatus {
    return this.#status.current;
  }

  onStatus(listener: (status: StorageStatus) => void): () => void {
    this.#assertOpen();
    return this.#status.subscribe(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Whether a database that was opened again still holds what this store saw in it. */
  async inspect(database: IDBDatabase): Promise<Failure | undefined> {
    this.#known.forget();
    if ((await readLatest(database)) >= this.#heard) return undefined;
    const message =
      "The browser removed the data of this store (it was short of space, or someone cleared it). " +
      "What was not on the platform yet is lost. Reload this page to start anew.";
    return { code: "StorageFailed", message };
  }

  async #close(): Promise<void> {
    this.#unsubscribe();
    await this.#queue.idle();
    this.#tellOthers();
    await this.#checking;
    this.#connection.close();
    this.#listeners.clear();
  }

  async #use<Result>(work: (database: IDBDatabase) => Promise<Result>): Promise<Result> {
    this.#assertOpen();
    try {
      return await this.#connection.use(work);
    } catch (error) {
      throw toStorageFailure(error);
    }
  }

  #read<Result>(
    stores: readonly string[],
    read: (transaction: IDBTransaction) => Promise<Result>,
  ): Promise<Result> {
    return this.#use((database) => read(database.transaction(stores, "readonly")));
  }

  async #readKnowing(table: TableName, wanted: Wanted): Promise<Found> {
    const known = this.#known;
    const read = await this.#read([...storesToRead(table), "changes"], (transaction) =>
      readKnowing(transaction, this.#ranges, { wanted, known }),
    );
    return read.found;
  }

  #join(transaction: IDBTransaction, table: TableName, records: unknown[]): Promise<Fetched[]> {
    return joinRecords(transaction, this.#ranges, {
      table,
      records: records as StoredRecord<unknown>[],
    });
  }

  #finder(database: IDBDatabase, query: FindQuery): Finder {
    return new Finder(database, query, {
      ranges: this.#ranges,
      onBadRow: (key, error) => this.#onBadRow(JSON.stringify(key), error),
    });
  }

  #onBadRow(key: string, error: unknown): void {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    if (this.#badRows.has(key) || this.#badRows.size >= 1_000) return;
    this.#badRows.add(key);
    this.#logger.error(failure.message);
    this.#status.setBadRow(failure);
  }

  #onCommitted(change: CommittedChange): void {
    // Others may have committed since, and their broadcast is still on its way or lost.
    this.#hear(change.change - 1);
    this.#heard = change.change;
    this.#notify({ origin: "here", ...change });
    if (this.#channel === undefined || this.#isUntold) return;
    this.#isUntold = true;
    this.#defer(() => this.#tellOthers());
  }

  /** Of several commits the last is enough: what the others must look for is the number in the database. */
  #tellOthers(): void {
    if (!this.#isUntold) return;
    this.#isUntold = false;
    try {
      this.#channel?.post({ change: this.#heard });
    } catch (error) {
      // No more than a hint is lost: others hear of it at their next heartbeat.
      this.#logger.warn("A change could not be told to the other tabs.", { error });
    }
  }

  /** A message is no more than a hint, whoever posted it: what it says is read from the database. */
  #onMessage(message: unknown): void {
    const change = (message as { readonly change?: unknown } | null)?.change;
    if (change === this.#heard) return;
    this.#hints += 1;
    this.#checking ??= this.#followHints();
  }

  /** One look for all hints that came before it: the next is for those that came meanwhile. */
  async #followHints(): Promise<void> {
    for (let seen = 0; seen !== this.#hints && this.#closing === undefined; ) {
      seen = this.#hints;
      try {
        await this.checkForChanges();
      } catch (error) {
        if (failureOf(error)?.code === "StorageClosed") break;
        this.#logger.warn("A change elsewhere cannot be read; the next heartbeat tries again.", {
          error,
        });
      }
    }
    this.#checking = undefined;
  }

  #hear(latest: number): void {
    if (latest <= this.#heard) return;
    this.#heard = latest;
    this.#known.forget();
    this.#notify({ origin: "elsewhere", latest });
  }

  #notify(notice: CommitNotice): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(notice);
      } catch (error) {
        this.#logger.error("A commit listener threw.", { error });
      }
    }
  }

  #assertOpen(): void {
    if (this.#closing !== undefined) throw storeClosed();
  }
}

async function readLatest(database: IDBDatabase): Promise<number> {
  return (await readNumbers(database.transaction("changes", "readonly"))).change;
}
