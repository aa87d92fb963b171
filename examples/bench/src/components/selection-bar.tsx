import type { ReactElement } from "react";
import { number, plural } from "../model/format.ts";
import { Icon } from "./icon.tsx";

export interface SelectionBarProps {
  readonly total: number;
  readonly shownCount: number;
  readonly chosenCount: number;
  /** Of those that would be closed: the chosen ones, or else all shown. */
  readonly openCount: number;
  readonly isAllChosen: boolean;
  readonly onToggleAll: () => void;
  readonly onClear: () => void;
  readonly onTag: () => void;
  readonly onClose: () => void;
}

/** What is shown and chosen, and what can be done with it. Always there, so that nothing jumps. */
export function SelectionBar(props: SelectionBarProps): ReactElement {
  const { total, shownCount, chosenCount, openCount, isAllChosen } = props;
  const isChoosing = chosenCount > 0;
  return (
    <div className="selection" data-choosing={isChoosing || undefined}>
      <input
        type="checkbox"
        aria-label="Choose all samples shown"
        checked={isAllChosen}
        ref={(input) => {
          if (input !== null) input.indeterminate = isChoosing && !isAllChosen;
        }}
        disabled={shownCount === 0}
        onChange={props.onToggleAll}
      />
      <span className="selection-count">
        {isChoosing
          ? `${number(chosenCount)} chosen`
          : shownCount === total
            ? plural(total, "sample")
            : `${number(shownCount)} of ${plural(total, "sample")}`}
      </span>
      {isChoosing ? (
        <>
          <button type="button" className="button text" onClick={props.onClear}>
            Clear
          </button>
          <button type="button" className="button small" onClick={props.onTag}>
            <Icon name="tag" />
            Tag…
          </button>
        </>
      ) : null}
      <button
        type="button"
        className="button small"
        disabled={openCount === 0}
        onClick={props.onClose}
      >
        <Icon name="lock" />
        {isChoosing ? "Close…" : "Close all shown…"}
      </button>
    </div>
  );
}
