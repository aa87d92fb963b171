import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
} from "react";
import { useWidth } from "../hooks/use-width.ts";
import { equalFields, type Sort, type SortField } from "../model/arrange.ts";
import { keepingOf, type Sample } from "../model/sample.ts";
import type { Selection } from "../model/selection.ts";
import { type RowActions, rowId, SampleRow } from "./sample-row.tsx";

export interface SampleTableProps {
  readonly shown: readonly Sample[];
  /** Keys of properties, the most frequent first: as many as there is room for get a column. */
  readonly propertyKeys: readonly string[];
  readonly hasTags: boolean;
  readonly sending: ReadonlySet<string>;
  readonly selection: Selection;
  readonly opened: string | undefined;
  readonly sort: Sort;
  readonly onSort: (field: SortField) => void;
  readonly onKeyDown: (event: KeyboardEvent, pageRows: number) => void;
  readonly actions: RowActions;
  /** Shown instead of rows where there are none. */
  readonly empty: ReactNode;
}

const rowHeight = 40;
const compactRowHeight = 54;
/** Narrower than this, a row has two lines instead of columns. */
const compactBelow = 520;
const fixedWidth = 400;
const columnWidth = 92;
const maxColumns = 6;

/** Thousands of rows, of which only those in sight are in the page. */
export function SampleTable(props: SampleTableProps): ReactElement {
  const { shown, propertyKeys, sending, selection, opened, actions } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const isCompact = width < compactBelow;
  const room = Math.floor((width - fixedWidth) / columnWidth);
  const hasTagColumn = props.hasTags && !isCompact && room >= 2;
  const columns = useColumns(propertyKeys, isCompact ? 0 : room - Number(hasTagColumn));
  const height = isCompact ? compactRowHeight : rowHeight;
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height]);
  useActiveInSight(shown, selection.active, (index) => virtualizer.scrollToIndex(index));
  return (
    <div
      className="table"
      role="grid"
      aria-label="Samples"
      aria-multiselectable
      aria-rowcount={shown.length + 1}
      aria-activedescendant={selection.active === undefined ? undefined : rowId(selection.active)}
      tabIndex={0}
      style={{ "--columns": columnTracks(columns.length + Number(hasTagColumn)) } as CSSProperties}
      onKeyDown={(event) =>
        props.onKeyDown(
          event,
          Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 1),
        )
      }
    >
      {isCompact ? null : <Headings {...props} columns={columns} hasTagColumn={hasTagColumn} />}
      <div ref={scroller} className="rows" role="rowgroup">
        {shown.length === 0 ? props.empty : null}
        <div role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const sample = shown[index];
            return sample === undefined ? null : (
              <SampleRow
                key={sample.key}
                sample={sample}
                keeping={keepingOf(sample, sending)}
                index={index}
                top={start}
                columns={columns}
                hasTagColumn={hasTagColumn}
                isCompact={isCompact}
                isChosen={selection.chosen.has(sample.key)}
                isActive={selection.active === sample.key}
                isOpened={opened === sample.key}
                actions={actions}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The same array for as long as it names the same columns: rows compare it. */
function useColumns(keys: readonly string[], room: number): readonly string[] {
  const names = JSON.stringify(keys.slice(0, Math.min(maxColumns, Math.max(0, room))));
  return useMemo(() => JSON.parse(names) as readonly string[], [names]);
}

function columnTracks(count: number): string {
  return "minmax(0, 1fr) ".repeat(count);
}

/** Follows the keyboard, but not the rows: that an active row moves must not scroll the list. */
function useActiveInSight(
  shown: readonly Sample[],
  active: string | undefined,
  scrollTo: (index: number) => void,
): void {
  const latest = useRef({ shown, scrollTo });
  latest.current = { shown, scrollTo };
  useEffect(() => {
    if (active === undefined) return;
    const index = latest.current.shown.findIndex((sample) => sample.key === active);
    if (index !== -1) latest.current.scrollTo(index);
  }, [active]);
}

function Headings(
  props: Pick<SampleTableProps, "sort" | "onSort"> & {
    readonly columns: readonly string[];
    readonly hasTagColumn: boolean;
  },
): ReactElement {
  const { sort, onSort, columns, hasTagColumn } = props;
  return (
    <div className="headings" role="row" aria-rowindex={1}>
      <span role="columnheader" className="cell-choose" aria-label="Chosen" />
      <Heading field="name" title="Name" sort={sort} onSort={onSort} />
      {columns.map((key) => (
        <Heading key={key} field={{ property: key }} title={key} sort={sort} onSort={onSort} />
      ))}
      {hasTagColumn ? <span role="columnheader">Tags</span> : null}
      <Heading field="state" title="State" sort={sort} onSort={onSort} />
      <span role="columnheader">Changes</span>
    </div>
  );
}

function Heading(props: {
  readonly field: SortField;
  readonly title: string;
  readonly sort: Sort;
  readonly onSort: (field: SortField) => void;
}): ReactElement {
  const { field, title, sort, onSort } = props;
  const isSorted = equalFields(sort.field, field);
  const direction = sort.descending ? "descending" : "ascending";
  return (
    <span role="columnheader" aria-sort={isSorted ? direction : "none"}>
      <button type="button" className="sort" title={title} onClick={() => onSort(field)}>
        {title}
        <span className="arrow" aria-hidden>
          {isSorted ? (sort.descending ? "↓" : "↑") : ""}
        </span>
      </button>
    </span>
  );
}
