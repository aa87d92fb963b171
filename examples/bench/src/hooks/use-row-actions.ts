import {
  type Dispatch,
  type KeyboardEvent,
  type SetStateAction,
  useEffect,
  useMemo,
  useRef,
} from "react";
import type { RowActions } from "../components/sample-row.tsx";
import {
  chooseAll,
  extendTo,
  moveTo,
  neighbour,
  type Selection,
  toggle,
} from "../model/selection.ts";

export interface RowActionsInput {
  readonly shownKeys: readonly string[];
  readonly selection: Selection;
  readonly setSelection: Dispatch<SetStateAction<Selection>>;
  readonly open: (key: string) => void;
  readonly opened: string | undefined;
  /** The pane beside the list follows the keyboard; one that covers the list does not. */
  readonly isWide: boolean;
}

export interface RowKeys {
  /** The same object at every render: rows compare it. */
  readonly actions: RowActions;
  readonly keyDown: (event: KeyboardEvent, pageRows: number) => void;
}

export function useRowActions(input: RowActionsInput): RowKeys {
  const latest = useRef(input);
  useEffect(() => {
    latest.current = input;
  });
  return useMemo(() => {
    const actions: RowActions = {
      open(key, event) {
        const { setSelection, shownKeys, open } = latest.current;
        if (event.shiftKey) setSelection((current) => extendTo(current, key, shownKeys));
        else if (event.ctrlKey || event.metaKey) setSelection((current) => toggle(current, key));
        else open(key);
      },
      toggle(key, isRange) {
        const { setSelection, shownKeys } = latest.current;
        setSelection((current) =>
          isRange ? extendTo(current, key, shownKeys) : toggle(current, key),
        );
      },
    };
    return { actions, keyDown: (event, pageRows) => press(event, pageRows, latest.current) };
  }, []);
}

function press(event: KeyboardEvent, pageRows: number, input: RowActionsInput): void {
  // Buttons in the headings keep their own keys.
  if (event.target instanceof Element && event.target.closest("button") !== null) return;
  const { shownKeys, selection, setSelection, open } = input;
  const { active } = selection;
  switch (event.key) {
    case "ArrowDown":
      step(event, 1, input);
      break;
    case "ArrowUp":
      step(event, -1, input);
      break;
    case "PageDown":
      step(event, pageRows, input);
      break;
    case "PageUp":
      step(event, -pageRows, input);
      break;
    case "Home":
      step(event, -shownKeys.length, input);
      break;
    case "End":
      step(event, shownKeys.length, input);
      break;
    case "Enter":
      if (active !== undefined) open(active);
      break;
    case " ":
      if (active !== undefined) setSelection(toggle(selection, active));
      break;
    case "a":
      if (!event.ctrlKey && !event.metaKey) return;
      setSelection(chooseAll(selection, shownKeys));
      break;
    default:
      return;
  }
  event.preventDefault();
}

function step(event: KeyboardEvent, by: number, input: RowActionsInput): void {
  const { shownKeys, selection, setSelection, open, opened, isWide } = input;
  const key = neighbour(selection, shownKeys, by);
  if (key === undefined) return;
  if (event.shiftKey) setSelection(extendTo(selection, key, shownKeys));
  else if (opened !== undefined && isWide) open(key);
  else setSelection(moveTo(selection, key));
}
