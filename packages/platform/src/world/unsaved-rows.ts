/** The tables of a saved world. */
export type WorldTable =
  | "meta"
  | "users"
  | "projects"
  | "objects"
  | "parts"
  | "removed"
  | "past"
  | "nonces"
  | "effects";

export const worldTables: readonly WorldTable[] = [
  "meta",
  "users",
  "projects",
  "objects",
  "parts",
  "removed",
  "past",
  "nonces",
  "effects",
];

export interface RowName {
  readonly table: WorldTable;
  readonly key: string;
}

/** The rows that have changed since they were last taken. What they hold is read when they are saved. */
export class UnsavedRows {
  readonly #names = new Map<string, RowName>();

  get size(): number {
    return this.#names.size;
  }

  add(table: WorldTable, key: string): void {
    const name = `${table} ${key}`;
    if (!this.#names.has(name)) this.#names.set(name, { table, key });
  }

  take(): readonly RowName[] {
    const names = [...this.#names.values()];
    this.#names.clear();
    return names;
  }
}
