import type { KeyboardEvent, ReactElement, RefObject } from "react";
import { useState } from "react";
import type { Sort, SortField } from "../model/arrange.ts";
import type { Facets } from "../model/facets.ts";
import { countConditions, type Filter } from "../model/filter.ts";
import type { Sample } from "../model/sample.ts";
import type { Selection } from "../model/selection.ts";
import { Loading, NoSamples, NothingFound } from "./empty-states.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { Icon } from "./icon.tsx";
import type { RowActions } from "./sample-row.tsx";
import { SampleTable } from "./sample-table.tsx";
import { SearchBox } from "./search-box.tsx";
import { SelectionBar } from "./selection-bar.tsx";

export interface SamplePanelProps {
  readonly isLoaded: boolean;
  readonly total: number;
  readonly shown: readonly Sample[];
  readonly facets: Facets;
  readonly sending: ReadonlySet<string>;
  readonly filter: Filter;
  readonly sort: Sort;
  readonly selection: Selection;
  readonly opened: string | undefined;
  /** Open samples among the chosen, or among all shown where none is chosen. */
  readonly openCount: number;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly listRef: RefObject<HTMLElement | null>;
  readonly actions: SamplePanelActions;
}

export interface SamplePanelActions {
  readonly filter: (filter: Filter) => void;
  readonly clearFilter: () => void;
  readonly sort: (field: SortField) => void;
  readonly rows: RowActions;
  readonly keyDown: (event: KeyboardEvent, pageRows: number) => void;
  readonly toggleAll: () => void;
  readonly clearChosen: () => void;
  readonly create: () => void;
  readonly import: () => void;
  readonly tag: () => void;
  readonly close: () => void;
}

export function SamplePanel(props: SamplePanelProps): ReactElement {
  const { isLoaded, total, shown, facets, filter, selection, actions, listRef } = props;
  const [isFilterShown, setFilterShown] = useState(false);
  const conditions = countConditions(filter);
  const chosenShown = shown.filter((sample) => selection.chosen.has(sample.key)).length;
  return (
    <>
      <div className="toolbar">
        <SearchBox
          inputRef={props.searchRef}
          text={filter.text}
          onText={(text) => actions.filter({ ...filter, text })}
          onLeave={() => listRef.current?.querySelector<HTMLElement>("[role=grid]")?.focus()}
        />
        <button
          type="button"
          className="button filter-toggle"
          aria-expanded={isFilterShown}
          onClick={() => setFilterShown(!isFilterShown)}
        >
          <Icon name="filter" />
          <span className="label">Filters</span>
          {conditions > 0 ? <span className="count">{conditions}</span> : null}
        </button>
        <button type="button" className="button" onClick={actions.import}>
          <Icon name="import" />
          <span className="label">Import</span>
        </button>
        <button type="button" className="button primary" onClick={actions.create}>
          <Icon name="plus" />
          <span className="label">New sample</span>
        </button>
      </div>
      <div className="filter-place" data-shown={isFilterShown || undefined}>
        <FilterBar filter={filter} facets={facets} onFilter={actions.filter} />
      </div>
      <SelectionBar
        total={total}
        shownCount={shown.length}
        chosenCount={selection.chosen.size}
        openCount={props.openCount}
        isAllChosen={shown.length > 0 && chosenShown === shown.length}
        onToggleAll={actions.toggleAll}
        onClear={actions.clearChosen}
        onTag={actions.tag}
        onClose={actions.close}
      />
      <SampleTable
        shown={shown}
        propertyKeys={facets.properties.map(({ key }) => key)}
        hasTags={facets.tags.length > 0}
        sending={props.sending}
        selection={selection}
        opened={props.opened}
        sort={props.sort}
        onSort={actions.sort}
        onKeyDown={actions.keyDown}
        actions={actions.rows}
        empty={
          !isLoaded ? (
            <Loading />
          ) : total === 0 ? (
            <NoSamples onImport={actions.import} onCreate={actions.create} />
          ) : (
            <NothingFound onClear={actions.clearFilter} />
          )
        }
      />
    </>
  );
}
