import { indexes, type StoreName } from "./schema.ts";

const objectsOf1 = [
  "row.key",
  indexes.folder,
  indexes.project,
  `*${indexes.types}`,
  `*${indexes.tags}`,
  `*${indexes.links}`,
].join();

const tablesOf2 = {
  objects: `${objectsOf1},${indexes.relocated}`,
  outbox: `row.sequence,${indexes.lane}`,
  journal: "row.number",
  history: "row.sequence",
  aliases: `row.local,${indexes.realId}`,
  meta: "row.name",
  changes: "change",
  parts: "",
};

const tablesOf3 = { ...tablesOf2, contents: "row.name" };

/** The tables of earlier releases as Dexie made them, in its notation; the last is what it made of the fourth schema. */
export const olderSchemas: readonly (readonly [
  version: number,
  tables: Partial<Record<StoreName, string>>,
])[] = [
  [1, { ...tablesOf2, objects: objectsOf1 }],
  [2, tablesOf2],
  [3, tablesOf3],
  [4, { ...tablesOf3, journal: `row.number,*${indexes.carried}` }],
];
