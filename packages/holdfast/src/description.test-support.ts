import { describeRow, type ObjectDescription } from "@holdfast/core";
import { sampleObject } from "@holdfast/core/testing";

/** The description of record `n` of a test, by that name. */
export function sampleDescription(n: number, name = `sample ${n}`): ObjectDescription {
  return describeRow(sampleObject(n, { name }), () => undefined);
}
