import type { ReactElement } from "react";
import { countConditions, type Filter, noFilter } from "../model/filter.ts";
import type { Facet, Facets, PropertyFacet } from "../model/facets.ts";
import { number } from "../model/format.ts";
import { type Keeping, keepings } from "../model/sample.ts";
import { keepingWords } from "../model/words.ts";
import { Icon } from "./icon.tsx";

export interface FilterBarProps {
  readonly filter: Filter;
  readonly facets: Facets;
  readonly onFilter: (filter: Filter) => void;
}

export function FilterBar({ filter, facets, onFilter }: FilterBarProps): ReactElement {
  const { property } = filter;
  return (
    <div className="filters" role="group" aria-label="Filters">
      <Choice
        label="State"
        value={filter.state}
        options={facets.states}
        onChange={(state) => onFilter({ ...filter, state })}
      />
      <Choice
        label="Changes"
        value={filter.keeping}
        options={keepings.map((value) => ({ value, title: keepingWords[value] }))}
        onChange={(value) => onFilter({ ...filter, keeping: value as Keeping | undefined })}
      />
      <Choice
        label="Type"
        value={filter.type}
        options={facets.types}
        onChange={(type) => onFilter({ ...filter, type })}
      />
      <Choice
        label="Tag"
        value={filter.tag}
        options={facets.tags}
        onChange={(tag) => onFilter({ ...filter, tag })}
      />
      <PropertyChoice
        property={property}
        facets={facets.properties}
        onChange={(chosen) => onFilter({ ...filter, property: chosen })}
      />
      <button
        type="button"
        className="icon-button"
        aria-label="Clear the filters"
        title="Clear the filters"
        disabled={countConditions(filter) === 0}
        onClick={() => onFilter({ ...noFilter, text: filter.text })}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

interface Option {
  readonly value: string;
  readonly title?: string;
  readonly count?: Facet["count"];
}

function Choice(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly Option[];
  readonly onChange: (value: string | undefined) => void;
}): ReactElement {
  const { label, value, options, onChange } = props;
  // What is chosen stays choosable when no sample has it any more.
  const isMissing = value !== undefined && !options.some((option) => option.value === value);
  const all: readonly Option[] = isMissing ? [...options, { value }] : options;
  return (
    <label className="choice" data-set={value !== undefined || undefined}>
      <span className="choice-label">{label}</span>
      <select
        value={value === undefined ? "" : `=${value}`}
        disabled={all.length === 0}
        onChange={(event) => {
          const { value: chosen } = event.target;
          onChange(chosen === "" ? undefined : chosen.slice(1));
        }}
      >
        <option value="">any</option>
        {all.map((option) => (
          // Prefixed, so that an empty property value is not "any".
          <option key={option.value} value={`=${option.value}`}>
            {option.title ?? (option.value === "" ? "(empty)" : option.value)}
            {option.count === undefined ? "" : ` (${number(option.count)})`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** One menu for all properties: a group of values for each, and first of all whether a sample has it. */
function PropertyChoice(props: {
  readonly property: Filter["property"];
  readonly facets: readonly PropertyFacet[];
  readonly onChange: (property: Filter["property"]) => void;
}): ReactElement {
  const { property, facets, onChange } = props;
  const choices = new Map<string, NonNullable<Filter["property"]>>();
  function choose(key: string, value: string | undefined): string {
    const name = JSON.stringify([key, value]);
    choices.set(name, { key, value });
    return name;
  }
  const current = property === undefined ? "" : choose(property.key, property.value);
  const groups = facets.map(({ key, count, values }) => (
    <optgroup key={key} label={key}>
      <option value={choose(key, undefined)}>{`${key}: present (${number(count)})`}</option>
      {values.map((facet) => (
        <option key={facet.value} value={choose(key, facet.value)}>
          {`${key}: ${facet.value === "" ? "(empty)" : facet.value} (${number(facet.count)})`}
        </option>
      ))}
    </optgroup>
  ));
  const isListed = facets.some(
    ({ key, values }) =>
      key === property?.key &&
      (property.value === undefined || values.some(({ value }) => value === property.value)),
  );
  return (
    <label className="choice wide" data-set={property !== undefined || undefined}>
      <span className="choice-label">Property</span>
      <select
        value={current}
        disabled={facets.length === 0 && property === undefined}
        onChange={(event) => onChange(choices.get(event.target.value))}
      >
        <option value="">any</option>
        {property === undefined || isListed ? null : (
          <option value={current}>{`${property.key}: ${property.value ?? "present"}`}</option>
        )}
        {groups}
      </select>
    </label>
  );
}
