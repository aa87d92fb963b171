import { assert } from "../assert.ts";
import type { ContentRow } from "../content.ts";
import type { ObjectRow } from "../data-object.ts";
import { type Failure, HoldfastError } from "../failure.ts";
import type { LocalKey, ObjectId, ProjectId } from "../ids.ts";
import { isListed } from "../matching/is-listed.ts";
import { childOf, isWithin } from "../objects/folder-paths.ts";
import { compareRows, matches } from "../matching/match.ts";
import type { OutboxRow } from "../operation.ts";
import { type Logger, silentLogger } from "../ports.ts";
import type { FindQuery } from "../query.ts";
import type {
  AliasRow,
  ChangesSince,
  CommitNotice,
  KeyOf,
  MetaName,
  MetaRows,
  Reads,
  RowOf,
  Rows,
  Scan,
  StorageStatus,
  Store,
  Subtree,
  TableName,
  Write,
} from "../store.ts";
import { MemoryDatabase } from "./memory-database.ts";

export interface MemoryStoreOptions {
  /** Share one between stores to have several tabs, or one after the other to restart. Default: its own. */
  readonly database?: MemoryDatabase;
  /** False: this tab loses every broadcast, and learns of others only by `checkForChanges`. Default true. */
  readonly hearsBroadcasts?: boolean;
  /** Hears of listeners that throw. Default: silent. */
  readonly logger?: Logger;
}

