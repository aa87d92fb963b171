import type { Holdfast, RecordInput } from "holdfast";
import type { ChangedSample, SheetComparison } from "../sheet/compare-sheet.ts";
import type { SheetSample } from "../sheet/sheet.ts";
import { sampleFolder, sampleType } from "./sample.ts";
import { errorWords } from "./words.ts";

/** What to do with samples that are on the bench already: leave them, bring them up to date, or make them again. */
export type KnownPolicy = "skip" | "update" | "again";

export interface ImportPlan {
  readonly project: string;
  readonly fileName: string;
  readonly comparison: SheetComparison;
  /** All samples of the sheet, in its order. */
  readonly samples: readonly SheetSample[];
  readonly policy: KnownPolicy;
}

export interface ImportProgress {
  readonly done: number;
  readonly of: number;
}

export interface ImportResult {
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  /** Updates that were refused, in words. */
  readonly refusals: readonly string[];
}

/** How many records and changes the plan makes. */
export function countWrites({ comparison, samples, policy }: ImportPlan): number {
  if (policy === "again") return samples.length;
  return comparison.fresh.length + (policy === "update" ? comparison.changed.length : 0);
}

/**
 * Creates all records of the plan or none, then brings the known ones up to date where the plan says so.
 * @throws HoldfastError where the create was refused: nothing has been imported then.
 */
export async function importSamples(
  holdfast: Pick<Holdfast, "records" | "objects">,
  plan: ImportPlan,
  options: {
    readonly onProgress: (progress: ImportProgress) => void;
    readonly signal?: AbortSignal;
  },
): Promise<ImportResult> {
  const { comparison, policy } = plan;
  const fresh = policy === "again" ? plan.samples : comparison.fresh;
  const changed = policy === "update" ? comparison.changed : [];
  const of = fresh.length + changed.length;
  if (fresh.length > 0) {
    await holdfast.records.createMany(
      fresh.map((sample) => toRecordInput(sample, plan)),
      { ...options, onProgress: ({ done }) => options.onProgress({ done, of }) },
    );
  }
  const refusals = await updateAll(holdfast, changed, (done) =>
    options.onProgress({ done: fresh.length + done, of }),
  );
  return {
    created: fresh.length,
    updated: changed.length - refusals.length,
    skipped: plan.samples.length - fresh.length - changed.length,
    refusals,
  };
}

/** One refusal per sample that was not brought up to date. The new ones are in already, so nothing is thrown. */
async function updateAll(
  holdfast: Pick<Holdfast, "objects">,
  changed: readonly ChangedSample[],
  onDone: (done: number) => void,
): Promise<readonly string[]> {
  if (changed.length === 0) return [];
  try {
    const outcomes = await holdfast.objects.editMany(
      changed.map(({ known, properties }) => ({
        object: known.key,
        kind: "setProperties",
        properties,
      })),
      { onProgress: ({ done }) => onDone(done) },
    );
    return outcomes.flatMap((outcome) => ("failure" in outcome ? [outcome.failure.message] : []));
  } catch (error) {
    return changed.map(() => errorWords(error));
  }
}

/** The details say where the sample came from: after the close nobody can change that. */
function toRecordInput(sample: SheetSample, plan: ImportPlan): RecordInput {
  return {
    project: plan.project,
    folder: sampleFolder,
    parents: true,
    name: sample.name,
    types: [sampleType],
    tags: sample.tags,
    properties: sample.properties,
    details: { sheet: plan.fileName, row: sample.row },
  };
}
