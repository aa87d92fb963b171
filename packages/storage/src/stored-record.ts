import {
  effectiveId,
  isListed,
  type ObjectRow,
  type Put,
  type RowOf,
  type TableName,
} from "@holdfast/core";
import { maxValueBytes, partLength } from "./limits.ts";
import { checkRow, checkVersion, corruptRow, type RowPlace } from "./row-check.ts";
import type { StoredRecord } from "./schema.ts";
import { sizeBound } from "./size-bound.ts";

/** A row as the database takes it: a record, and the parts of its text where it is too large for one value. */
export interface Encoded {
  readonly record: StoredRecord<unknown>;
  readonly parts: readonly string[];
  readonly bytes: number;
}

/**
 * Stands in the index for a list too long to be indexed, so that a search by type, tag or link looks at the
 * row itself. No type, tag or id can hold its first character.
 */
export const longListMarker = "\u0000long";

/** Bytes a list may take in the record of a row whose text is in parts. */
const maxListBytes = 8_000;

export function encode(put: Put): Encoded {
  const bytes = sizeBound(put.row);
  const isUnlisted = put.table === "objects" && !isListed(put.row);
  const columns = put.table === "objects" ? indexColumns(put.row) : undefined;
  // The columns beside the row are bounded by the lists and strings of the row they repeat.
  if (bytes + 512 <= maxValueBytes) {
    if (isUnlisted) {
      return { record: { row: stubOf(put), unlisted: put.row, ...columns }, parts: [], bytes };
    }
    return { record: { row: put.row, ...columns }, parts: [], bytes };
  }
  const text = JSON.stringify(put.row);
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += partLength) parts.push(text.slice(at, at + partLength));
  return {
    record: { row: stubOf(put), parts: parts.length, textLength: text.length, ...columns },
    parts,
    bytes,
  };
}

/**
 * @param stored - the record, and the texts of its parts in order.
 * @throws HoldfastError `NewerVersion` for a row of a newer release, `StorageFailed` for one nobody can read.
 */
export function decode<Table extends TableName>(
  place: RowPlace & { readonly table: Table },
  stored: { readonly record: StoredRecord<unknown>; readonly parts: readonly string[] },
): RowOf<Table> {
  const { record, parts } = stored;
  if (record.parts === undefined) return checkRow(place, record.unlisted ?? record.row);
  // The version first: a newer release may keep its parts otherwise.
  checkVersion(place, record.row);
  if (parts.length !== record.parts) {
    throw corruptRow(place, `it has ${parts.length} of its ${record.parts} parts`);
  }
  const text = parts.join("");
  if (text.length !== record.textLength) throw corruptRow(place, "its parts are not whole");
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch (error) {
    throw corruptRow(place, "its parts do not join to JSON", error);
  }
  return checkRow(place, row);
}

function indexColumns(
  row: ObjectRow,
): Pick<StoredRecord, "newest" | "shownId" | "hidden" | "relocatedIn"> {
  const moved = row.relocations === undefined ? undefined : { relocatedIn: row.project };
  if (!isListed(row)) return { ...moved };
  const { modified, hidden } = row.view;
  return { newest: -modified, shownId: effectiveId(row), hidden: hidden ? 1 : 0, ...moved };
}

/** What the key and the indexes need of a row, and its version. */
function stubOf(put: Put): object {
  const { version } = put.row;
  switch (put.table) {
    case "objects": {
      const { key, project, view } = put.row;
      if (!isListed(put.row)) return { version, key };
      const { folder, state } = view;
      const [types, tags, links] = [view.types, view.tags, view.links].map(shortList);
      return { version, key, project, view: { folder, state, types, tags, links } };
    }
    case "outbox":
      return { version, sequence: put.row.sequence, lane: put.row.lane };
    case "journal":
      return { version, number: put.row.number };
    case "history":
      return { version, sequence: put.row.sequence };
    case "aliases":
      return { version, local: put.row.local, id: put.row.id };
    case "contents":
    case "meta":
      return { version, name: put.row.name };
  }
}

function shortList(list: readonly string[] | undefined): readonly string[] {
  if (list === undefined) return [];
  return sizeBound(list) <= maxListBytes ? list : [longListMarker];
}
