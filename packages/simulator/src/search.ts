import { drawHistory } from "./draw-history.ts";
import type { History } from "./history.ts";
import { type Outcome, playHistory } from "./play-history.ts";
import type { Violation } from "./violation.ts";
import type { DeviceStorage } from "./world.ts";

/** What a search came to; the line with which a run ends is made of it. */
export interface SearchReport {
  histories: number;
  steps: number;
  crashes: number;
  faults: number;
  parked: number;
  justified: number;
  failures: number;
}

/** Of a search that has not begun. */
export function emptyReport(): SearchReport {
  return {
    histories: 0,
    steps: 0,
    crashes: 0,
    faults: 0,
    parked: 0,
    justified: 0,
    failures: 0,
  };
}

/** A history in which a promise was broken. */
export interface Failure {
  readonly history: History;
  readonly violation: Violation;
}

export interface SearchOptions {
  readonly seeds: Iterable<string>;
  /** Where each device keeps its stores. Default: the model of the `Store` port. */
  readonly storage?: (history: History) => DeviceStorage;
  /** Hears of each history; `false` ends the search. */
  readonly onHistory?: (history: History, outcome: Outcome) => boolean | undefined;
}

/** Draws and plays one history after the other. */
export async function search({ seeds, storage, onHistory }: SearchOptions): Promise<{
  readonly report: SearchReport;
  readonly failures: readonly Failure[];
}> {
  const report = emptyReport();
  const failures: Failure[] = [];
  for (const seed of seeds) {
    const history = drawHistory(seed);
    const outcome = await playHistory(history, storage?.(history));
    report.histories += 1;
    report.steps += history.steps.length;
    report.crashes += outcome.crashes;
    report.faults += outcome.faults;
    report.parked += outcome.parked;
    report.justified += outcome.justified;
    if (outcome.violation !== undefined) {
      report.failures += 1;
      failures.push({ history, violation: outcome.violation });
    }
    if (onHistory?.(history, outcome) === false) break;
  }
  return { report, failures };
}
