import type { LocalKey, ObjectDescription } from "@holdfast/core";

/** How a live result changed. */
export type Difference =
  | { readonly kind: "reset"; readonly rows: readonly ObjectDescription[] }
  | {
      readonly kind: "patch";
      /** Keys of the rows that are gone. */
      readonly removed: readonly LocalKey[];
      /**
       * Rows that are new, changed or moved, in rising order of `at`, their index in the new result. The others
       * keep their order between them.
       */
      readonly put: readonly { readonly at: number; readonly row: ObjectDescription }[];
    };

/** The result after the difference: a new array in which unchanged rows are the same objects. */
export function applyDifference(
  rows: readonly ObjectDescription[],
  difference: Difference,
): readonly ObjectDescription[] {
  if (difference.kind === "reset") return difference.rows;
  const { removed, put } = difference;
  const out = new Set<LocalKey>(removed);
  for (const { row } of put) out.add(row.key);
  const result: ObjectDescription[] = [];
  let next = 0;
  const fill = (): void => {
    for (let item = put[next]; item?.at === result.length; item = put[next]) {
      result.push(item.row);
      next += 1;
    }
  };
  for (const row of rows) {
    if (out.has(row.key)) continue;
    fill();
    result.push(row);
  }
  fill();
  return result;
}
