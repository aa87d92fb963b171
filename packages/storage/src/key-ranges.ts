import { assert } from "@holdfast/core";

/** The injected `IDBKeyRange`, as far as it is used. */
export type KeyRanges = Pick<typeof IDBKeyRange, "bound" | "only" | "lowerBound" | "upperBound">;

/** From the least to the greatest of the keys, of which there is one. */
export function rangeOf(keys: readonly (number | string)[], ranges: KeyRanges): IDBKeyRange {
  const [first] = keys;
  assert(first !== undefined, "a range has a key");
  let [least, most] = [first, first];
  for (const key of keys) {
    if (key < least) least = key;
    if (key > most) most = key;
  }
  return ranges.bound(least, most);
}
