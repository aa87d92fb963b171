import { type Keeping, keepingOf, type Sample } from "./sample.ts";

/** What the list shows. `undefined` asks nothing. */
export interface Filter {
  /** Words that must all occur; `key:value` asks for one property, tag, type or state. */
  readonly text: string;
  readonly state: string | undefined;
  readonly keeping: Keeping | undefined;
  readonly type: string | undefined;
  readonly tag: string | undefined;
  /** With no `value`: samples that have the property at all. */
  readonly property: { readonly key: string; readonly value: string | undefined } | undefined;
}

export const noFilter: Filter = {
  text: "",
  state: undefined,
  keeping: undefined,
  type: undefined,
  tag: undefined,
  property: undefined,
};

export type Predicate = (sample: Sample) => boolean;

export function isFiltering(filter: Filter): boolean {
  return filter.text.trim() !== "" || countConditions(filter) > 0;
}

/** Conditions besides the search words. */
export function countConditions(filter: Filter): number {
  const { state, keeping, type, tag, property } = filter;
  return [state, keeping, type, tag, property].filter((condition) => condition !== undefined)
    .length;
}

/** Compiled once per filter, run once per sample. */
export function toPredicate(filter: Filter, sending: ReadonlySet<string>): Predicate {
  const { state, keeping, type, tag, property } = filter;
  const conditions: Predicate[] = termsOf(filter.text).map(toTermPredicate);
  if (state !== undefined) conditions.push((sample) => sample.state === state);
  if (type !== undefined) conditions.push((sample) => sample.types.includes(type));
  if (tag !== undefined) conditions.push((sample) => sample.tags.includes(tag));
  if (keeping !== undefined) conditions.push((sample) => keepingOf(sample, sending) === keeping);
  if (property !== undefined) {
    conditions.push((sample) =>
      property.value === undefined
        ? Object.hasOwn(sample.properties, property.key)
        : sample.properties[property.key] === property.value,
    );
  }
  return (sample) => conditions.every((holds) => holds(sample));
}

interface Term {
  readonly key: string | undefined;
  readonly value: string;
}

/** Words are separated by spaces; quotation marks keep several together. */
export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  for (const match of text
    .toLowerCase()
    .matchAll(/(?:([^\s:"]+):)?(?:"([^"]*)"?|(\S+))|([^\s:"]+):/g)) {
    const [, key, quoted, word, alone] = match;
    if (alone !== undefined) terms.push({ key: undefined, value: alone });
    else terms.push({ key, value: quoted ?? word ?? "" });
  }
  return terms.filter((term) => term.value !== "");
}

function toTermPredicate({ key, value }: Term): Predicate {
  if (key === undefined) return (sample) => haystackOf(sample).includes(value);
  const whole = `${key}:${value}`;
  return (sample) =>
    fieldsOf(sample, key).some((field) => field.toLowerCase().includes(value)) ||
    haystackOf(sample).includes(whole);
}

function fieldsOf(sample: Sample, key: string): readonly string[] {
  switch (key) {
    case "state":
      return [sample.state];
    case "type":
      return sample.types;
    case "tag":
      return sample.tags;
    case "name":
      return [sample.name];
    default: {
      const name = Object.keys(sample.properties).find((other) => other.toLowerCase() === key);
      return name === undefined ? [] : [sample.properties[name] ?? ""];
    }
  }
}

/** A description that did not change is the same object, so its text is made once. */
const haystacks = new WeakMap<Sample, string>();

function haystackOf(sample: Sample): string {
  const known = haystacks.get(sample);
  if (known !== undefined) return known;
  const parts = [sample.name, sample.id, ...sample.types, ...sample.tags];
  const text = [...parts, ...Object.values(sample.properties)].join("\n").toLowerCase();
  haystacks.set(sample, text);
  return text;
}
