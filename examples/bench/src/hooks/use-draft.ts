import { type KeyboardEvent, useState } from "react";

export interface Draft {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Hands the text on where it differs; for blur and Enter. */
  readonly commit: () => void;
  readonly revert: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
}

/**
 * A field that follows the stored value until somebody types, and hands on what was typed on Enter or when it is
 * left. Escape takes the typing back.
 */
export function useDraft(value: string, save: (text: string) => void): Draft {
  const [typed, setTyped] = useState<string>();
  function commit(): void {
    if (typed === undefined) return;
    setTyped(undefined);
    if (typed !== value) save(typed);
  }
  function revert(): void {
    setTyped(undefined);
  }
  return {
    text: typed ?? value,
    setText: setTyped,
    commit,
    revert,
    onKeyDown(event) {
      if (event.key === "Enter") {
        event.preventDefault();
        commit();
      }
      if (event.key === "Escape" && typed !== undefined) {
        event.stopPropagation();
        revert();
      }
    },
  };
}
