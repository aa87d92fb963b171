import type { FindQuery } from "@holdfast/core";
import { states } from "@holdfast/core";
import type { KeyRanges } from "./key-ranges.ts";
import { indexes } from "./schema.ts";

/** A part of an index whose rows come in the platform's default order: newest first, ties by id. */
export interface OrderedRange {
  readonly index: string;
  /** The columns before `newest`. */
  readonly prefix: readonly IDBValidKey[];
  readonly lower: IDBValidKey;
  readonly upper: IDBValidKey;
}

/**
 * The ranges that together hold every row the query can match, none twice.
 * @param projects - all there are, for a query that names none.
 */
export function orderedRanges(query: FindQuery, projects: readonly string[]): OrderedRange[] {
  const { scope, modified } = query;
  const { after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY } = modified ?? {};
  // No range of keys may end before it begins.
  if (after > before) return [];
  const visibility = query.visibility ?? "visible";
  const hidden = visibility === "either" ? [0, 1] : [visibility === "hidden" ? 1 : 0];
  const newest: Pick<OrderedRange, "lower" | "upper"> = {
    lower: [-before],
    upper: [-after, []],
  };
  if (scope?.recurse === false) {
    const wanted = query.state === undefined || query.state === "any" ? states : [query.state];
    return wanted.flatMap((state) =>
      hidden.map((flag) => ({
        index: indexes.folder,
        prefix: [scope.project, scope.folder ?? "/", state, flag],
        ...newest,
      })),
    );
  }
  const wanted = scope === undefined ? projects : [scope.project];
  return wanted.flatMap((project) =>
    hidden.map((flag) => ({ index: indexes.project, prefix: [project, flag], ...newest })),
  );
}

/** Whether every row of the ranges matches, so that counting the index counts the rows. */
export function isAnsweredByRanges(query: FindQuery): boolean {
  const { scope, state = "any" } = query;
  const narrows = [
    query.class,
    query.name,
    query.id,
    query.type,
    query.tags,
    query.properties,
    query.link,
    query.created,
  ];
  if (narrows.some((field) => field !== undefined)) return false;
  if (scope?.recurse === false) return true;
  return state === "any" && (scope?.folder ?? "/") === "/";
}

/**
 * @param after - the index key to go on after; the row of that very key is not given again.
 */
export function keyRangeOf(
  ranges: KeyRanges,
  { prefix, lower, upper }: OrderedRange,
  after?: IDBValidKey,
): IDBKeyRange {
  const top = [...prefix, ...(upper as IDBValidKey[])];
  if (after !== undefined) return ranges.bound(after, top, true);
  return ranges.bound([...prefix, ...(lower as IDBValidKey[])], top);
}
