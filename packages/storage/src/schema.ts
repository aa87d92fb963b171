import type { LocalKey, RowOf, Sequence, TableName } from "@holdfast/core";

/** Of the database. Raised with every change of `schema`. */
export const schemaVersion = 4;

/** Names of the indexes, made of their key paths: `[a+b]` of several. */
export const indexes = {
  /** Folder listings, in the platform's order (newest first, ties by id) within folder, state and visibility. */
  folder: "[row.project+row.view.folder+row.view.state+hidden+newest+shownId]",
  /** Everything of a project in the platform's order, within visibility. */
  project: "[row.project+hidden+newest+shownId]",
  types: "row.view.types",
  tags: "row.view.tags",
  links: "row.view.links",
  /** Those of a project that a pending operation on folders has moved: most often none, so most writes pay nothing. */
  relocated: "relocatedIn",
  lane: "row.lane",
  /** Requests by the operations they carry. */
  carried: "row.operations",
  realId: "row.id",
} as const;

export interface TableSchema {
  /** Null where a record's key stands beside it. */
  readonly keyPath: string | null;
  readonly ordered?: readonly string[];
  /** Indexes with an entry for each element. */
  readonly lists?: readonly string[];
}

/** Tables and their indexes. What each index costs and brings: docs/decisions/0004. */
export const schema: Readonly<Record<StoreName, TableSchema>> = {
  objects: {
    keyPath: "row.key",
    ordered: [indexes.folder, indexes.project, indexes.relocated],
    lists: [indexes.types, indexes.tags, indexes.links],
  },
  outbox: { keyPath: "row.sequence", ordered: [indexes.lane] },
  journal: { keyPath: "row.number", lists: [indexes.carried] },
  history: { keyPath: "row.sequence" },
  aliases: { keyPath: "row.local", ordered: [indexes.realId] },
  contents: { keyPath: "row.name" },
  meta: { keyPath: "row.name" },
  changes: { keyPath: "change" },
  // [table, key, part].
  parts: { keyPath: null },
};

export type StoreName = TableName | "changes" | "parts";

export const storeNames: readonly StoreName[] = Object.keys(schema) as StoreName[];

/** What a table holds for a row: the row itself, or what the indexes need of it while `parts` hold its text. */
export interface StoredRecord<Row = RowOf<TableName>> {
  readonly row: Row;
  /** An object that is not listed: here, where no index looks, while `row` holds its key and version only. */
  readonly unlisted?: Row;
  /** How many parts hold the JSON text of the row; absent where the row is in the record. */
  readonly parts?: number;
  /** How long that text is, so that a part which is not whole is noticed. */
  readonly textLength?: number;
  /** Its project, where folders of its have been moved: also of what is not listed. */
  readonly relocatedIn?: string;
  /** Listed objects only: minus `view.modified`, so that rising keys are the platform's order. */
  readonly newest?: number;
  /** Listed objects only: the real id once known, else the provisional one. */
  readonly shownId?: string;
  /** Listed objects only. */
  readonly hidden?: 0 | 1;
}

/** The last numbers given in this database, by whichever store. They stand in the record of the last change. */
export interface Numbers {
  readonly change: number;
  readonly sequence: Sequence;
  /** Whether any row ever went into parts: until then nobody looks for parts to remove. */
  readonly hasParts: boolean;
}

/** One commit. The last of them also holds the last numbers given, so that none is ever given twice. */
export interface ChangeRecord extends Numbers {
  readonly version: 1;
  readonly objects: readonly LocalKey[] | "many";
  /** Names the commit: by it a writer whose connection broke finds out whether its commit went through. */
  readonly stamp: string;
}
