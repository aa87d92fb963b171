/** Key → the items that have it. A key without items takes no room. */
export class MultiIndex<Item> {
  readonly #items = new Map<string, Set<Item>>();

  add(key: string, item: Item): void {
    const items = this.#items.get(key);
    if (items === undefined) this.#items.set(key, new Set([item]));
    else items.add(item);
  }

  remove(key: string, item: Item): void {
    const items = this.#items.get(key);
    if (items === undefined) return;
    items.delete(item);
    if (items.size === 0) this.#items.delete(key);
  }

  get(key: string): ReadonlySet<Item> {
    return this.#items.get(key) ?? (none as ReadonlySet<Item>);
  }
}

const none: ReadonlySet<never> = new Set();
