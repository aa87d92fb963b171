import { assert } from "../assert.ts";
import type { ObjectRow } from "../data-object.ts";
import { isListed } from "./is-listed.ts";
import { type NameTest, nameTest } from "./name-test.ts";
import type { FindQuery, Logic, PropertyCondition, PropertyQuery, TimeRange } from "../query.ts";

export type RowTest = (row: ObjectRow) => boolean;

/**
 * Whether the query finds the row, by its view and with the platform's defaults (CS §5.1). `limit`, `offset` and
 * `sortBy` play no part. Takes only parsed queries (`parseFindQuery`).
 */
export function matches(query: FindQuery, row: ObjectRow): boolean {
  return compileQuery(query)(row);
}

/** `matches` with the work that depends on the query alone done once: for scans and live queries. */
export function compileQuery(query: FindQuery): RowTest {
  const tests: RowTest[] = [isListed];
  const { class: objectClass, state, scope, id, link, type, tags, properties } = query;
  // The cheap and selective come first.
  if (objectClass !== undefined) tests.push((row) => row.class === objectClass);
  if (scope !== undefined) tests.push(scopeTest(scope));
  if (state !== undefined && state !== "any") tests.push((row) => row.view.state === state);
  const visibility = query.visibility ?? "visible";
  if (visibility !== "either") {
    const hidden = visibility === "hidden";
    tests.push((row) => row.view.hidden === hidden);
  }
  if (id !== undefined) {
    const ids = new Set<string>(id);
    tests.push((row) => ids.has(row.id) || (row.realId !== undefined && ids.has(row.realId)));
  }
  if (query.modified !== undefined) tests.push(timeTest(query.modified, "modified"));
  if (query.created !== undefined) tests.push(timeTest(query.created, "created"));
  if (query.name !== undefined) {
    const test: NameTest = nameTest(query.name);
    tests.push((row) => test(effectiveName(row)));
  }
  if (type !== undefined) tests.push((row) => holdsLogic(type, row.view.types));
  if (tags !== undefined) tests.push((row) => holdsLogic(tags, row.view.tags));
  if (properties !== undefined) {
    tests.push((row) => holdsProperties(properties, row.view.properties));
  }
  if (link !== undefined) {
    const targets = new Set<string>(typeof link === "string" ? [link] : link);
    tests.push((row) => row.view.links.some((target) => targets.has(target)));
  }
  return (row) => tests.every((test) => test(row));
}

/**
 * The order in which a query answers: `modified` descending, or `created` as `sortBy` says; ties by id ascending
 * (CS §5.2), copies of one object by project. Total: 0 only for the same row.
 */
export function compareRows(query: FindQuery): (left: ObjectRow, right: ObjectRow) => number {
  const { sortBy } = query;
  if (sortBy === undefined) {
    return (left, right) => right.view.modified - left.view.modified || compareIds(left, right);
  }
  const sign = sortBy.ordering === "ascending" ? 1 : -1;
  return (left, right) =>
    sign * (left.view.created - right.view.created) || compareIds(left, right);
}

/** The name a person sees: an object nobody named is called by its id, the real one once known (DO §5.2). */
export function effectiveName(row: ObjectRow): string {
  return row.view.name ?? effectiveId(row);
}

/** The real id once known, until then the provisional one. */
export function effectiveId(row: ObjectRow): string {
  return row.realId ?? row.id;
}

function compareIds(left: ObjectRow, right: ObjectRow): number {
  return (
    compareText(effectiveId(left), effectiveId(right)) || compareText(left.project, right.project)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function scopeTest(scope: NonNullable<FindQuery["scope"]>): RowTest {
  const { project, folder = "/", recurse = true } = scope;
  if (!recurse) return (row) => row.project === project && row.view.folder === folder;
  if (folder === "/") return (row) => row.project === project;
  const below = `${folder}/`;
  return (row) =>
    row.project === project && (row.view.folder === folder || row.view.folder.startsWith(below));
}

function timeTest(range: TimeRange, field: "created" | "modified"): RowTest {
  const { after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY } = range;
  return (row) => row.view[field] >= after && row.view[field] <= before;
}

function holdsLogic(logic: Logic<string>, present: readonly string[]): boolean {
  if (typeof logic === "string") return present.includes(logic);
  if ("$and" in logic) return logic.$and.every((part) => holdsLogic(part, present));
  return logic.$or.some((part) => holdsLogic(part, present));
}

function holdsProperties(
  query: PropertyQuery,
  properties: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(query).every(([key, condition]) => {
    if (Array.isArray(condition)) {
      const parts = condition as readonly PropertyQuery[];
      assert(key === "$and" || key === "$or", `a list of conditions under ${key}`);
      return key === "$and"
        ? parts.every((part) => holdsProperties(part, properties))
        : parts.some((part) => holdsProperties(part, properties));
    }
    const value = Object.hasOwn(properties, key) ? properties[key] : undefined;
    return holdsCondition(condition as PropertyCondition, value);
  });
}

function holdsCondition(condition: PropertyCondition, value: string | undefined): boolean {
  if (typeof condition === "boolean") return (value !== undefined) === condition;
  if (typeof condition === "string") return value === condition;
  return value !== undefined && value !== condition.$ne;
}
