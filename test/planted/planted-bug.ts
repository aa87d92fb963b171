import type { Invariant } from "@holdfast/simulator";

/** One place in the sources, and what is put there instead. */
export interface Change {
  /** From the root of the repository. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A deliberate bug: what the simulator has to find. No source has a switch for it. */
export interface PlantedBug {
  readonly name: string;
  /** Of design §9: the one that it is planted against. The first to notice may be another. */
  readonly invariant: Invariant;
  /** What is wrong then, in one sentence. */
  readonly means: string;
  readonly changes: readonly Change[];
}

/** @throws Error where a change no longer matches. */
export function plant(bug: PlantedBug, file: string, source: string): string {
  let planted = source;
  for (const change of bug.changes) {
    if (change.file !== file) continue;
    if (planted.split(change.find).length !== 2) {
      throw new Error(`${bug.name} does not match ${file} exactly once: ${change.find}`);
    }
    planted = planted.replace(change.find, () => change.replace);
  }
  return planted;
}
