/** From and to, both inclusive. */
export type KeyRun = readonly [first: number, last: number];

/** Whole numbers as runs of neighbours, rising. */
export function keyRuns(keys: readonly number[]): readonly KeyRun[] {
  const runs: [first: number, last: number][] = [];
  for (const key of keys.toSorted((left, right) => left - right)) {
    const run = runs.at(-1);
    if (run !== undefined && key === run[1] + 1) run[1] = key;
    else runs.push([key, key]);
  }
  return runs;
}
