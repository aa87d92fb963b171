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

/** Counts what it is shown, and from then on only what changes. */
export interface FacetCounter {
  readonly count: (samples: ReadonlyMap<string, Sample>) => Facets;
}

export function createFacetCounter(): FacetCounter {
  const counts: Counts = {
    states: new Map(),
    types: new Map(),
    tags: new Map(),
    properties: new Map(),
  };
  let before: ReadonlyMap<string, Sample> = new Map();
  return {
    count(samples) {
      for (const [key, sample] of before) {
        if (samples.get(key) !== sample) add(counts, sample, -1);
      }
      for (const [key, sample] of samples) {
        if (before.get(key) !== sample) add(counts, sample, 1);
      }
      before = samples;
      return toFacets(counts);
    },
  };
}

interface Counts {
  readonly states: Map<string, number>;
  readonly types: Map<string, number>;
  readonly tags: Map<string, number>;
  readonly properties: Map<string, Map<string, number>>;
}

function add(counts: Counts, sample: Sample, by: 1 | -1): void {
  addTo(counts.states, sample.state, by);
  for (const type of sample.types) addTo(counts.types, type, by);
  for (const tag of sample.tags) addTo(counts.tags, tag, by);
  for (const [key, value] of Object.entries(sample.properties)) {
    const values = counts.properties.get(key) ?? new Map<string, number>();
    addTo(values, value, by);
    if (values.size > 0) counts.properties.set(key, values);
    else counts.properties.delete(key);
  }
}

function addTo(counts: Map<string, number>, value: string, by: number): void {
  const count = (counts.get(value) ?? 0) + by;
  if (count > 0) counts.set(value, count);
  else counts.delete(value);
}

function toFacets({ states, types, tags, properties }: Counts): Facets {
  return {
    states: ranked(states),
    types: ranked(types),
    tags: ranked(tags).slice(0, maxValues),
    properties: inSteadyOrder([...properties].map(([key, values]) => toPropertyFacet(key, values))),
  };
}

function toPropertyFacet(key: string, values: ReadonlyMap<string, number>): PropertyFacet {
  const total = [...values.values()].reduce((sum, one) => sum + one, 0);
  return { key, count: total, values: values.size > maxValues ? [] : ranked(values) };
}

function ranked(counts: ReadonlyMap<string, number>): Facet[] {
  return [...counts].map(([value, total]) => ({ value, count: total })).sort(byCount);
}

/**
 * What at least half as many have as the most frequent comes first, and otherwise what was met first: columns must
 * not change places when one sample changes.
 */
function inSteadyOrder(facets: readonly PropertyFacet[]): readonly PropertyFacet[] {
  const most = facets.reduce((highest, facet) => Math.max(highest, facet.count), 0);
  const isCommon = (facet: PropertyFacet): boolean => facet.count * 2 >= most;
  return [...facets.filter(isCommon), ...facets.filter((facet) => !isCommon(facet))];
}

/** What is equally frequent is in the order of the alphabet, so that no menu changes while one looks at it. */
function byCount(left: Facet, right: Facet): number {
  return right.count - left.count || (left.value < right.value ? -1 : 1);
}
