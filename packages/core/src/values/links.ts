import { inspectDetails } from "./inspect-details.ts";
import type { Json, JsonText } from "../json.ts";

/** The ids that details link to: depth first, each once (DO §3.2). */
export function linksOf(details: Json): readonly string[] {
  return inspectDetails(details).links;
}

/** `linksOf` of details kept as text. */
export function linksOfText(details: JsonText): readonly string[] {
  return details.includes("$") || details.includes("\\")
    ? linksOf(JSON.parse(details) as Json)
    : [];
}
