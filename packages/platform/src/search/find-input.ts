import {
  type DataObjectClass,
  dataObjectClasses,
  isEntityId,
  isJsonObject,
  isObjectId,
  type Json,
  type JsonObject,
  type State,
  states,
} from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import { maxPage } from "../assumed.ts";
import { asDescribe, type FieldSelection } from "../input/describe-input.ts";
import {
  asProjectId,
  keyOf,
  member,
  optionalArray,
  optionalBoolean,
  optionalChoice,
  optionalHash,
  optionalInteger,
  optionalString,
} from "../input/fields.ts";
import { asFolder } from "../input/metadata.ts";
import { type Level, levels } from "../levels.ts";
import { type ArchivalState, archivalStates } from "../world/archival.ts";
import type { SearchOrder } from "../world/object-index.ts";
import { asTextCondition, type Condition } from "./condition.ts";
import { asNameCondition, type NameCondition } from "./name-condition.ts";
import { asPropertyCondition, type PropertyLeaf } from "./property-condition.ts";
import { asRange, type Range } from "./time-range.ts";

/** Where to look. */
export interface Scope {
  readonly project: string;
  readonly folder: string;
  readonly recurse: boolean;
}

/** The place a page begins at: the first result it has. */
export interface Cursor {
  readonly project: string;
  readonly id: string;
}

/** The input of `/system/findDataObjects`, checked (CS §5.1). */
export interface FindInput {
  readonly class: DataObjectClass | undefined;
  readonly state: State | "any";
  readonly visibility: "visible" | "hidden" | "either";
  readonly name: NameCondition | undefined;
  readonly ids: ReadonlySet<string> | undefined;
  readonly type: Condition<string> | undefined;
  readonly tags: Condition<string> | undefined;
  readonly properties: Condition<PropertyLeaf> | undefined;
  readonly link: string | undefined;
  readonly scope: Scope | undefined;
  readonly level: Level;
  readonly regions: readonly string[] | undefined;
  readonly modified: Range;
  readonly created: Range;
  readonly order: SearchOrder;
  readonly describe: FieldSelection | undefined;
  readonly starting: Cursor | undefined;
  readonly limit: number;
  readonly archivalState: AskedArchivalState;
}

type AskedArchivalState = ArchivalState | "any";

export function asFindInput(input: JsonObject): FindInput {
  const scope = asScope(input);
  return {
    class: optionalChoice(input, "class", dataObjectClasses),
    state: optionalChoice(input, "state", [...states, "any"] as const) ?? "any",
    visibility:
      optionalChoice(input, "visibility", ["visible", "hidden", "either"] as const) ?? "visible",
    name: optional(input, "name", asNameCondition),
    ids: asIds(input),
    type: optional(input, "type", (value) => asTextCondition(value, keyOf("type"))),
    tags: asTags(input),
    properties: optional(input, "properties", asPropertyCondition),
    link: asLink(input),
    scope,
    level: optionalChoice(input, "level", levels) ?? "VIEW",
    regions: asRegions(input),
    modified: asRange(input, "modified"),
    created: asRange(input, "created"),
    order: asOrder(input, scope),
    describe: asDescribe(member(input, "describe"), keyOf("describe")),
    starting: asCursor(input),
    limit: asLimit(input),
    archivalState: asArchivalState(input) ?? "any",
  };
}

/** 1 to 1,000; more is refused (O10). */
export function asLimit(input: JsonObject): number {
  const limit = optionalInteger(input, "limit") ?? maxPage;
  if (limit < 1 || limit > maxPage) {
    throw invalidInput(`expected ${keyOf("limit")} to be a number from 1 to ${maxPage}`);
  }
  return limit;
}

export function asRegions(input: JsonObject): readonly string[] | undefined {
  const value = member(input, "region");
  if (value === undefined) return undefined;
  const regions: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (regions.every((region) => typeof region === "string")) return regions;
  throw invalidInput(`expected ${keyOf("region")} to be a string or an array of strings`);
}

/** `tags`, or the older `tag`; never both. */
export function asTags(input: JsonObject): Condition<string> | undefined {
  if (member(input, "tags") !== undefined && member(input, "tag") !== undefined) {
    throw invalidInput('give key "tags" or key "tag" of input, not both');
  }
  return (
    optional(input, "tags", (value) => asTextCondition(value, keyOf("tags"))) ??
    optional(input, "tag", (value) => asTextCondition(value, keyOf("tag")))
  );
}

export function optional<Value>(
  input: JsonObject,
  key: string,
  read: (value: Json) => Value,
): Value | undefined {
  const value = member(input, key);
  return value === undefined ? undefined : read(value);
}

function asScope(input: JsonObject): Scope | undefined {
  const scope = optionalHash(input, "scope");
  if (scope === undefined) return undefined;
  return {
    project: asProjectId(member(scope, "project"), 'key "project" of "scope"'),
    folder: optional(scope, "folder", (value) => asFolder(value, "folder")) ?? "/",
    recurse: optionalBoolean(scope, "recurse") ?? true,
  };
}

function asIds(input: JsonObject): ReadonlySet<string> | undefined {
  const ids = optionalArray(input, "id");
  if (ids === undefined) return undefined;
  if (ids.length > maxPage) throw invalidInput(`${keyOf("id")}: at most ${maxPage} IDs are taken`);
  if (!ids.every(isObjectId)) {
    throw invalidInput(`expected ${keyOf("id")} to be an array of data object IDs`);
  }
  return new Set(ids);
}

function asLink(input: JsonObject): string | undefined {
  const link = optionalString(input, "link");
  if (link === undefined || isEntityId(link)) return link;
  throw invalidInput(`expected ${keyOf("link")} to be the ID of a data object`);
}

/** `created` is the only field there is to sort by, and only within a scope (CS §5.1). */
function asOrder(input: JsonObject, scope: Scope | undefined): SearchOrder {
  const sortBy = optionalHash(input, "sortBy");
  if (sortBy === undefined) return "modified";
  if (optionalString(sortBy, "field") !== "created") {
    throw invalidInput('expected key "field" of "sortBy" to be "created"');
  }
  if (scope === undefined) throw invalidInput('key "sortBy" of input needs key "scope"');
  const orderings = ["ascending", "descending"] as const;
  return optionalChoice(sortBy, "ordering", orderings) === "descending"
    ? "createdDescending"
    : "createdAscending";
}

function asCursor(input: JsonObject): Cursor | undefined {
  const value = member(input, "starting");
  if (value === undefined) return undefined;
  const project = isJsonObject(value) ? member(value, "project") : undefined;
  const id = isJsonObject(value) ? member(value, "id") : undefined;
  if (typeof project === "string" && isObjectId(id)) return { project, id };
  throw invalidInput(`expected ${keyOf("starting")} to be "next" of the page before, unchanged`);
}

/** Only files have one, and only a folder of one project may be asked for it (CS §5.1). */
function asArchivalState(input: JsonObject): AskedArchivalState | undefined {
  const state = optionalChoice(input, "archivalState", [...archivalStates, "any"]);
  const scope = optionalHash(input, "scope");
  const isInFolder = scope !== undefined && member(scope, "folder") !== undefined;
  if (state === undefined || (member(input, "class") === "file" && isInFolder)) return state;
  throw invalidInput('key "archivalState" of input needs class "file", and a scope with a folder');
}
