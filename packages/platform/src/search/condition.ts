import { isJsonObject, type Json } from "@holdfast/core";
import { invalidInput } from "../api-error.ts";

/** `$and` and `$or` around leaves of one kind. */
export type Condition<Leaf> =
  | { readonly op: "is"; readonly leaf: Leaf }
  | { readonly op: "and" | "or"; readonly parts: readonly Condition<Leaf>[] };

/** A string, or `{$and: […]}` or `{$or: […]}` of such, nestable (CS §5.1). */
export function asTextCondition(value: Json, what: string): Condition<string> {
  if (typeof value === "string") return { op: "is", leaf: value };
  const [entry, ...others] = isJsonObject(value) ? Object.entries(value) : [];
  const op = operators.get(entry?.[0] ?? "");
  const parts = entry?.[1];
  if (op === undefined || others.length > 0 || !Array.isArray(parts)) {
    throw invalidInput(`expected ${what} to be a string, or a hash with one key "$and" or "$or"`);
  }
  return { op, parts: parts.map((part: Json) => asTextCondition(part, what)) };
}

export function holds<Leaf>(condition: Condition<Leaf>, test: (leaf: Leaf) => boolean): boolean {
  switch (condition.op) {
    case "is":
      return test(condition.leaf);
    case "and":
      return condition.parts.every((part) => holds(part, test));
    case "or":
      return condition.parts.some((part) => holds(part, test));
  }
}

/**
 * A set that holds everything the condition can be true for, put together from the sets of its leaves; undefined
 * where a leaf has none, so that only looking at everything would do.
 */
export function candidatesOf<Leaf, Item>(
  condition: Condition<Leaf>,
  setOf: (leaf: Leaf) => ReadonlySet<Item> | undefined,
): ReadonlySet<Item> | undefined {
  if (condition.op === "is") return setOf(condition.leaf);
  const sets = condition.parts.map((part) => candidatesOf(part, setOf));
  if (condition.op === "and") return smallest(sets);
  const known = sets.filter((set) => set !== undefined);
  return known.length === sets.length ? new Set(known.flatMap((set) => [...set])) : undefined;
}

export function smallest<Item>(
  sets: readonly (ReadonlySet<Item> | undefined)[],
): ReadonlySet<Item> | undefined {
  let found: ReadonlySet<Item> | undefined;
  for (const set of sets) {
    if (set !== undefined && (found === undefined || set.size < found.size)) found = set;
  }
  return found;
}

export const operators: ReadonlyMap<string, "and" | "or"> = new Map([
  ["$and", "and"],
  ["$or", "or"],
]);
