// One of the processes of `npm run simulate`: plays the seeds it is given and tells what came of them, until nobody is left to tell.

import "../support/fake-indexeddb.ts";
import { type Failure, search, type SearchReport } from "@holdfast/simulator";
import { realStorage } from "./real-storage.ts";

/** What a process is given to play. */
export interface Share {
  readonly seeds: readonly string[];
  readonly isOverRealStorage: boolean;
}

/** What came of one share, with one number a history in its lists. */
export interface Played {
  readonly report: SearchReport;
  readonly failures: readonly Failure[];
  readonly calls: readonly number[];
  /** Faults and crashes. */
  readonly faults: readonly number[];
  /** At one time. */
  readonly tabs: readonly number[];
}

// Whoever interrupts the run waits for what has begun.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit());
process.on("message", (share: Share) => void play(share).then((played) => process.send?.(played)));

async function play({ seeds, isOverRealStorage }: Share): Promise<Played> {
  const calls: number[] = [];
  const faults: number[] = [];
  const tabs: number[] = [];
  const found = await search({
    seeds,
    ...(isOverRealStorage ? { storage: realStorage } : {}),
    onHistory: (_, outcome) => {
      calls.push(outcome.calls);
      faults.push(outcome.faults + outcome.crashes);
      tabs.push(outcome.tabs);
      return undefined;
    },
  });
  return { ...found, calls, faults, tabs };
}
