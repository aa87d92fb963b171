import {
  type ContentName,
  describeProject,
  describeRow,
  type ObjectDescription,
  type ObjectId,
  type ObjectRow,
  type ProjectDescription,
  type ProvisionalId,
  referencesOfRow,
  sizeOfParts,
  type Store,
} from "@holdfast/core";

/** Rows as the app sees them: ids made here are replaced by real ones as far as these are known (design §4.8). */
export class Describer {
  readonly #store: Pick<Store, "get">;

  constructor(store: Pick<Store, "get">) {
    this.#store = store;
  }

  async describe(rows: readonly ObjectRow[]): Promise<readonly ObjectDescription[]> {
    const ids = new Set<ProvisionalId>();
    for (const row of rows) for (const id of referencesOfRow(row)) ids.add(id);
    const [real, sizes] = await Promise.all([this.realIds([...ids]), this.#sizesOf(rows)]);
    return rows.map((row) =>
      describeRow(
        row,
        (id) => real.get(id),
        (content) => sizes.get(content),
      ),
    );
  }

  /** None of a content whose row cannot be read: the file can still be described. */
  async #sizesOf(rows: readonly ObjectRow[]): Promise<ReadonlyMap<ContentName, number>> {
    const names = rows.flatMap(({ content }) => content ?? []);
    if (names.length === 0) return new Map();
    const contents = await this.#store.get("contents", names, { onDamaged: () => {} });
    return new Map(
      contents.flatMap((row) => (row === undefined ? [] : [[row.name, sizeOfParts(row.parts)]])),
    );
  }

  async describeProject(row: ObjectRow): Promise<ProjectDescription> {
    const real = await this.realIds(referencesOfRow(row));
    return describeProject(row, (id) => real.get(id));
  }

  async realIds(ids: readonly ProvisionalId[]): Promise<ReadonlyMap<ProvisionalId, ObjectId>> {
    const real = new Map<ProvisionalId, ObjectId>();
    if (ids.length === 0) return real;
    const aliases = await this.#store.get("aliases", ids);
    for (const alias of aliases) if (alias !== undefined) real.set(alias.local, alias.id);
    return real;
  }
}
