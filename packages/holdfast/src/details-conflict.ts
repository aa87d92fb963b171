import type { Json, LocalKey, OperationId } from "@holdfast/core";

/** Details that were changed here and elsewhere, differently at the same paths. Ids are real ones where known. */
export interface ConflictingDetails {
  readonly object: LocalKey;
  readonly operation: OperationId;
  /** JSON pointers (RFC 6901) to what both sides changed; `""` is all of it. */
  readonly paths: readonly string[];
  /** What both began with. */
  readonly base: Json;
  readonly ours: Json;
  readonly theirs: Json;
  /** What both sides agree on, and ours at the paths. */
  readonly merged: Json;
  /** The same as JSON texts, in which numbers have all their digits. */
  readonly texts: {
    readonly base: string;
    readonly ours: string;
    readonly theirs: string;
    readonly merged: string;
  };
}

/** `ours` and `theirs` decide about the paths in conflict; the last two give all of the details. */
export type DetailsDecision =
  | "ours"
  | "theirs"
  | "park"
  | { readonly details: Json }
  | { readonly detailsText: string };

/** Asked by the tab that sends. A call that rejects, or takes longer than 10 s, parks the change. */
export type DecideDetails = (
  conflict: ConflictingDetails,
) => DetailsDecision | Promise<DetailsDecision>;
