import type { FindQuery, Logic } from "@holdfast/core";
import type { KeyRanges } from "./key-ranges.ts";
import { indexes } from "./schema.ts";
import { subtreeRanges } from "./subtree-ranges.ts";
import { longListMarker } from "./stored-record.ts";
import { resultsOf } from "./transaction.ts";

/** Index entries which together cover every row that a condition of the query lets through. */
export interface Posting {
  readonly index: string;
  readonly range: IDBKeyRange;
}

/** Longer lists of index entries are not read: walking the rows newest first is then likely to be shorter. */
export const maxPostings = 1_000;

/**
 * The shortest list of entries that covers the query, by looking at the keys of each condition that has an
 * index; undefined where none has, or all are longer than `maxPostings`.
 */
export async function shortestPostings(
  objects: IDBObjectStore,
  ranges: KeyRanges,
  query: FindQuery,
): Promise<readonly Posting[] | undefined> {
  let shortest: { readonly postings: readonly Posting[]; readonly length: number } | undefined;
  for (const postings of coveringPostings(ranges, query)) {
    const keys = await resultsOf(
      postings.map(({ index, range }) => objects.index(index).getAllKeys(range, maxPostings + 1)),
    );
    const length = keys.reduce((sum, some) => sum + some.length, 0);
    if (length <= maxPostings && length < (shortest?.length ?? Number.POSITIVE_INFINITY)) {
      shortest = { postings, length };
    }
  }
  return shortest?.postings;
}

function coveringPostings(ranges: KeyRanges, query: FindQuery): Posting[][] {
  const { link, scope, tags, type } = query;
  const covers: Posting[][] = [];
  const cover = (index: string, values: readonly string[] | undefined): void => {
    if (values === undefined) return;
    // Rows whose list is too long for the index stand under the marker, whatever they hold.
    const all = new Set([...values, longListMarker]);
    covers.push([...all].map((value) => ({ index, range: ranges.only(value) })));
  };
  cover(indexes.links, typeof link === "string" ? [link] : link);
  cover(indexes.tags, tags === undefined ? undefined : coveringValues(tags));
  cover(indexes.types, type === undefined ? undefined : coveringValues(type));
  if (scope !== undefined && scope.recurse !== false && (scope.folder ?? "/") !== "/") {
    covers.push(subtree(ranges, scope.project, scope.folder as string));
  }
  return covers;
}

/** Values of which every match holds at least one; undefined where there are none such. */
export function coveringValues(logic: Logic<string>): readonly string[] | undefined {
  if (typeof logic === "string") return [logic];
  if ("$or" in logic) {
    const parts = logic.$or.map(coveringValues);
    return parts.some((part) => part === undefined)
      ? undefined
      : parts.flatMap((part) => part ?? []);
  }
  const parts = logic.$and.map(coveringValues).filter((part) => part !== undefined);
  return parts.sort((left, right) => left.length - right.length)[0];
}

function subtree(ranges: KeyRanges, project: string, folder: string): Posting[] {
  const index = indexes.folder;
  return subtreeRanges(ranges, project, folder).map((range) => ({ index, range }));
}
