import Papa from "papaparse";
import {
  maxProblems,
  refuse,
  type Sheet,
  type SheetColumn,
  type SheetProblem,
  type SheetResult,
  type SheetRow,
} from "./sheet.ts";

export const maxSheetRows = 50_000;
export const maxSheetColumns = 200;

/**
 * Reads CSV, semicolon-separated or tab-separated text. Stray separators at the end of a line are forgiven where
 * nothing stands behind them; a value under no heading is not.
 */
export function parseSheet(text: string): SheetResult<Sheet> {
  const { data, errors } = Papa.parse<readonly string[]>(text, { delimiter: separatorOf(text) });
  const quotes = errors.find((error) => error.type === "Quotes");
  if (quotes !== undefined) {
    return refuse({
      ...(quotes.row === undefined ? {} : { row: quotes.row + 1 }),
      message:
        "A quotation mark is opened and not closed, or stands inside a value: write it twice.",
    });
  }
  const [headings = [], ...body] = data;
  if (headings.every(isBlank)) {
    return refuse({ row: 1, message: "The first row has no headings. Name the columns there." });
  }
  if (headings.length > maxSheetColumns) {
    return refuse({ row: 1, message: `More than ${maxSheetColumns} columns. Leave some out.` });
  }
  const problems = headingProblems(headings);
  const columns = headings
    .map((heading, index): SheetColumn => ({ index, heading: heading.trim() }))
    .filter((column) => column.heading !== "");
  const rows = rowsOf(body, headings, problems);
  if (problems.length > 0) return refuse(...problems);
  if (rows.length === 0) {
    return refuse({ row: 2, message: "There are headings, but no rows below them." });
  }
  if (rows.length > maxSheetRows) {
    return refuse({
      row: rows[maxSheetRows]?.row ?? maxSheetRows,
      message: `More than ${maxSheetRows.toLocaleString("en")} rows. Split the sheet and import the pieces.`,
    });
  }
  return { ok: true, value: { columns, rows } };
}

/**
 * Told from the headings alone. Guessing from the rows, as the parser would, takes the commas inside the values of a
 * tab-separated sheet for separators.
 */
function separatorOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const headings = (end === -1 ? text : text.slice(0, end)).replaceAll(/"[^"]*"/g, "");
  const found = ["\t", ";", ","].map((separator) => ({
    separator,
    count: headings.split(separator).length - 1,
  }));
  const most = found.reduce((best, next) => (next.count > best.count ? next : best));
  return most.count === 0 ? "," : most.separator;
}

function headingProblems(headings: readonly string[]): SheetProblem[] {
  const seen = new Map<string, number>();
  const problems: SheetProblem[] = [];
  for (const [index, text] of headings.entries()) {
    const heading = text.trim();
    if (heading === "") continue;
    const first = seen.get(heading);
    if (first === undefined) seen.set(heading, index);
    else {
      problems.push({
        row: 1,
        column: heading,
        message: `The heading stands over columns ${first + 1} and ${index + 1}. Rename one.`,
      });
    }
  }
  return problems;
}

function rowsOf(
  body: readonly (readonly string[])[],
  headings: readonly string[],
  problems: SheetProblem[],
): SheetRow[] {
  const isHeaded = headings.map((heading) => !isBlank(heading));
  const rows: SheetRow[] = [];
  for (const [index, fields] of body.entries()) {
    if (fields.every(isBlank)) continue;
    const row = index + 2;
    const stray = fields.findIndex((field, at) => !isBlank(field) && isHeaded[at] !== true);
    if (stray !== -1 && problems.length < maxProblems) {
      problems.push({ row, column: `${stray + 1}`, message: strayWords(fields, stray, isHeaded) });
    }
    const cells = headings.map((_, at) => (fields[at] ?? "").trim());
    rows.push({ row, cells: cells.filter((_, at) => isHeaded[at]) });
  }
  return rows;
}

function strayWords(
  fields: readonly string[],
  stray: number,
  isHeaded: readonly boolean[],
): string {
  if (stray < isHeaded.length) return `“${shorten(fields[stray] ?? "")}” stands under no heading.`;
  const headings = isHeaded.filter(Boolean).length;
  return `Too many fields: ${fields.length}, but there are ${headings} headings.`;
}

function isBlank(field: string): boolean {
  return field.trim() === "";
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
