import type { RealIdOf } from "../objects/description.ts";
import type { JsonText } from "../json.ts";
import type { OperationId } from "../ids.ts";
import type { OutboxRow } from "../operation.ts";
import { detailsOfSource, equalDetails, replaceIds } from "../values/details-text.ts";
import { type DetailsVersions, mergeDetails } from "../values/merge-details.ts";

/** Somebody else changed the same paths of details as a pending operation. Ids are real ones where they are known. */
export interface DetailsConflict extends DetailsVersions {
  readonly operation: OperationId;
  /** What both sides agree on, and ours where they do not. */
  readonly merged: JsonText;
  /** JSON pointers (RFC 6901) to where they do not. */
  readonly paths: readonly string[];
}

/** `ours` and `theirs` are for the paths in conflict only; `details` is for all of them. */
export type DetailsAnswer = "ours" | "theirs" | "park" | { readonly details: JsonText };

/** How details are merged when a base changes under a pending operation. */
export interface DetailsRebase {
  /** Default: no real ids are known. */
  readonly realIdOf?: RealIdOf;
  /** Default: `park`. Pure, as it is called inside a write. */
  readonly resolve?: (conflict: DetailsConflict) => DetailsAnswer;
}

export interface RebasedDetails {
  readonly row: OutboxRow;
  /** What it is to set now. */
  readonly details: JsonText;
  /** A person must decide about these: the details are ours there. */
  readonly conflict?: readonly string[];
}

/**
 * What the unsent setDetails of a lane come to over another base (design §7): each with what somebody else changed,
 * where it did not change that itself. Each builds on the one before it, but not on a parked one, which is not in the
 * view; what a journalled request carries is what the new base has already.
 */
export function rebaseDetails(
  lane: readonly OutboxRow[],
  { from, to }: { readonly from: JsonText; readonly to: JsonText },
  { realIdOf = () => undefined, resolve = () => "park" }: DetailsRebase,
): readonly RebasedDetails[] {
  const rebased: RebasedDetails[] = [];
  const seen = replaceIds(to, realIdOf);
  let base = replaceIds(from, realIdOf);
  let theirs = seen;
  for (const row of lane) {
    if (row.operation.kind !== "setDetails") continue;
    const ours = replaceIds(row.operation.details, realIdOf);
    if (row.request !== undefined) {
      base = ours;
      theirs = seen;
      continue;
    }
    const one = rebaseOne(row, { base, ours, theirs }, resolve);
    rebased.push(one);
    if (one.conflict === undefined && row.parked === undefined) {
      base = ours;
      theirs = one.details;
    }
  }
  return rebased;
}

function rebaseOne(
  row: OutboxRow,
  versions: DetailsVersions,
  resolve: NonNullable<DetailsRebase["resolve"]>,
): RebasedDetails {
  const { ours: merged, theirs, paths } = mergeDetails(versions);
  if (paths.length === 0) return { row, details: merged };
  const answer = resolve({ ...versions, operation: row.id, merged, paths });
  if (answer === "ours") return { row, details: merged };
  if (answer === "theirs") return { row, details: theirs };
  const given = answer === "park" ? undefined : detailsOfSource(answer.details);
  if (given === undefined || "failure" in given) return { row, details: merged, conflict: paths };
  return { row, details: given.text };
}

/** Nothing of it is left to send: somebody else has set the same. */
export function isThere({ row, details }: RebasedDetails, described: JsonText): boolean {
  return row.parked === undefined && equalDetails(details, described);
}
