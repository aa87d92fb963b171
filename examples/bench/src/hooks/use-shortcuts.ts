import { useEffect, useRef } from "react";

export type Shortcuts = Readonly<Record<string, () => void>>;

/** Single keys, wherever nobody is typing and no dialog is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const ending = new AbortController();
    addEventListener(
      "keydown",
      (event) => {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
        if (isTaken(event)) return;
        const run = latest.current[event.key];
        if (run === undefined) return;
        event.preventDefault();
        run();
      },
      { signal: ending.signal },
    );
    return () => ending.abort();
  }, []);
}

/** Escape belongs to the page also while a field has the focus; the field stops it where it needs it. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : undefined;
  if (document.querySelector("dialog[open], .menu:popover-open") !== null) return true;
  if (event.key === "Escape") return false;
  return (
    target?.closest("input:not([type=checkbox], [type=radio]), textarea, select") !== null &&
    target !== undefined
  );
}
