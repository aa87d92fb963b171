import type { ObjectDescription } from "holdfast";

/** A record on the bench, as Holdfast describes it. */
export type Sample = ObjectDescription;

/** The type every sample of the bench bears. */
export const sampleType = "Sample";

/** Where samples of sheets and new ones are filed. */
export const sampleFolder = "/samples";

/** How far the changes of a sample have come: all confirmed, kept here, on their way, or parked. */
export type Keeping = "confirmed" | "stored" | "sent" | "parked";

export const keepings: readonly Keeping[] = ["confirmed", "stored", "sent", "parked"];

/** @param sending - keys of the objects a request is on its way for. */
export function keepingOf(sample: Sample, sending: ReadonlySet<string>): Keeping {
  if (sample.parked > 0) return "parked";
  if (sample.pending === 0) return "confirmed";
  return sending.has(sample.key) ? "sent" : "stored";
}

/** The text says more than the value where a number has more digits than a double holds. */
export function detailsTextOf(sample: Sample): string {
  return sample.detailsText ?? JSON.stringify(sample.details);
}
