import type { Failure } from "@holdfast/simulator";
import { playHistory } from "@holdfast/simulator";
import { mkdirSync, writeFileSync } from "node:fs";
import type { Depth } from "./depth.ts";

/** Where a failure was written to. */
export interface FailureFiles {
  /** The history, which `npm run simulate -- --replay` plays, with its seed and what it broke. */
  readonly history: string;
  /** The platform's world when the promise was broken, which `npm run platform -- --world` opens. */
  readonly world: string;
}

/** Plays the history once more, and writes down what is needed to see what it did. */
export async function writeFailure(
  folder: string,
  { history, violation }: Failure,
  depth: Depth = {},
): Promise<FailureFiles> {
  const { world } = await playHistory(history, depth.storage?.(history));
  const { seed } = history;
  const path = `${folder}/${seed.replaceAll("/", "-")}`;
  const files = { history: `${path}.json`, world: `${path}.world.json` };
  mkdirSync(folder, { recursive: true });
  write(files.history, { seed, invariant: violation.invariant, violation, history });
  write(files.world, world);
  return files;
}

function write(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
