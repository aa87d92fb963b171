import { states } from "../data-object.ts";
import { dataObjectClasses, isEntityId, isObjectId } from "../ids.ts";
import { InputFields, refuseInput, required } from "./input-fields.ts";
import { nameTest } from "../matching/name-test.ts";
import { isPlainObject } from "../values/plain-object.ts";
import type { FindQuery, Logic, PropertyCondition, PropertyQuery, TimeRange } from "../query.ts";
import {
  folderProblem,
  nameProblem,
  normalFolder,
  tagProblem,
  typeProblem,
} from "../values/values.ts";
import { kindOf, quoted } from "../values/words.ts";

/** Ids of one query (DO §1.6). */
export const maxQueryIds = 1000;
/** `$and` and `$or` inside each other: deeper is a mistake, and would end in an overflow. */
export const maxLogicDepth = 32;

const queryFields: readonly (keyof FindQuery)[] = [
  "class",
  "state",
  "visibility",
  "name",
  "id",
  "type",
  "tags",
  "properties",
  "link",
  "scope",
  "modified",
  "created",
  "sortBy",
  "limit",
  "offset",
];

/**
 * Reads the input of `/system/findDataObjects` as far as it can be answered here (CS §5.1).
 * @throws HoldfastError `InvalidInput`, and `InvalidType` where `scope.project` is a string but no project's id.
 */
export function parseFindQuery(value: unknown): FindQuery {
  const fields = new InputFields(value, "query", queryFields);
  const query = {
    class: fields.oneOf("class", dataObjectClasses),
    state: fields.oneOf("state", [...states, "any"] as const),
    visibility: fields.oneOf("visibility", ["visible", "hidden", "either"] as const),
    name: optional(fields, "name", parseName),
    id: optional(fields, "id", parseIds),
    type: optional(fields, "type", (type, at) => parseLogic(type, { at, problemOf: typeProblem })),
    tags: optional(fields, "tags", (tags, at) => parseLogic(tags, { at, problemOf: tagProblem })),
    properties: optional(fields, "properties", parsePropertyQuery),
    link: optional(fields, "link", parseLink),
    scope: optional(fields, "scope", parseScope),
    modified: optional(fields, "modified", parseTimeRange),
    created: optional(fields, "created", parseTimeRange),
    sortBy: optional(fields, "sortBy", parseSortBy),
    limit: fields.wholeNumber("limit"),
    offset: fields.wholeNumber("offset"),
  };
  if (query.limit === 0) refuseInput("query.limit must be 1 or more; to count, ask for the count");
  if (query.sortBy !== undefined && query.scope === undefined) {
    refuseInput("query.sortBy needs a scope: name the project");
  }
  return withoutUndefined(query);
}

function optional<Value>(
  fields: InputFields,
  name: keyof FindQuery,
  parse: (value: unknown, at: string) => Value,
): Value | undefined {
  const value = fields.get(name);
  return value === undefined ? undefined : parse(value, fields.at(name));
}

function parseName(value: unknown, at: string): NonNullable<FindQuery["name"]> {
  if (typeof value === "string") {
    const problem = nameProblem(value);
    return problem === undefined ? value : refuseInput(`${at}: ${problem}`);
  }
  const fields = new InputFields(value, at, ["glob", "regexp", "flags"]);
  if (fields.has("glob") === fields.has("regexp")) {
    refuseInput(`${at} must be a string, or hold either glob or regexp`);
  }
  const pattern = fields.get("glob") ?? fields.get("regexp");
  if (typeof pattern !== "string") {
    return refuseInput(`${at} must hold a pattern that is a string, not ${kindOf(pattern)}`);
  }
  const flags = fields.oneOf("flags", ["i"] as const);
  if (fields.has("glob")) {
    if (flags !== undefined) refuseInput(`${at}.flags goes with regexp only; take it out`);
    return { glob: pattern };
  }
  const query = { regexp: pattern, ...(flags === undefined ? undefined : { flags }) };
  try {
    nameTest(query);
  } catch (error) {
    refuseInput(`${at}.regexp cannot be read: ${(error as Error).message}`);
  }
  return query;
}

function parseIds(value: unknown, at: string): readonly string[] {
  if (!Array.isArray(value)) refuseInput(`${at} must be an array of ids, not ${kindOf(value)}`);
  const ids: readonly unknown[] = value;
  if (ids.length > maxQueryIds) {
    refuseInput(`${at} may hold at most ${maxQueryIds} ids, not ${ids.length}; ask in parts`);
  }
  return Array.from(ids, (id, index) =>
    isObjectId(id) ? id : refuseInput(`${at}[${index}] must be the id of a data object`),
  );
}

