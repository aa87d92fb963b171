import { HoldfastError, type RowOf, type TableName } from "@holdfast/core";

const rowVersion = 1;

/** Fields without which a row of the table means nothing, by the type they must have. */
const fields: Readonly<Record<TableName, Readonly<Record<string, FieldType>>>> = {
  objects: { key: "string", project: "string", id: "string", class: "string", view: "object" },
  outbox: {
    sequence: "number",
    id: "string",
    lane: "string",
    operation: "object",
    touches: "list",
    waitsFor: "list",
  },
  journal: {
    number: "number",
    path: "string",
    body: "string",
    lane: "string",
    operations: "list",
    epoch: "number",
    firstAttempt: "object",
  },
  history: { sequence: "number", id: "string", lane: "string", outcome: "string" },
  aliases: { local: "string", id: "string", project: "string" },
  contents: { name: "string", state: "string", parts: "list" },
  meta: { name: "string" },
};

const viewFields: Readonly<Record<string, FieldType>> = {
  folder: "string",
  state: "string",
  details: "string",
  types: "list",
  tags: "list",
  links: "list",
  properties: "object",
  modified: "number",
  created: "number",
};

/** Where a row is kept, to name it in a failure. */
export interface RowPlace {
  readonly table: TableName;
  readonly key: unknown;
}

type FieldType = "string" | "number" | "object" | "list";

/**
 * The row, once it is sure that this release can read it. It looks at the version and at the fields that rules
 * and queries rely on, not at every value: rows are written by our own code, and this runs for each row read.
 * @throws HoldfastError `NewerVersion` or `StorageFailed`.
 */
export function checkRow<Table extends TableName>(
  place: RowPlace & { readonly table: Table },
  row: unknown,
): RowOf<Table> {
  const checked = checkVersion(place, row);
  const wrong = wrongField(checked, fields[place.table]);
  if (wrong !== undefined) throw corruptRow(place, `its ${wrong} is unreadable`);
  if (place.table === "objects") {
    const wrongInView = wrongField(checked["view"] as Record<string, unknown>, viewFields);
    if (wrongInView !== undefined) throw corruptRow(place, `its view.${wrongInView} is unreadable`);
  }
  return checked as unknown as RowOf<Table>;
}

/** The part of `checkRow` that a row whose text is elsewhere can pass. */
export function checkVersion(place: RowPlace, row: unknown): Record<string, unknown> {
  if (!isObject(row)) throw corruptRow(place, "it is no row");
  const { version } = row;
  if (typeof version === "number" && version > rowVersion) {
    const message = `${nameOf(place)} was written by a newer release. Reload this page to get it.`;
    throw new HoldfastError({ code: "NewerVersion", message, found: version });
  }
  if (version !== rowVersion) throw corruptRow(place, "it has no version");
  return row;
}

export function corruptRow(place: RowPlace, what: string, cause?: unknown): HoldfastError {
  const message = `${nameOf(place)} cannot be read: ${what}. It is kept as it is.`;
  return new HoldfastError({ code: "StorageFailed", message }, { cause });
}

function wrongField(
  row: Record<string, unknown>,
  expected: Readonly<Record<string, FieldType>>,
): string | undefined {
  for (const name in expected) {
    const type = expected[name];
    const value = row[name];
    const isRight =
      type === "list"
        ? Array.isArray(value)
        : type === "object"
          ? isObject(value)
          : typeof value === type;
    if (!isRight) return name;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf({ table, key }: RowPlace): string {
  return `Row ${typeof key === "string" ? key : JSON.stringify(key)} of ${table}`;
}
