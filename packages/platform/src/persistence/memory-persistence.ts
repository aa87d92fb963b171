import { type RowName, type WorldTable, worldTables } from "../world/unsaved-rows.ts";
import type { Persistence, RowWrite, SavedRows } from "./persistence.ts";

/** Keeps rows as JSON text in this process: a platform opened again on the same one goes on where the last ended. */
export class MemoryPersistence implements Persistence {
  #tables: ReadonlyMap<WorldTable, Map<string, string>> | undefined;

  load(): Promise<SavedRows | undefined> {
    const tables = this.#tables;
    if (tables === undefined) return Promise.resolve(undefined);
    const rows = worldTables.map((table) => [
      table,
      [...(tables.get(table)?.values() ?? [])].map((text) => JSON.parse(text) as object),
    ]);
    return Promise.resolve(Object.fromEntries(rows) as SavedRows);
  }

  commit(writes: readonly RowWrite[]): Promise<void> {
    this.#tables ??= new Map(worldTables.map((table) => [table, new Map<string, string>()]));
    for (const { table, key, value } of writes) {
      const rows = this.#tables.get(table);
      if (value === undefined) rows?.delete(key);
      else rows?.set(key, JSON.stringify(value));
    }
    return Promise.resolve();
  }

  replace(writes: readonly RowWrite[]): Promise<void> {
    this.#tables = undefined;
    return this.commit(writes);
  }

  close(): void {}

  /** The names of what is kept: what a test of the persistence looks at. */
  names(): readonly RowName[] {
    return [...(this.#tables ?? [])].flatMap(([table, rows]) =>
      [...rows.keys()].map((key) => ({ table, key })),
    );
  }
}
