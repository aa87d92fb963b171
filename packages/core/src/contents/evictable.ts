import { type ContentRow, sizeOfParts } from "../content.ts";
import type { ObjectRow } from "../data-object.ts";

/**
 * Whether the device may do without it: it is on the platform for good, which an open file is not (its parts go with it when
 * the platform cleans up), and nobody wants it kept here.
 */
export function isEvictable(
  { name, state, isOnPlatform }: ContentRow,
  file: ObjectRow | undefined,
): file is ObjectRow {
  return (
    state === "whole" &&
    isOnPlatform === true &&
    file?.content === name &&
    file.keepOffline === undefined &&
    (file.base ?? file.view).state === "closed"
  );
}

/** The evictable contents whose going gives so many bytes, the longest unused first; undefined where all together do not. */
export function leastUsed(
  evictable: readonly ContentRow[],
  bytes: number,
): readonly ContentRow[] | undefined {
  const chosen: ContentRow[] = [];
  let freed = 0;
  for (const row of evictable.toSorted((left, right) => left.usedAt - right.usedAt)) {
    if (freed >= bytes) break;
    chosen.push(row);
    freed += sizeOfParts(row.parts);
  }
  return freed >= bytes ? chosen : undefined;
}
