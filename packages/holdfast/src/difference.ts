import type { LocalKey } from "@holdfast/core";
import type { ObjectDescription } from "./object-description.ts";

/** How a live result changed. */
export type Difference =
  | { readonly kind: "reset"; readonly rows: readonly ObjectDescription[] }
  | {
      readonly kind: "patch";
      /** Taken out first, by key. A row that moved is removed here and put again below. */
      readonly removed: readonly LocalKey[];
      /** Then put, in rising order of `at`, its index in the new result; one that was there is replaced. */
      readonly put: readonly { readonly at: number; readonly row: ObjectDescription }[];
    };
