import { type ReactElement, useEffect, useMemo, useState } from "react";
import { errorWords } from "../model/words.ts";
import {
  countWrites,
  type ImportPlan,
  type ImportProgress,
  type KnownPolicy,
} from "../model/import-samples.ts";
import { number, plural } from "../model/format.ts";
import { guessColumnRoles, withColumnRole } from "../sheet/column-roles.ts";
import { compareSheet, type KnownSample } from "../sheet/compare-sheet.ts";
import { parseSheet } from "../sheet/parse-sheet.ts";
import { readSheetFile } from "../sheet/read-sheet-file.ts";
import { samplesOfSheet } from "../sheet/samples-of-sheet.ts";
import type { ColumnRole, Sheet, SheetProblem } from "../sheet/sheet.ts";
import { Dialog } from "./dialog.tsx";
import { FilePicker } from "./file-picker.tsx";
import { ImportPreview } from "./import-preview.tsx";
import { ProblemList } from "./problem-list.tsx";

export interface ImportDialogProps {
  /** Dropped on the page, or not chosen yet. */
  readonly firstFile: File | undefined;
  readonly project: string;
  readonly known: ReadonlyMap<string, KnownSample>;
  /** Resolves once it is stored; the page then tells how it went. */
  readonly onImport: (
    plan: ImportPlan,
    onProgress: (progress: ImportProgress) => void,
  ) => Promise<void>;
  readonly onClose: () => void;
}

type Step =
  | { readonly kind: "choose" }
  | { readonly kind: "reading" }
  | {
      readonly kind: "refused";
      readonly fileName: string;
      readonly problems: readonly SheetProblem[];
    }
  | {
      readonly kind: "preview";
      readonly fileName: string;
      readonly sheet: Sheet;
      readonly roles: readonly ColumnRole[];
      readonly policy: KnownPolicy;
    };

export function ImportDialog(props: ImportDialogProps): ReactElement {
  const { firstFile, project, known, onImport, onClose } = props;
  const [step, setStep] = useState<Step>({ kind: firstFile === undefined ? "choose" : "reading" });
  const [progress, setProgress] = useState<ImportProgress>();
  const [error, setError] = useState<string>();
  // What was on the bench when the import began: it must not turn its own preview round. Until then the preview
  // follows the bench, where an import of a moment ago may only just be showing.
  const [knownAtStart, setKnownAtStart] = useState<ReadonlyMap<string, KnownSample>>();

  async function read(file: File): Promise<void> {
    setError(undefined);
    setStep({ kind: "reading" });
    const text = await readSheetFile(file);
    const sheet = text.ok ? parseSheet(text.value) : text;
    if (!sheet.ok) setStep({ kind: "refused", fileName: file.name, problems: sheet.problems });
    else {
      const roles = guessColumnRoles(sheet.value);
      setStep({ kind: "preview", fileName: file.name, sheet: sheet.value, roles, policy: "skip" });
    }
  }
  useEffect(() => {
    if (firstFile !== undefined) void read(firstFile);
  }, [firstFile]);

  const outcome = usePlan(step, project, knownAtStart ?? known);
  const isRunning = progress !== undefined;
  async function start(plan: ImportPlan): Promise<void> {
    setError(undefined);
    setKnownAtStart(known);
    setProgress({ done: 0, of: countWrites(plan) });
    try {
      await onImport(plan, setProgress);
      onClose();
    } catch (thrown) {
      setError(errorWords(thrown));
      setProgress(undefined);
      setKnownAtStart(undefined);
    }
  }

  const writes = outcome?.plan === undefined ? 0 : countWrites(outcome.plan);
  return (
    <Dialog
      title="Import a sample sheet"
      isWide
      isBusy={isRunning}
      onClose={onClose}
      footer={
        <>
          {step.kind === "refused" || step.kind === "preview" ? (
            <button
              type="button"
              className="button text"
              disabled={isRunning}
              onClick={() => setStep({ kind: "choose" })}
            >
              Choose another file
            </button>
          ) : null}
          <span className="spring" />
          <button type="button" className="button" disabled={isRunning} onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="button primary"
            disabled={writes === 0 || isRunning}
            onClick={() => {
              if (outcome?.plan !== undefined) void start(outcome.plan);
            }}
          >
            {writes === 0 ? "Import" : `Import ${number(writes)}`}
          </button>
        </>
      }
    >
      {step.kind === "choose" ? <FilePicker onFile={(file) => void read(file)} /> : null}
      {step.kind === "reading" ? <p aria-live="polite">Reading…</p> : null}
      {step.kind === "refused" ? (
        <ProblemList fileName={step.fileName} problems={step.problems} />
      ) : null}
      {step.kind === "preview" ? (
        <fieldset className="plain" disabled={isRunning}>
          <ImportPreview
            fileName={step.fileName}
            sheet={step.sheet}
            roles={step.roles}
            onRole={(index, role) =>
              setStep({ ...step, roles: withColumnRole(step.roles, index, role) })
            }
            comparison={outcome?.plan?.comparison}
            policy={step.policy}
            onPolicy={(policy) => setStep({ ...step, policy })}
          />
          {outcome?.plan === undefined && outcome !== undefined ? (
            <ProblemList fileName={step.fileName} problems={outcome.problems} />
          ) : null}
        </fieldset>
      ) : null}
      {error === undefined ? null : (
        <p className="problem" role="alert">
          {error} Nothing of this sheet was imported.
        </p>
      )}
      {progress === undefined ? null : (
        <div className="import-progress" aria-live="polite">
          <progress max={Math.max(1, progress.of)} value={progress.done} aria-label="Imported" />
          <span>
            {progress.done < progress.of
              ? `${number(progress.done)} of ${plural(progress.of, "sample")}`
              : "Making it durable…"}
          </span>
        </div>
      )}
    </Dialog>
  );
}

type Outcome =
  | { readonly plan: ImportPlan }
  | { readonly plan: undefined; readonly problems: readonly SheetProblem[] };

function usePlan(
  step: Step,
  project: string,
  known: ReadonlyMap<string, KnownSample>,
): Outcome | undefined {
  const sheet = step.kind === "preview" ? step.sheet : undefined;
  const roles = step.kind === "preview" ? step.roles : undefined;
  const read = useMemo(() => {
    if (sheet === undefined || roles === undefined) return undefined;
    const samples = samplesOfSheet(sheet, roles);
    return samples.ok
      ? {
          ok: true as const,
          samples: samples.value,
          comparison: compareSheet(samples.value, known.values()),
        }
      : samples;
  }, [sheet, roles, known]);
  if (step.kind !== "preview" || read === undefined) return undefined;
  if (!read.ok) return { plan: undefined, problems: read.problems };
  const { samples, comparison } = read;
  return {
    plan: { project, fileName: step.fileName, samples, comparison, policy: step.policy },
  };
}
