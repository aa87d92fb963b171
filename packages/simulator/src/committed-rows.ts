import type {
  AliasRow,
  Delete,
  HistoryRow,
  JournalRow,
  LeaseRow,
  ObjectRow,
  OutboxRow,
  Put,
  Store,
} from "@holdfast/core";
import type { Commit } from "./watched-store.ts";

/** What is on the device, kept beside it from the commits that were seen, so that it can be looked at at any instant. */
export class CommittedRows {
  readonly objects: Map<string, ObjectRow> = new Map();
  readonly outbox: Map<number, OutboxRow> = new Map();
  readonly journal: Map<number, JournalRow> = new Map();
  readonly history: Map<number, HistoryRow> = new Map();
  readonly aliases: Map<string, AliasRow> = new Map();
  lease: LeaseRow | undefined;

  apply({ puts, deletes }: Pick<Commit, "puts" | "deletes">): void {
    for (const one of deletes) this.#delete(one);
    for (const put of puts) this.#put(put);
  }

  /** Forgets everything and reads it again: what was not committed strictly may be lost. */
  async reload(store: Store): Promise<void> {
    const aliases = [...this.aliases.values()].map(({ local }) => local);
    const keys = [...this.objects.values()].map(({ key }) => key);
    for (const table of [this.objects, this.outbox, this.journal, this.history, this.aliases]) {
      table.clear();
    }
    const limit = 1_000;
    for (const row of await store.scan("outbox", { limit })) this.outbox.set(row.sequence, row);
    for (const row of await store.scan("journal", { limit })) this.journal.set(row.number, row);
    for (const row of await store.scan("history", { limit })) this.history.set(row.sequence, row);
    for (const row of await store.get("objects", keys)) if (row) this.objects.set(row.key, row);
    for (const row of await store.get("aliases", aliases))
      if (row) this.aliases.set(row.local, row);
    const [lease] = await store.get("meta", ["lease"]);
    this.lease = lease as LeaseRow | undefined;
  }

  laneOf(key: string): readonly OutboxRow[] {
    return [...this.outbox.values()]
      .filter(({ lane }) => lane === key)
      .sort((one, other) => one.sequence - other.sequence);
  }

  #put(put: Put): void {
    switch (put.table) {
      case "objects":
        this.objects.set(put.row.key, put.row);
        break;
      case "outbox":
        this.outbox.set(put.row.sequence, put.row);
        break;
      case "journal":
        this.journal.set(put.row.number, put.row);
        break;
      case "history":
        this.history.set(put.row.sequence, put.row);
        break;
      case "aliases":
        this.aliases.set(put.row.local, put.row);
        break;
      case "meta":
        if (put.row.name === "lease") this.lease = put.row;
        break;
      case "contents":
        break;
      default:
        put satisfies never;
    }
  }

  #delete({ table, key }: Delete): void {
    switch (table) {
      case "objects":
      case "aliases":
        this[table].delete(key);
        break;
      case "outbox":
      case "journal":
      case "history":
        this[table].delete(key);
        break;
      case "meta":
        if (key === "lease") this.lease = undefined;
        break;
      case "contents":
        break;
      default:
        table satisfies never;
    }
  }
}
