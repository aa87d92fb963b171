import { useDeferredValue, useMemo, useRef, useState } from "react";
import { arrange, select, type Sort } from "../model/arrange.ts";
import { createFacetCounter, type Facets } from "../model/facets.ts";
import { type Filter, toPredicate } from "../model/filter.ts";
import type { Sample } from "../model/sample.ts";
import type { Samples } from "../model/sample-source.ts";

export interface ListView {
  readonly shown: readonly Sample[];
  readonly shownKeys: readonly string[];
  readonly facets: Facets;
}

export interface ListViewInput {
  readonly samples: Samples;
  readonly sort: Sort;
  readonly filter: Filter;
  readonly sending: ReadonlySet<string>;
}

const noKeys: ReadonlySet<string> = new Set();

/** What the list shows: all samples, arranged, then filtered. Each step runs again only when its own input changed. */
export function useListView(input: ListViewInput): ListView {
  const { samples, sort, filter, sending } = input;
  const before = useRef<readonly Sample[]>([]);
  const arranged = useMemo(() => {
    before.current = arrange(samples.byKey, sort, before.current);
    return before.current;
  }, [samples, sort]);
  // Only this condition looks at what is being sent, which changes many times a second.
  const relevant = filter.keeping === undefined ? noKeys : sending;
  const shown = useMemo(
    () => select(arranged, toPredicate(filter, relevant)),
    [arranged, filter, relevant],
  );
  const shownKeys = useMemo(() => shown.map((sample) => sample.key), [shown]);
  const settled = useDeferredValue(samples);
  const [counter] = useState(createFacetCounter);
  const facets = useMemo(() => counter.count(settled.byKey), [counter, settled]);
  return { shown, shownKeys, facets };
}
