import { type MouseEvent, memo, type ReactElement } from "react";
import type { Keeping, Sample } from "../model/sample.ts";
import { KeepingMark, StateBadge } from "./marks.tsx";

export interface RowActions {
  readonly open: (key: string, event: MouseEvent) => void;
  readonly toggle: (key: string, isRange: boolean) => void;
}

export interface SampleRowProps {
  readonly sample: Sample;
  readonly keeping: Keeping;
  /** From 0, in the list as shown. */
  readonly index: number;
  readonly top: number;
  /** Properties with a column of their own. */
  readonly columns: readonly string[];
  readonly hasTagColumn: boolean;
  readonly isCompact: boolean;
  readonly isChosen: boolean;
  readonly isActive: boolean;
  readonly isOpened: boolean;
  readonly actions: RowActions;
}

export function rowId(key: string): string {
  return `row-${key}`;
}

export const SampleRow = memo(function SampleRow(props: SampleRowProps): ReactElement {
  const { sample, index, top, isCompact, isChosen, isActive, isOpened, actions } = props;
  const classes = ["row", isCompact ? "compact" : "", isActive ? "active" : ""];
  return (
    <div
      id={rowId(sample.key)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      data-opened={isOpened || undefined}
      className={classes.filter((name) => name !== "").join(" ")}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => actions.open(sample.key, event)}
    >
      <span role="gridcell" className="cell-choose">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={isChosen}
          aria-label={`Choose ${sample.name}`}
          onClick={(event) => {
            event.stopPropagation();
            actions.toggle(sample.key, event.shiftKey);
          }}
          readOnly
        />
      </span>
      {isCompact ? <CompactCells {...props} /> : <WideCells {...props} />}
    </div>
  );
});

function WideCells({ sample, keeping, columns, hasTagColumn }: SampleRowProps): ReactElement {
  return (
    <>
      <span role="gridcell" className="cell-name" title={sample.name}>
        <span className="name">{sample.name}</span>
      </span>
      {columns.map((key) => (
        <span key={key} role="gridcell" className="cell-value" title={sample.properties[key]}>
          {sample.properties[key] ?? ""}
        </span>
      ))}
      {hasTagColumn ? <TagCell tags={sample.tags} /> : null}
      <span role="gridcell" className="cell-mark">
        <StateBadge state={sample.state} />
      </span>
      <span role="gridcell" className="cell-mark">
        <KeepingMark keeping={keeping} />
      </span>
    </>
  );
}

/** The first tag and how many more: a row is no place to read them all. */
function TagCell({ tags }: { readonly tags: readonly string[] }): ReactElement {
  const [first] = tags;
  return (
    <span role="gridcell" className="cell-tags" title={tags.join(", ")}>
      {first === undefined ? null : <span className="chip small">{first}</span>}
      {tags.length > 1 ? <span className="more">+{tags.length - 1}</span> : null}
    </span>
  );
}

function CompactCells({ sample, keeping }: SampleRowProps): ReactElement {
  const values = Object.values(sample.properties).slice(0, 4);
  return (
    <>
      <span role="gridcell" className="cell-name">
        <span className="name">{sample.name}</span>
        <span className="second">{[...values, ...sample.tags].join(" · ")}</span>
      </span>
      <span role="gridcell" className="cell-mark">
        <StateBadge state={sample.state} />
      </span>
      <span role="gridcell" className="cell-mark">
        <KeepingMark keeping={keeping} isIconOnly />
      </span>
    </>
  );
}
