type Compare<Item> = (left: Item, right: Item) => number;

const chunkLimit = 128;

/**
 * A sorted list in chunks: an insert or a removal moves at most one chunk, so 100,000 objects that all change their
 * `modified` cost little each. An item is found by its place in the order, so take it out before it changes.
 */
export class SortedChunks<Item> {
  readonly #compare: Compare<Item>;
  readonly #chunks: Item[][] = [];
  #size = 0;

  constructor(compare: Compare<Item>) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  add(item: Item): void {
    this.#size += 1;
    const index = Math.min(this.#chunkOf(item), this.#chunks.length - 1);
    const chunk = this.#chunks[index];
    if (chunk === undefined) {
      this.#chunks.push([item]);
      return;
    }
    chunk.splice(this.#placeIn(chunk, item), 0, item);
    if (chunk.length > chunkLimit) {
      this.#chunks.splice(index + 1, 0, chunk.splice(chunkLimit / 2));
    }
  }

  /** False where no item is equal in order. */
  remove(item: Item): boolean {
    const index = this.#chunkOf(item);
    const chunk = this.#chunks[index];
    if (chunk === undefined) return false;
    const place = this.#placeIn(chunk, item);
    const found = chunk[place];
    if (found === undefined || this.#compare(found, item) !== 0) return false;
    chunk.splice(place, 1);
    if (chunk.length === 0) this.#chunks.splice(index, 1);
    this.#size -= 1;
    return true;
  }

  get first(): Item | undefined {
    return this.#chunks[0]?.[0];
  }

  /**
   * From the first item that does not come before `start`, in runs: to step into a generator for each of 100,000
   * items would cost more than to look at them.
   */
  *from(start: Item): Generator<readonly Item[]> {
    const index = this.#chunkOf(start);
    const chunk = this.#chunks[index];
    if (chunk === undefined) return;
    yield chunk.slice(this.#placeIn(chunk, start));
    for (let next = index + 1; next < this.#chunks.length; next++) {
      yield this.#chunks[next] as Item[];
    }
  }

  /** The first chunk whose last item does not come before the item; the number of chunks where there is none. */
  #chunkOf(item: Item): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = this.#chunks[middle]?.at(-1) as Item;
      if (this.#compare(last, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #placeIn(chunk: readonly Item[], item: Item): number {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(chunk[middle] as Item, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
