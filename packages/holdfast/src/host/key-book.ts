import {
  fromLocalKey,
  isProvisionalId,
  type LocalKey,
  type Store,
  toLocalKey,
} from "@holdfast/core";

/** More are looked up again: a page edits fewer objects than that in a while. */
const maxRemembered = 10_000;

/**
 * Finds the key of an object where an app has written one by hand: `project/real id` of an object that was made here,
 * whose key has its provisional id for ever. Looks once for each, and for all of one task together.
 */
export class KeyBook {
  readonly #store: Pick<Store, "get" | "aliasesOf">;
  readonly #known = new Map<LocalKey, LocalKey>();
  readonly #asked = new Map<LocalKey, (key: LocalKey) => void>();
  readonly #pending = new Map<LocalKey, Promise<LocalKey>>();

  constructor(store: Pick<Store, "get" | "aliasesOf">) {
    this.#store = store;
  }

  /** At once where nothing needs to be looked up. What is not here keeps its key: whoever uses it says so. */
  resolve(key: LocalKey): LocalKey | Promise<LocalKey> {
    if (isProvisionalId(fromLocalKey(key).id)) return key;
    return this.#known.get(key) ?? this.#pending.get(key) ?? this.#ask(key);
  }

  #ask(key: LocalKey): Promise<LocalKey> {
    if (this.#asked.size === 0) queueMicrotask(() => void this.#look());
    const found = new Promise<LocalKey>((resolve) => this.#asked.set(key, resolve));
    this.#pending.set(key, found);
    return found;
  }

  async #look(): Promise<void> {
    const asked = new Map(this.#asked);
    this.#asked.clear();
    const keys = [...asked.keys()];
    let found: ReadonlyMap<LocalKey, LocalKey> = new Map();
    try {
      found = await this.#find(keys);
    } catch {
      // The write that follows meets the same trouble, and tells of it.
    }
    if (this.#known.size + found.size > maxRemembered) this.#known.clear();
    for (const [key, resolve] of asked) {
      const truth = found.get(key);
      if (truth !== undefined) this.#known.set(key, truth);
      this.#pending.delete(key);
      resolve(truth ?? key);
    }
  }

  async #find(keys: readonly LocalKey[]): Promise<ReadonlyMap<LocalKey, LocalKey>> {
    const found = new Map<LocalKey, LocalKey>();
    const rows = await this.#store.get("objects", keys);
    for (const row of rows) if (row !== undefined) found.set(row.key, row.key);
    const others = keys.filter((key) => !found.has(key));
    if (others.length === 0) return found;
    const aliases = await this.#store.aliasesOf(others.map((key) => fromLocalKey(key).id));
    others.forEach((key, index) => {
      const alias = aliases[index];
      if (alias?.project !== fromLocalKey(key).project) return;
      found.set(key, toLocalKey(alias.project, alias.local));
    });
    return found;
  }
}