/**
 * The `Store` port as plainly as it can be written: one commit per write, each in a microtask of its own. It
 * is the model the durable stores are compared with, and the store of tests that are about something else.
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  return new MemoryStore(options);
}

class MemoryStore implements Store {
  readonly #database: MemoryDatabase;
  readonly #logger: Logger;
  readonly #commitListeners = new Set<(notice: CommitNotice) => void>();
  readonly #endBroadcasts: () => void;
  #lastWrite: Promise<unknown> = Promise.resolve();
  #heard: number;
  #closed = false;

  constructor({
    database = new MemoryDatabase(),
    hearsBroadcasts = true,
    logger = silentLogger,
  }: MemoryStoreOptions) {
    this.#database = database;
    this.#logger = logger;
    this.#heard = database.change;
    this.#endBroadcasts = database.subscribe((latest, from) => {
      if (from !== this && hearsBroadcasts && !this.#closed) this.#hear(latest);
    });
  }

  async write<Result>(write: Write<Result>): Promise<Result> {
    this.#assertOpen();
    const done = this.#lastWrite.then(() => this.#commit(write));
    this.#lastWrite = done.catch(() => undefined);
    return done;
  }

  async get<Table extends TableName>(
    table: Table,
    keys: readonly KeyOf<Table>[],
  ): Promise<readonly (RowOf<Table> | undefined)[]> {
    this.#assertOpen();
    return keys.map((key) => this.#database.get(table, key));
  }

  async lanes(keys: readonly LocalKey[]): Promise<readonly (readonly OutboxRow[])[]> {
    this.#assertOpen();
    return keys.map((key) => laneOf(this.#database, key));
  }

  async scan<Table extends "outbox" | "journal" | "history">(
    table: Table,
    { after, limit, newestFirst = false }: Scan,
  ): Promise<readonly RowOf<Table>[]> {
    this.#assertOpen();
    assert(
      Number.isInteger(limit) && limit >= 1 && limit <= 1_000,
      `a scan reads 1 to 1,000 rows, not ${limit}`,
    );
    const isAfter = (row: RowOf<Table>): boolean => {
      if (after === undefined) return true;
      const key = "number" in row ? row.number : row.sequence;
      return newestFirst ? key < after : key > after;
    };
    const rows = this.#database.rows(table, isAfter);
    return (newestFirst ? rows.reverse() : rows).slice(0, limit);
  }

  async contents(): Promise<readonly ContentRow[]> {
    this.#assertOpen();
    return this.#database.rows("contents");
  }

  async count(table: TableName): Promise<number> {
    this.#assertOpen();
    return this.#database.rows(table).length;
  }

  async find(query: FindQuery): Promise<readonly ObjectRow[]> {
    this.#assertOpen();
    const { offset = 0, limit = 1_000 } = query;
    return this.#found(query)
      .sort(compareRows(query))
      .slice(offset, offset + limit);
  }

  async countFound(query: FindQuery): Promise<number> {
    this.#assertOpen();
    return this.#found(query).length;
  }

  async subfolders(project: ProjectId, folder: string): Promise<readonly string[]> {
    this.#assertOpen();
    const below = within(this.#database, project, folder)
      .map(({ view }) => childOf(folder, view.folder))
      .filter((child) => child !== undefined);
    return [...new Set(below)].sort();
  }

  async aliasesOf(ids: readonly ObjectId[]): Promise<readonly (AliasRow | undefined)[]> {
    this.#assertOpen();
    const aliases = this.#database.rows("aliases");
    return ids.map((id) => aliases.find((alias) => alias.id === id));
  }

  async changesSince(change: number): Promise<ChangesSince> {
    this.#assertOpen();
    const { change: latest, changes } = this.#database;
    const first = changes[0]?.change ?? latest + 1;
    if (change > latest || change + 1 < first) return { latest, changes: "unknown" };
    return { latest, changes: changes.filter((one) => one.change > change) };
  }

  async checkForChanges(): Promise<number> {
    this.#assertOpen();
    this.#hear(this.#database.change);
    return this.#database.change;
  }

  onCommit(listener: (notice: CommitNotice) => void): () => void {
    this.#assertOpen();
    this.#commitListeners.add(listener);
    return () => {
      this.#commitListeners.delete(listener);
    };
  }

  status(): StorageStatus {
    return { mode: "memory" };
  }

  onStatus(): () => void {
    this.#assertOpen();
    return () => {};
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#lastWrite;
    this.#endBroadcasts();
    this.#commitListeners.clear();
  }

  #commit<Result>(write: Write<Result>): Result {
    const database = this.#database;
    const epoch = (database.get("meta", "lease") as MetaRows["lease"] | undefined)?.epoch ?? 0;
    if (write.fence !== undefined && write.fence !== epoch)
      throw new HoldfastError(fenced(write.fence, epoch));
    let sequence = database.sequence;
    const decision = write.decide(rowsOf(database, write.reads, () => ++sequence));
    if ("failure" in decision) throw new HoldfastError(decision.failure);
    const { puts = [], deletes = [], result } = decision;
    if (puts.length > 0 || deletes.length > 0 || sequence > database.sequence) {
      const commit = database.commit({ puts, deletes, sequence, durability: write.durability });
      if (commit !== undefined) {
        // Others may have committed since, and their broadcast is still on its way or lost.
        this.#hear(commit.change - 1);
        this.#heard = commit.change;
        this.#notify({ origin: "here", ...commit });
        database.broadcast(commit.change, this);
      }
    }
    return result;
  }

  #found(query: FindQuery): ObjectRow[] {
    return this.#database.rows("objects", (row) => matches(query, row));
  }

  #hear(latest: number): void {
    if (latest <= this.#heard) return;
    this.#heard = latest;
    this.#notify({ origin: "elsewhere", latest });
  }

  #notify(notice: CommitNotice): void {
    for (const listener of [...this.#commitListeners]) {
      try {
        listener(notice);
      } catch (error) {
        this.#logger.error("A commit listener threw.", { error });
      }
    }
  }

  #assertOpen(): void {
    if (this.#closed) {
      throw new HoldfastError({
        code: "StorageClosed",
        message: "The store is closed. Open it again.",
      });
    }
  }
}

function laneOf(database: MemoryDatabase, key: LocalKey): readonly OutboxRow[] {
  return database.rows("outbox", (row) => row.lane === key);
}

function rowsOf(database: MemoryDatabase, reads: Reads, nextSequence: () => number): Rows {
  return {
    object: (key) => {
      assertNamed(reads.objects, key);
      return database.get("objects", key);
    },
    lane: (key) => {
      assertNamed(reads.lanes, key);
      return laneOf(database, key);
    },
    outbox: (sequence) => {
      assertNamed(reads.outbox, sequence);
      return database.get("outbox", sequence);
    },
    journal: (number) => {
      assertNamed(reads.journal, number);
      return database.get("journal", number);
    },
    alias: (local) => {
      assertNamed(reads.aliases, local);
      return database.get("aliases", local);
    },
    content: (name) => {
      assertNamed(reads.contents, name);
      return database.get("contents", name);
    },
    meta: <Name extends MetaName>(name: Name) => {
      assertNamed(reads.meta, name);
      return database.get("meta", name) as MetaRows[Name] | undefined;
    },
    within: (subtree) => {
      assertNamed(reads.subtrees?.map(toName), toName(subtree));
      const { project, folder, limit = Number.POSITIVE_INFINITY } = subtree;
      return within(database, project, folder).slice(0, limit);
    },
    relocated: (project) => {
      assertNamed(reads.relocated, project);
      return database.rows(
        "objects",
        (row) => row.project === project && row.relocations !== undefined,
      );
    },
    nextSequence,
  };
}

function toName({ project, folder, limit }: Subtree): string {
  return `${project}:${folder} (${limit ?? "all"})`;
}

function within(database: MemoryDatabase, project: ProjectId, folder: string): ObjectRow[] {
  return database.rows(
    "objects",
    (row) => isListed(row) && row.project === project && isWithin(row.view.folder, folder),
  );
}

function assertNamed<Key>(named: readonly Key[] | undefined, key: Key): void {
  assert(
    named?.includes(key) === true,
    `the write reads ${String(key)}, which its reads do not name`,
  );
}

function fenced(fence: number, epoch: number): Failure {
  return {
    code: "Fenced",
    message: `Epoch ${fence} has been replaced by ${epoch}: this sender must step down.`,
    epoch,
  };
}
