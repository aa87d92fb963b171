import type { Difference } from "holdfast";
import type { Observable } from "rxjs";
import type { Sample } from "./sample.ts";
import { createSource, type Source } from "./source.ts";

export interface Samples {
  /** False until the device has answered for the first time. */
  readonly isLoaded: boolean;
  readonly byKey: ReadonlyMap<string, Sample>;
}

export interface SampleSource extends Source<Samples> {
  readonly close: () => void;
}

/**
 * The samples of a live query. Differences are taken in as they come, and shown once per paint: while thousands
 * are imported or confirmed the page does not draw each step.
 * @param schedule - calls back once, soon; what it returns cancels that.
 */
export function openSampleSource(
  differences: Observable<Difference>,
  schedule: (callback: () => void) => () => void,
  onError: (error: unknown) => void,
): SampleSource {
  const source = createSource<Samples>({ isLoaded: false, byKey: new Map() });
  let byKey = new Map<string, Sample>();
  let cancel: (() => void) | undefined;
  const subscription = differences.subscribe({
    next(difference) {
      byKey = withDifference(byKey, difference);
      cancel ??= schedule(show);
    },
    error: onError,
  });

  function show(): void {
    cancel = undefined;
    source.set({ isLoaded: true, byKey: new Map(byKey) });
  }

  return {
    get: source.get,
    subscribe: source.subscribe,
    close() {
      subscription.unsubscribe();
      cancel?.();
    },
  };
}

/** The order of the query is not ours: the list is arranged by what the person chose. */
function withDifference(byKey: Map<string, Sample>, difference: Difference): Map<string, Sample> {
  if (difference.kind === "reset") return new Map(difference.rows.map((row) => [row.key, row]));
  for (const key of difference.removed) byKey.delete(key);
  for (const { row } of difference.put) byKey.set(row.key, row);
  return byKey;
}
