import { type Failure, HoldfastError, type Logger } from "@holdfast/core";
import { openDatabase, releaseOf } from "./open-database.ts";
import { schemaVersion } from "./schema.ts";
import { isLostConnection, storeClosed, toStorageFailure } from "./storage-failure.ts";

export interface ConnectionOptions {
  readonly name: string;
  readonly indexedDB: IDBFactory;
  readonly logger: Logger;
  readonly signal?: AbortSignal | undefined;
  /** Do not make a database that is not there. */
  readonly mustExist?: boolean | undefined;
  /** Looks at a database that was opened again: a failure where it is not the one that was lost. */
  inspect(database: IDBDatabase): Promise<Failure | undefined>;
  /** What is wrong with the connection, undefined once nothing is. */
  onTrouble(trouble: Failure | undefined): void;
}

type State =
  | { readonly kind: "open"; readonly database: IDBDatabase }
  /** The browser closed it: the next use opens it again. */
  | { readonly kind: "lost" }
  | { readonly kind: "opening"; readonly database: Promise<IDBDatabase> }
  /** A newer release, or whoever removed the data, took the database. For good. */
  | { readonly kind: "given up"; readonly failure: Failure }
  | { readonly kind: "closed" };

/**
 * Supervises the connection to one database. What browsers do to open connections
 * (an upgrade or a deletion by another tab, a forced close, cleared data) ends up here, and nowhere else.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  #state: State = { kind: "lost" };

  private constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /**
   * @throws HoldfastError `NewerVersion` for a database of a newer release, `StorageFailed`, `StorageQuota`,
   * `StorageClosed` for one that must exist and does not; `signal.reason` when aborted first.
   */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const connection = new Connection(options);
    await connection.#open();
    return connection;
  }

  /**
   * Runs the work on the open database, and once more on a new connection where the first was lost under it.
   * @throws HoldfastError `StorageClosed`, `StorageQuota`, `StorageFailed`, `NewerVersion`, or what the work throws of ours.
   */
  async use<Result>(work: (database: IDBDatabase) => Promise<Result>): Promise<Result> {
    const database = await this.#database();
    try {
      return await work(database);
    } catch (error) {
      if (!isLostConnection(error)) throw error;
      this.#options.logger.warn("The database connection was lost; opening it again.", { error });
      this.#lose(database);
    }
    return await work(await this.#database());
  }

  close(): void {
    if (this.#state.kind === "open") this.#state.database.close();
    this.#state = { kind: "closed" };
  }

  async #database(): Promise<IDBDatabase> {
    switch (this.#state.kind) {
      case "open":
        return this.#state.database;
      case "opening":
        return this.#state.database;
      case "lost":
        return this.#reopen();
      case "given up":
        throw new HoldfastError(this.#state.failure);
      case "closed":
        throw storeClosed();
    }
  }

  #reopen(): Promise<IDBDatabase> {
    const database = this.#open(async (opened) => {
      const failure = await this.#options.inspect(opened);
      if (failure === undefined) return;
      this.#giveUp(failure);
      throw new HoldfastError(failure);
    });
    this.#state = { kind: "opening", database };
    return database;
  }

  async #open(inspect?: (database: IDBDatabase) => Promise<void>): Promise<IDBDatabase> {
    const { name, indexedDB, signal, mustExist = false } = this.#options;
    signal?.throwIfAborted();
    let isMissing = false;
    let database: IDBDatabase | undefined;
    try {
      database = await openDatabase({
        name,
        indexedDB,
        signal,
        onBlocked: () => this.#tellBlocked(),
        onVersionChange: (opened, newVersion) => {
          // Stepping aside at once: as long as this connection is open, the other one waits.
          this.#giveUp(stepAside(newVersion));
          opened.close();
        },
        mayMake: () => {
          isMissing = mustExist;
          return !mustExist;
        },
      });
      assertNotNewer(database);
      this.#superviseOpen(database);
      await inspect?.(database);
      signal?.throwIfAborted();
      this.#assertNotEnded();
      this.#state = { kind: "open", database };
      this.#options.onTrouble(undefined);
      return database;
    } catch (error) {
      database?.close();
      signal?.throwIfAborted();
      const failure = isMissing ? noSuchStore(name) : toStorageFailure(error);
      if (this.#state.kind === "opening" || this.#state.kind === "lost") {
        this.#state = { kind: "lost" };
        this.#options.onTrouble(failure.failure);
      }
      throw failure;
    }
  }

  #tellBlocked(): void {
    const { name, logger } = this.#options;
    const message = `Another tab still uses an older version of ${name}. Close it, or reload it, to go on.`;
    logger.warn(message);
    this.#options.onTrouble({ code: "StorageFailed", message });
  }

  #superviseOpen(database: IDBDatabase): void {
    database.addEventListener("close", () => {
      const message = "The browser closed the database. It is opened again at the next use.";
      this.#options.logger.warn(message);
      if (this.#lose(database)) this.#options.onTrouble({ code: "StorageFailed", message });
    });
  }

  /** Forgets this connection, unless it has been replaced already. */
  #lose(database: IDBDatabase): boolean {
    if (this.#state.kind !== "open" || this.#state.database !== database) return false;
    this.#state.database.close();
    this.#state = { kind: "lost" };
    return true;
  }

  #giveUp(failure: Failure): void {
    if (this.#state.kind === "closed") return;
    this.#options.logger.warn(failure.message);
    this.#state = { kind: "given up", failure };
    this.#options.onTrouble(failure);
  }

  /** The store may be closed, or the database taken, while it is being opened. */
  #assertNotEnded(): void {
    if (this.#state.kind === "closed") throw storeClosed();
    if (this.#state.kind === "given up") throw new HoldfastError(this.#state.failure);
  }
}

function stepAside(newVersion: number | null): Failure {
  // A removal raises the version within the release first.
  if (newVersion === null || releaseOf(newVersion) <= schemaVersion) {
    const message =
      "The data of this store was removed in another tab. Reload this page to start anew.";
    return { code: "StorageClosed", message };
  }
  const message = "A newer release took over the store in another tab. Reload this page to get it.";
  return { code: "NewerVersion", message, found: releaseOf(newVersion) };
}

function noSuchStore(name: string): HoldfastError {
  return new HoldfastError({ code: "StorageClosed", message: `There is no store ${name}.` });
}

/** What a newer release means by its tables, nobody here knows. */
function assertNotNewer(database: IDBDatabase): void {
  const found = releaseOf(database.version);
  if (found <= schemaVersion) return;
  const message = `The store ${database.name} was written by a newer release. Reload this page to get it.`;
  throw new HoldfastError({ code: "NewerVersion", message, found });
}