function parseLink(value: unknown, at: string): string | readonly string[] {
  if (!Array.isArray(value)) return parseLinkTarget(value, at);
  const targets: readonly unknown[] = value;
  if (targets.length > maxQueryIds) refuseInput(`${at} may hold at most ${maxQueryIds} ids`);
  return Array.from(targets, (target, index) => parseLinkTarget(target, `${at}[${index}]`));
}

function parseLinkTarget(value: unknown, at: string): string {
  return isEntityId(value) ? value : refuseInput(`${at} must be the id of an object`);
}

function parseScope(value: unknown, at: string): NonNullable<FindQuery["scope"]> {
  const fields = new InputFields(value, at, ["project", "folder", "recurse"]);
  const folder = fields.checked("folder", folderProblem);
  return withoutUndefined({
    project: fields.project("project"),
    folder: folder === undefined ? undefined : normalFolder(folder),
    recurse: fields.boolean("recurse"),
  });
}

function parseTimeRange(value: unknown, at: string): TimeRange {
  const fields = new InputFields(value, at, ["after", "before"]);
  return withoutUndefined({
    after: fields.wholeNumber("after"),
    before: fields.wholeNumber("before"),
  });
}

function parseSortBy(value: unknown, at: string): NonNullable<FindQuery["sortBy"]> {
  const fields = new InputFields(value, at, ["field", "ordering"]);
  return {
    field: required(fields.oneOf("field", ["created"] as const), fields.at("field")),
    ordering: required(
      fields.oneOf("ordering", ["ascending", "descending"] as const),
      fields.at("ordering"),
    ),
  };
}

interface LogicContext {
  readonly at: string;
  readonly problemOf: (value: unknown) => string | undefined;
  readonly depth?: number;
}

function parseLogic(value: unknown, context: LogicContext): Logic<string> {
  const { at, problemOf, depth = 0 } = context;
  if (typeof value === "string") {
    const problem = problemOf(value);
    return problem === undefined ? value : refuseInput(`${at}: ${problem}`);
  }
  checkDepth(depth, at);
  const fields = new InputFields(value, at, ["$and", "$or"]);
  if (fields.has("$and") === fields.has("$or")) {
    refuseInput(`${at} must be a string, or hold either $and or $or`);
  }
  const name = fields.has("$and") ? "$and" : "$or";
  const parts = partsOf(fields.get(name), fields.at(name)).map((part, index) =>
    parseLogic(part, { problemOf, at: `${fields.at(name)}[${index}]`, depth: depth + 1 }),
  );
  return name === "$and" ? { $and: parts } : { $or: parts };
}

function parsePropertyQuery(value: unknown, at: string, depth = 0): PropertyQuery {
  if (!isPlainObject(value)) {
    refuseInput(`${at} must be a plain object of conditions, not ${kindOf(value)}`);
  }
  checkDepth(depth, at);
  const entries = Object.entries(value).map(([key, condition]) => {
    const place = `${at}[${quoted(key)}]`;
    if (key !== "$and" && key !== "$or") return [key, parseCondition(condition, place)] as const;
    const parts = partsOf(condition, place).map((part, index) =>
      parsePropertyQuery(part, `${place}[${index}]`, depth + 1),
    );
    return [key, parts] as const;
  });
  return Object.fromEntries(entries) as PropertyQuery;
}

function parseCondition(value: unknown, at: string): PropertyCondition {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null) {
    return refuseInput(
      `${at} must be a string, true (present), false (absent) or {"$ne": string}, not ${kindOf(value)}`,
    );
  }
  const other = new InputFields(value, at, ["$ne"]).get("$ne");
  return typeof other === "string" ? { $ne: other } : refuseInput(`${at}.$ne must be a string`);
}

function partsOf(value: unknown, at: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuseInput(`${at} must be an array, not ${kindOf(value)}`);
}

function checkDepth(depth: number, at: string): void {
  if (depth > maxLogicDepth) refuseInput(`${at.slice(0, 80)}…: nested too deep`);
}

type Defined<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };

/** The fields that are given: absent and undefined are two things under `exactOptionalPropertyTypes`. */
function withoutUndefined<Fields extends object>(
  fields: Fields,
): Partial<Defined<Fields>> & RequiredOf<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<Defined<Fields>> & RequiredOf<Fields>;
}

type RequiredOf<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name];
};
