/** Where a value of the sheet goes. */
export type ColumnRole = "name" | "property" | "tags" | "nowhere";

export interface SheetColumn {
  /** From 0, as it stands in the file. */
  readonly index: number;
  readonly heading: string;
}

export interface SheetRow {
  /** As a spreadsheet numbers it: the headings are row 1. */
  readonly row: number;
  /** One per column, trimmed; a short row is filled with empty ones. */
  readonly cells: readonly string[];
}

/** The cells of a file that is a sheet, before anybody says what the columns mean. */
export interface Sheet {
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly SheetRow[];
}

/** One sample as the sheet has it. */
export interface SheetSample {
  readonly row: number;
  readonly name: string;
  /** Empty cells are left out: an empty cell says nothing. */
  readonly properties: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}

/** What is wrong, where, and what to do. `row` and `column` are absent where the whole file is meant. */
export interface SheetProblem {
  readonly row?: number;
  /** The heading, or the column's number where it has none. */
  readonly column?: string;
  readonly message: string;
}

/** All of it, or what is wrong with it: a sheet is never imported in part. */
export type SheetResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly SheetProblem[] };

/** More would not help anyone to mend the sheet. */
export const maxProblems = 50;

export function refuse(...problems: readonly SheetProblem[]): SheetResult<never> {
  return { ok: false, problems };
}
