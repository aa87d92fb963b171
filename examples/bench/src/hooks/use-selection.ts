import { type Dispatch, type SetStateAction, useEffect, useMemo, useState } from "react";
import type { Samples } from "../model/sample-source.ts";
import { keepExisting, noSelection, type Selection } from "../model/selection.ts";

export interface SelectionState {
  readonly selection: Selection;
  readonly setSelection: Dispatch<SetStateAction<Selection>>;
}

/** What is chosen, without what has gone. */
export function useSelection(samples: Samples): SelectionState {
  const [selection, setSelection] = useState(noSelection);
  useEffect(() => {
    setSelection((current) => keepExisting(current, (key) => samples.byKey.has(key)));
  }, [samples]);
  return useMemo(() => ({ selection, setSelection }), [selection]);
}
