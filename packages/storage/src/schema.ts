import type { LocalKey, RowOf, Sequence, TableName } from "@holdfast/core";

/** Of the database. Raised with every change of `schema`, whose older versions then stay for the upgrade. */
export const schemaVersion = 4;

/** Names of the indexes, as Dexie makes them of their key paths. */
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

const objectsOf1 = [
  "row.key",
  indexes.folder,
  indexes.project,
  `*${indexes.types}`,
  `*${indexes.tags}`,
  `*${indexes.links}`,
].join();

/** Tables and indexes in Dexie's notation. What each index costs and brings: docs/decisions/0004. */
export const schema: Readonly<Record<StoreName, string>> = {
  objects: `${objectsOf1},${indexes.relocated}`,
  outbox: `row.sequence,${indexes.lane}`,
  journal: `row.number,*${indexes.carried}`,
  history: "row.sequence",
  aliases: `row.local,${indexes.realId}`,
  contents: "row.name",
  meta: "row.name",
  changes: "change",
  // Out-of-line keys [table, key, part].
  parts: "",
};

const tablesOf3 = { ...schema, journal: "row.number" };
const { contents: _, ...tablesOf2 } = tablesOf3;

/** What earlier versions had otherwise. No row is written anew: what a new index needs of it is there, or never was. */
export const olderSchemas: readonly (readonly [
  version: number,
  tables: Partial<Record<StoreName, string>>,
])[] = [
  [1, { ...tablesOf2, objects: objectsOf1 }],
  [2, tablesOf2],
  [3, tablesOf3],
];

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
