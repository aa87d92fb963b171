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
 * All samples in order. `before` is the last answer for the same sort: what was in order then needs hardly any
 * comparison now.
 */
export function arrange(
  samples: ReadonlyMap<string, Sample>,
  sort: Sort,
  before: readonly Sample[],
): readonly Sample[] {
  const arranged: Sample[] = [];
  const placed = new Set<string>();
  for (const { key } of before) {
    const sample = samples.get(key);
    if (sample === undefined) continue;
    arranged.push(sample);
    placed.add(key);
  }
  for (const [key, sample] of samples) if (!placed.has(key)) arranged.push(sample);
  return arranged.sort(comparison(sort));
}

export function select(arranged: readonly Sample[], predicate: Predicate): readonly Sample[] {
  return arranged.filter((sample) => predicate(sample));
}

function comparison(sort: Sort): (left: Sample, right: Sample) => number {
  const compare = comparisonOf(sort.field);
  const sign = sort.descending ? -1 : 1;
  return (left, right) =>
    sign * compare(left, right) ||
    collator.compare(left.name, right.name) ||
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
      return (left, right) => collator.compare(left.name, right.name);
    case "state":
      return (left, right) => left.state.localeCompare(right.state, "en");
    case "created":
      return (left, right) => left.created - right.created;
  }
}
