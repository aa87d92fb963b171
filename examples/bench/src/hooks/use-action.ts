import { useState } from "react";
import { errorWords } from "../model/words.ts";

export interface Action {
  readonly isRunning: boolean;
  /** What went wrong the last time, in words. */
  readonly error: string | undefined;
  readonly clearError: () => void;
  /** Resolves to whether it went well. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** Work that a person has started from a form: its error belongs beside the field. */
export function useAction(): Action {
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<string>();
  return {
    isRunning,
    error,
    clearError: () => setError(undefined),
    async run(work) {
      setRunning(true);
      setError(undefined);
      try {
        await work();
        return true;
      } catch (thrown) {
        setError(errorWords(thrown));
        return false;
      } finally {
        setRunning(false);
      }
    },
  };
}
