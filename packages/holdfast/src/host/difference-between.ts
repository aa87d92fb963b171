import type { LocalKey, ObjectDescription } from "@holdfast/core";
import type { Difference } from "../difference.ts";

/** What leads from one result to the next, undefined where nothing does. Unchanged rows are the same objects in both. */
export function differenceBetween(
  before: readonly ObjectDescription[],
  after: readonly ObjectDescription[],
): Difference | undefined {
  const places = new Map<LocalKey, number>();
  before.forEach(({ key }, index) => places.set(key, index));
  const put: { readonly at: number; readonly row: ObjectDescription }[] = [];
  let reached = -1;
  after.forEach((row, at) => {
    const place = places.get(row.key);
    places.delete(row.key);
    // A row before one that is kept already has moved.
    if (place !== undefined && before[place] === row && place > reached) reached = place;
    else put.push({ at, row });
  });
  const removed = [...places.keys()];
  return put.length + removed.length === 0 ? undefined : { kind: "patch", removed, put };
}
