import type { Json, JsonObject } from "@holdfast/core";
import { canonical } from "./canonical.ts";
import type { Oracle } from "./oracle.ts";
import { isDone, type Subject } from "./promises.ts";

/**
 * What can be said of an object from what was asked of it and came true: the last word on each field. Of a copy nothing else is
 * known; of what was made here, nothing else may be there.
 */
export interface ExpectedObject {
  readonly isWhole: boolean;
  name?: Json;
  details?: Json;
  hidden?: Json;
  closed?: boolean;
  removed?: boolean;
  /** Each element on which there was a word: whether it is there. */
  readonly types: Map<string, boolean>;
  readonly tags: Map<string, boolean>;
  readonly properties: Map<string, string | null>;
}

/** @param realId - of an object made here, by the id that the app got. */
export function expectedObject(
  subject: Subject,
  oracle: Pick<Oracle, "outcomeOf" | "removedAt" | "rows">,
  realId: (id: string) => string,
): ExpectedObject {
  const expected: ExpectedObject = {
    isWhole: !subject.isCopy,
    types: new Map(),
    tags: new Map(),
    properties: new Map(),
  };
  const done = subject.wishes
    .filter(({ operation }) => operation !== undefined && isDone(oracle.outcomeOf(operation)))
    .sort((one, other) => sequenceOf(one.operation) - sequenceOf(other.operation));
  // A copy that was removed may be made once more.
  const removedAt = subject.key === undefined ? 0 : oracle.removedAt(subject.key);
  const standing = done.filter(({ operation }) => sequenceOf(operation) > removedAt);
  // Whoever made it again may have died before hearing of it: then it is nobody's wish.
  const isMadeAgain = [...oracle.rows.history.values()].some(
    ({ lane, kind, outcome, sequence }) =>
      lane === subject.key && kind === "clone" && isDone(outcome) && sequence > removedAt,
  );
  if (removedAt > 0 && !isMadeAgain) expected.removed = true;
  for (const { kind, input } of removedAt > 0 ? standing : done) {
    apply(expected, kind, translated(input, realId));
  }
  return expected;
}

function apply(expected: ExpectedObject, kind: string, input: JsonObject): void {
  const { name, details, hidden, types, tags, properties, close } = input;
  switch (kind) {
    case "create":
      if (name !== undefined) expected.name = name;
      if (details !== undefined) expected.details = details;
      if (expected.isWhole) expected.hidden = hidden ?? false;
      if (close === true) expected.closed = true;
      set(expected.types, types, true);
      set(expected.tags, tags, true);
      setAll(expected.properties, properties);
      return;
    case "rename":
      expected.name = name as Json;
      return;
    case "setDetails":
      expected.details = details as Json;
      return;
    case "setVisibility":
      expected.hidden = hidden as Json;
      return;
    case "addTypes":
    case "removeTypes":
      set(expected.types, types, kind === "addTypes");
      return;
    case "addTags":
    case "removeTags":
      set(expected.tags, tags, kind === "addTags");
      return;
    case "setProperties":
      setAll(expected.properties, properties);
      return;
    case "close":
      expected.closed = true;
      return;
    default:
      // Moves, clones and removals say nothing of these fields.
      return;
  }
}

function set(words: Map<string, boolean>, items: Json | undefined, isThere: boolean): void {
  for (const item of (items ?? []) as string[]) words.set(item, isThere);
}

function setAll(words: Map<string, string | null>, properties: Json | undefined): void {
  for (const [key, value] of Object.entries((properties ?? {}) as Record<string, string | null>)) {
    words.set(key, value);
  }
}

/** The differences between what must be and what is, in words; none where all is well. */
export function differences(
  expected: ExpectedObject,
  { foreign }: Pick<Subject, "foreign">,
  actual: JsonObject,
): readonly string[] {
  const found: string[] = [];
  const compare = (field: "name" | "details" | "hidden"): void => {
    if (!(field in expected) || foreign.contested.has(field)) return;
    const [is, shall] = [canonical(actual[field] ?? null), canonical(expected[field] ?? null)];
    if (is !== shall) found.push(`${field} is ${is} instead of ${shall}`);
  };
  compare("name");
  compare("details");
  compare("hidden");
  const state = actual["state"] as string;
  const isClosed = state === "closed";
  if (expected.closed === true && !isClosed) found.push(`it is ${state}`);
  if (
    expected.isWhole &&
    expected.closed !== true &&
    !foreign.closed &&
    !foreign.contested.has("state") &&
    state !== "open"
  ) {
    found.push(`it is ${state}, and nobody has closed it`);
  }
  const elements = (field: "types" | "tags"): void => {
    if (foreign.contested.has(field)) return;
    const there = new Set(actual[field] as string[]);
    for (const [item, shallBe] of expected[field]) {
      if (there.has(item) !== shallBe && !foreign.contested.has(`tag ${item}`)) {
        found.push(`${field} ${shallBe ? "lack" : "hold"} ${item}`);
      }
      there.delete(item);
    }
    for (const tag of foreign.tags) there.delete(tag);
    if (expected.isWhole && there.size > 0) found.push(`${field} hold ${[...there].join(", ")}`);
  };
  elements("types");
  elements("tags");
  if (foreign.contested.has("properties")) return found;
  const properties = new Map(
    Object.entries((actual["properties"] ?? {}) as Record<string, string>),
  );
  properties.delete(".holdfast-key");
  for (const [key, value] of expected.properties) {
    const is = properties.get(key) ?? null;
    if (is !== value) found.push(`property ${key} is ${is} instead of ${value}`);
    properties.delete(key);
  }
  if (expected.isWhole && properties.size > 0) {
    found.push(`there are properties ${[...properties.keys()].join(", ")}`);
  }
  return found;
}

/** With the platform's ids for those that the app got. */
export function translated<Value extends Json>(
  value: Value,
  realId: (id: string) => string,
): Value {
  if (typeof value === "string") return realId(value) as Value;
  if (Array.isArray(value))
    return value.map((item: Json) => translated(item, realId)) as Json as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, translated(item as Json, realId)]),
  ) as Json as Value;
}

function sequenceOf(operation: string | undefined): number {
  return Number(operation?.split("-")[1]);
}
