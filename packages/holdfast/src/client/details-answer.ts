import type { DetailsAnswer, DetailsConflict, Json, JsonText, LocalKey } from "@holdfast/core";
import type { DecideDetails, DetailsDecision } from "../details-conflict.ts";

/** Asks the app's own function, which may do anything. */
export async function askForDetails(
  decide: DecideDetails,
  conflict: DetailsConflict & { readonly object: LocalKey },
): Promise<DetailsAnswer> {
  const { object, operation, paths, base, ours, theirs, merged } = conflict;
  const decision = await decide({
    object,
    operation,
    paths,
    base: JSON.parse(base) as Json,
    ours: JSON.parse(ours) as Json,
    theirs: JSON.parse(theirs) as Json,
    merged: JSON.parse(merged) as Json,
    texts: { base, ours, theirs, merged },
  });
  return toAnswer(decision);
}

function toAnswer(decision: DetailsDecision): DetailsAnswer {
  if (typeof decision === "string") return decision;
  const text = "detailsText" in decision ? decision.detailsText : JSON.stringify(decision.details);
  return { details: text as JsonText };
}
