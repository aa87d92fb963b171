import type { EpochMs, JsonObject } from "@holdfast/core";
import { optionalHash, optionalInteger } from "../input/fields.ts";

/** Inclusive at both ends (CS §5.1). */
export interface Range {
  readonly after: EpochMs;
  readonly before: EpochMs;
}

const always: Range = { after: Number.NEGATIVE_INFINITY, before: Number.POSITIVE_INFINITY };

export function asRange(input: JsonObject, key: "created" | "modified"): Range {
  const range = optionalHash(input, key);
  if (range === undefined) return always;
  return {
    after: optionalInteger(range, "after") ?? always.after,
    before: optionalInteger(range, "before") ?? always.before,
  };
}

export function isIn(range: Range, at: EpochMs): boolean {
  return at >= range.after && at <= range.before;
}
