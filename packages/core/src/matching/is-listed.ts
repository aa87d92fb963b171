import type { ObjectRow } from "../data-object.ts";

/** Whether queries, counts, listings and lookups by link see the row: not that of a project itself. A store keeps what is not listed out of its indexes. */
export function isListed(row: ObjectRow): boolean {
  return row.removed === undefined && row.class !== "project";
}
