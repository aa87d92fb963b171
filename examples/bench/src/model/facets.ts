import type { Sample } from "./sample.ts";

export interface Facet {
  readonly value: string;
  readonly count: number;
}

export interface PropertyFacet {
  readonly key: string;
  /** How many samples have it. */
  readonly count: number;
  /** The most frequent first; none where nearly every sample has a value of its own. */
  readonly values: readonly Facet[];
}

/** What there is to filter by. */
export interface Facets {
  readonly states: readonly Facet[];
  readonly types: readonly Facet[];
  readonly tags: readonly Facet[];
  readonly properties: readonly PropertyFacet[];
}

/** A menu of more values than these helps nobody: the search does. */
const maxValues = 100;

export function facetsOf(samples: Iterable<Sample>): Facets {
  const states = new Map<string, number>();
  const types = new Map<string, number>();
  const tags = new Map<string, number>();
  const properties = new Map<string, Map<string, number>>();
  for (const sample of samples) {
    count(states, sample.state);
    for (const type of sample.types) count(types, type);
    for (const tag of sample.tags) count(tags, tag);
    for (const [key, value] of Object.entries(sample.properties)) {
      const values = properties.get(key) ?? new Map<string, number>();
      properties.set(key, values);
      count(values, value);
    }
  }
  return {
    states: ranked(states),
    types: ranked(types),
    tags: ranked(tags).slice(0, maxValues),
    properties: [...properties].map(([key, values]) => toPropertyFacet(key, values)).sort(byCount),
  };
}

function toPropertyFacet(key: string, values: ReadonlyMap<string, number>): PropertyFacet {
  const total = [...values.values()].reduce((sum, one) => sum + one, 0);
  return { key, count: total, values: values.size > maxValues ? [] : ranked(values) };
}

function count(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

function ranked(counts: ReadonlyMap<string, number>): Facet[] {
  return [...counts].map(([value, total]) => ({ value, count: total })).sort(byCount);
}

/** The sort is stable: what is equally frequent stays in the order in which it was met. */
function byCount(left: { readonly count: number }, right: { readonly count: number }): number {
  return right.count - left.count;
}
