import type { EpochMs } from "@holdfast/core";
import { type Copy, edgesOf } from "./data-object.ts";
import { MultiIndex } from "./multi-index.ts";
import { SortedChunks } from "./sorted-chunks.ts";

/** Newest `modified` first; or by `created`, which needs to be asked for. Ties by id, ascending (CS §5.2). */
export type SearchOrder = "modified" | "createdAscending" | "createdDescending";

/** The place of a copy in the orders of a search: its own, or the last that a removed one had. */
export interface SortKey {
  readonly id: string;
  readonly modified: EpochMs;
  readonly created: EpochMs;
}

/** A copy in its place; none at a place that is only looked for. */
export interface Entry extends SortKey {
  readonly copy: Copy | undefined;
}

/** The copies of one container, by everything that a search can ask for without looking at each of them. */
export class ObjectIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #lists: Readonly<Record<SearchOrder, SortedChunks<Entry>>> = {
    modified: listIn("modified"),
    createdAscending: listIn("createdAscending"),
    createdDescending: listIn("createdDescending"),
  };
  readonly #byName = new MultiIndex<Copy>();
  readonly #byFolder = new MultiIndex<Copy>();
  readonly #byProperty = new MultiIndex<Copy>();
  readonly #byPropertyKey = new MultiIndex<Copy>();
  readonly #byType = new MultiIndex<Copy>();
  readonly #byTag = new MultiIndex<Copy>();
  readonly #byEdge = new MultiIndex<Copy>();

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): Copy | undefined {
    return this.#entries.get(id)?.copy;
  }

  all(): readonly Copy[] {
    return [...this.#entries.values()].flatMap(({ copy }) => (copy === undefined ? [] : [copy]));
  }

  add(copy: Copy): void {
    const { id, created } = copy.object;
    const entry: Entry = { copy, id, created, modified: copy.modified };
    this.#entries.set(id, entry);
    for (const list of Object.values(this.#lists)) list.add(entry);
    this.#eachKey(copy, (index, key) => index.add(key, copy));
  }

  /** Takes the copy out as it is now: before it changes. */
  remove(copy: Copy): void {
    const entry = this.#entries.get(copy.object.id);
    if (entry === undefined) return;
    this.#entries.delete(entry.id);
    for (const list of Object.values(this.#lists)) list.remove(entry);
    this.#eachKey(copy, (index, key) => index.remove(key, copy));
  }

  /** In the order of a search, from a place in that order on, in runs. */
  ordered(order: SearchOrder, from: SortKey): Generator<readonly Entry[]> {
    return this.#lists[order].from({ ...from, copy: undefined });
  }

  named(name: string): ReadonlySet<Copy> {
    return this.#byName.get(name);
  }

  inFolder(folder: string): ReadonlySet<Copy> {
    return this.#byFolder.get(folder);
  }

  withProperty(key: string, value?: string): ReadonlySet<Copy> {
    return value === undefined
      ? this.#byPropertyKey.get(key)
      : this.#byProperty.get(propertyEntry(key, value));
  }

  withType(type: string): ReadonlySet<Copy> {
    return this.#byType.get(type);
  }

  withTag(tag: string): ReadonlySet<Copy> {
    return this.#byTag.get(tag);
  }

  /** What links to it or bundles it. */
  leadingTo(id: string): ReadonlySet<Copy> {
    return this.#byEdge.get(id);
  }

  #eachKey(copy: Copy, visit: (index: MultiIndex<Copy>, key: string) => void): void {
    visit(this.#byName, copy.name);
    visit(this.#byFolder, copy.folder);
    for (const [key, value] of copy.properties) {
      visit(this.#byPropertyKey, key);
      visit(this.#byProperty, propertyEntry(key, value));
    }
    for (const type of copy.object.types) visit(this.#byType, type);
    for (const tag of copy.tags) visit(this.#byTag, tag);
    for (const id of edgesOf(copy.object)) visit(this.#byEdge, id);
  }
}

export function compareInOrder(order: SearchOrder, left: SortKey, right: SortKey): number {
  switch (order) {
    case "modified":
      return right.modified - left.modified || compareIds(left, right);
    case "createdAscending":
      return left.created - right.created || compareIds(left, right);
    case "createdDescending":
      return right.created - left.created || compareIds(left, right);
  }
}

export function sortKeyOf(copy: Copy): SortKey {
  return { id: copy.object.id, modified: copy.modified, created: copy.object.created };
}

function listIn(order: SearchOrder): SortedChunks<Entry> {
  return new SortedChunks((left, right) => compareInOrder(order, left, right));
}

function compareIds(left: SortKey, right: SortKey): number {
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}

function propertyEntry(key: string, value: string): string {
  return JSON.stringify([key, value]);
}
