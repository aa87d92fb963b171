import type { BulkResult } from "./edit-samples.ts";
import { number, plural } from "./format.ts";
import type { ImportResult } from "./import-samples.ts";
import type { Notice } from "./notices.ts";

type Told = readonly [tone: Notice["tone"], text: string];

export function importWords({ created, updated, skipped, refusals }: ImportResult): Told {
  const parts: string[] = [];
  if (created > 0) parts.push(`${plural(created, "sample")} imported`);
  if (updated > 0) parts.push(`${number(updated)} brought up to date`);
  if (skipped > 0) parts.push(`${number(skipped)} skipped`);
  const told = `${parts.join(", ")}.`;
  const [first] = refusals;
  if (first === undefined) return ["good", told];
  return ["bad", `${told} ${number(refusals.length)} refused: ${first}`];
}

export function bulkWords(what: string, { done, refused, refusals }: BulkResult): Told {
  const told = `${plural(done, "sample")} ${what}.`;
  return refused === 0
    ? ["good", told]
    : ["bad", `${told} ${number(refused)} refused: ${refusals.join(" ")}`];
}
