import type { History } from "./history.ts";
import { playHistory } from "./play-history.ts";
import type { Failure } from "./search.ts";
import type { DeviceStorage } from "./world.ts";

/** What an enumeration came to. */
export interface CrashPoints {
  /** Port calls of the first tab: each was the last one before its death twice, unheard before and after its effect. */
  readonly calls: number;
  readonly plays: number;
  readonly failures: readonly Failure[];
}

/**
 * Plays a history once for each call that its first tab makes out of its process, and each way of dying at it: before the call
 * begins, and after it had its effect and before anybody heard. A new tab goes on.
 */
export async function everyCrashPoint(
  history: History,
  storage?: (history: History) => DeviceStorage,
): Promise<CrashPoints> {
  const failures: Failure[] = [];
  let calls = 0;
  let plays = 0;
  for (let isReached = true; isReached; ) {
    isReached = false;
    calls += 1;
    for (const moment of ["before", "after"] as const) {
      const [first, ...rest] = history.steps;
      if (first?.act !== "openTab") throw new Error("a history begins with a tab");
      const dying: History = {
        ...history,
        steps: [{ ...first, dies: { calls, moment } }, ...rest],
      };
      const { violation, deaths } = await playHistory(dying, storage?.(dying));
      plays += 1;
      if (deaths > 0) isReached = true;
      if (violation !== undefined) failures.push({ history: dying, violation });
    }
  }
  return { calls: calls - 1, plays, failures };
}
