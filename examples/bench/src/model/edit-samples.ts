import type { EditOutcome, Holdfast, LocalKey } from "holdfast";
import { type Sample, sampleFolder, sampleType } from "./sample.ts";

/** What a person fills in for one sample. */
export interface NewSample {
  readonly name: string;
  readonly tags: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  readonly detailsText: string;
  readonly close: boolean;
}

/** Resolves to the key of the new record, once it is durable on this device. */
export async function createSample(
  holdfast: Pick<Holdfast, "records">,
  project: string,
  sample: NewSample,
): Promise<LocalKey> {
  const handle = await holdfast.records.create({
    project,
    folder: sampleFolder,
    parents: true,
    types: [sampleType],
    ...sample,
  });
  return handle.key;
}

/** What became of one action on many samples. */
export interface BulkResult {
  readonly done: number;
  /** In words, each once. */
  readonly refusals: readonly string[];
  readonly refused: number;
}

export async function closeSamples(
  holdfast: Pick<Holdfast, "objects">,
  samples: readonly Sample[],
): Promise<BulkResult> {
  return summed(await holdfast.objects.closeMany(samples.map((sample) => sample.key)));
}

export async function tagSamples(
  holdfast: Pick<Holdfast, "objects">,
  samples: readonly Sample[],
  tags: readonly string[],
): Promise<BulkResult> {
  const lacking = samples.filter((sample) => tags.some((tag) => !sample.tags.includes(tag)));
  return summed(
    await holdfast.objects.editMany(
      lacking.map((sample) => ({ object: sample.key, kind: "addTags", tags })),
    ),
  );
}

function summed(outcomes: readonly EditOutcome[]): BulkResult {
  const refusals = outcomes.flatMap((outcome) =>
    "failure" in outcome ? [outcome.failure.message] : [],
  );
  return {
    done: outcomes.length - refusals.length,
    refused: refusals.length,
    refusals: [...new Set(refusals)],
  };
}
