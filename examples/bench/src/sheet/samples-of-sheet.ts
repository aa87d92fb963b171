import {
  type ColumnRole,
  maxProblems,
  refuse,
  type Sheet,
  type SheetProblem,
  type SheetResult,
  type SheetRow,
  type SheetSample,
} from "./sheet.ts";

/** The platform's limits (data-object reference, value rules), in bytes of UTF-8. */
export const maxPropertyKeyBytes = 100;
export const maxPropertyValueBytes = 700;

/** Holdfast finds its own records again by this property, so no sheet may set it. */
const reservedProperty = ".holdfast-key";

const encoder = new TextEncoder();

/**
 * The samples of a sheet whose columns have a meaning. Checks everything that is certain to be refused later, so that
 * the person hears of it with row and column while the sheet is still at hand.
 */
export function samplesOfSheet(
  sheet: Sheet,
  roles: readonly ColumnRole[],
): SheetResult<readonly SheetSample[]> {
  const nameAt = roles.indexOf("name");
  if (nameAt === -1) return refuse({ message: "Choose the column that holds the names." });
  const problems = headingProblems(sheet, roles);
  const nameHeading = sheet.columns[nameAt]?.heading ?? "";
  const rowOfName = new Map<string, number>();
  const samples: SheetSample[] = [];
  for (const row of sheet.rows) {
    const name = row.cells[nameAt] ?? "";
    const nameProblem = problemOfName(name, row.row, rowOfName);
    if (nameProblem !== undefined) {
      problems.push({ row: row.row, column: nameHeading, message: nameProblem });
    } else rowOfName.set(name, row.row);
    problems.push(...cellProblems(sheet, roles, row));
    if (problems.length >= maxProblems) break;
    samples.push({ row: row.row, name, ...valuesOf(sheet, roles, row) });
  }
  return problems.length > 0
    ? refuse(...problems.slice(0, maxProblems))
    : { ok: true, value: samples };
}

function headingProblems(sheet: Sheet, roles: readonly ColumnRole[]): SheetProblem[] {
  return sheet.columns.flatMap(({ heading }, at): SheetProblem[] => {
    if (roles[at] !== "property") return [];
    if (heading === reservedProperty) {
      return [
        { row: 1, column: heading, message: "This property is reserved. Rename the column." },
      ];
    }
    const bytes = encoder.encode(heading).length;
    if (bytes <= maxPropertyKeyBytes) return [];
    return [
      {
        row: 1,
        column: heading,
        message: `The heading has ${bytes} bytes; a property's name may have ${maxPropertyKeyBytes}. Shorten it.`,
      },
    ];
  });
}

function problemOfName(
  name: string,
  row: number,
  rowOfName: ReadonlyMap<string, number>,
): string | undefined {
  if (name === "") return "The name is missing.";
  if (/[\n\r\t]/.test(name)) return "The name holds a line break or a tab. Write it in one line.";
  const first = rowOfName.get(name);
  if (first === undefined || first === row) return undefined;
  return `“${name}” stands in row ${first} already. Names must differ within a sheet.`;
}

function cellProblems(sheet: Sheet, roles: readonly ColumnRole[], row: SheetRow): SheetProblem[] {
  return sheet.columns.flatMap(({ heading }, at): SheetProblem[] => {
    const cell = row.cells[at] ?? "";
    // A UTF-16 unit is at most three bytes: most cells need no encoding to be known short.
    if (roles[at] !== "property" || cell.length * 3 <= maxPropertyValueBytes) return [];
    const bytes = encoder.encode(cell).length;
    if (bytes <= maxPropertyValueBytes) return [];
    return [
      {
        row: row.row,
        column: heading,
        message: `The value has ${bytes} bytes; a property may have ${maxPropertyValueBytes}. Shorten it.`,
      },
    ];
  });
}

function valuesOf(
  sheet: Sheet,
  roles: readonly ColumnRole[],
  row: SheetRow,
): Pick<SheetSample, "properties" | "tags"> {
  const properties: [string, string][] = [];
  const tags = new Set<string>();
  for (const [at, { heading }] of sheet.columns.entries()) {
    const cell = row.cells[at] ?? "";
    if (cell === "") continue;
    if (roles[at] === "property") properties.push([heading, cell]);
    if (roles[at] === "tags") for (const tag of splitTags(cell)) tags.add(tag);
  }
  return { properties: Object.fromEntries(properties), tags: [...tags] };
}

function splitTags(cell: string): string[] {
  return cell
    .split(/[,;|]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
}
