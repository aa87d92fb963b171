import type { Predicate } from "./filter.ts";
import type { Sample } from "./sample.ts";

export type SortField = "name" | "state" | "created" | { readonly property: string };

export interface Sort {
  readonly field: SortField;
  readonly descending: boolean;
}

/** By name and not by time of change: a list that is being confirmed must not move under the hand. */
export const firstSort: Sort = { field: "name", descending: false };

/** "S-2" stands before "S-10". */
const collator = new Intl.Collator("en", { numeric: true });

export function equalFields(left: SortField, right: SortField): boolean {
  return typeof left === "object" && typeof right === "object"
    ? left.property === right.property
    : left === right;
}

/** A second click on a heading turns the order round. */
export function toggledSort(sort: Sort, field: SortField): Sort {
  return { field, descending: equalFields(sort.field, field) ? !sort.descending : false };
}

/**
 * All samples in order. `before` is the last answer for the same sort: what stands in it with the same value stays
 * where it is, so that only what came or moved is compared.
 */
export function arrange(
  samples: ReadonlyMap<string, Sample>,
  sort: Sort,
  before: readonly Sample[],
): readonly Sample[] {
  const compare = comparison(sort);
  const staying: Sample[] = [];
  const moving = new Map(samples);
  for (const earlier of before) {
    const sample = samples.get(earlier.key);
    if (sample === undefined || !isSameIn(sort.field, earlier, sample)) continue;
    staying.push(sample);
    moving.delete(earlier.key);
  }
  return merged(staying, [...moving.values()].sort(compare), compare);
}

function isSameIn(field: SortField, left: Sample, right: Sample): boolean {
  return (
    left === right || (left.name === right.name && valueIn(field, left) === valueIn(field, right))
  );
}

function valueIn(field: SortField, sample: Sample): string | number | undefined {
  return typeof field === "object" ? sample.properties[field.property] : sample[field];
}

/** Each of the few is looked up among the many by halves, and what stands between is taken over as it is. */
function merged(
  many: readonly Sample[],
  few: readonly Sample[],
  compare: (left: Sample, right: Sample) => number,
): readonly Sample[] {
  if (few.length === 0) return many;
  const result: Sample[] = [];
  let from = 0;
  for (const sample of few) {
    let low = from;
    let high = many.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = many[middle];
      if (other !== undefined && compare(other, sample) <= 0) low = middle + 1;
      else high = middle;
    }
    for (; from < low; from += 1) {
      const other = many[from];
      if (other !== undefined) result.push(other);
    }
    result.push(sample);
  }
  return [...result, ...many.slice(from)];
}

export function select(arranged: readonly Sample[], predicate: Predicate): readonly Sample[] {
  return arranged.filter((sample) => predicate(sample));
}

function comparison(sort: Sort): (left: Sample, right: Sample) => number {
  const compare = comparisonOf(sort.field);
  const sign = sort.descending ? -1 : 1;
  return (left, right) =>
    sign * compare(left, right) ||
    (left.name === right.name ? 0 : collator.compare(left.name, right.name)) ||
    (left.key < right.key ? -1 : Number(left.key > right.key));
}

function comparisonOf(field: SortField): (left: Sample, right: Sample) => number {
  if (typeof field === "object") {
    const key = field.property;
    return (left, right) => {
      const one = left.properties[key];
      const other = right.properties[key];
      if (one === other) return 0;
      // What has no value stands at the end.
      if (one === undefined) return 1;
      return other === undefined ? -1 : collator.compare(one, other);
    };
  }
  switch (field) {
    case "name":
      return (left, right) =>
        left.name === right.name ? 0 : collator.compare(left.name, right.name);
    case "state":
      return (left, right) => left.state.localeCompare(right.state, "en");
    case "created":
      return (left, right) => left.created - right.created;
  }
}
