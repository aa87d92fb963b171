import { describe, expect, test } from "vitest";
import { maxSheetRows, parseSheet } from "./parse-sheet.ts";
import type { SheetProblem } from "./sheet.ts";

const panel =
  "sample\tpop\tsuper_pop\tgender\t\t\nHG00096\tGBR\tEUR\tmale\nHG00097\tGBR\tEUR\tfemale\n";

function problemsOf(text: string): readonly SheetProblem[] {
  const result = parseSheet(text);
  return result.ok ? [] : result.problems;
}

describe("a sheet that can be read", () => {
  test("forgives stray tabs behind the headings", () => {
    const result = parseSheet(panel);
    expect(result).toEqual({
      ok: true,
      value: {
        columns: [
          { index: 0, heading: "sample" },
          { index: 1, heading: "pop" },
          { index: 2, heading: "super_pop" },
          { index: 3, heading: "gender" },
        ],
        rows: [
          { row: 2, cells: ["HG00096", "GBR", "EUR", "male"] },
          { row: 3, cells: ["HG00097", "GBR", "EUR", "female"] },
        ],
      },
    });
  });

  test.each([
    ["commas", 'name,note\nS-1,"left, cold"\n'],
    ["semicolons", "name;note\nS-1;left, cold\n"],
    ["tabs with commas in the values", "name\tnote\nS-1\tleft, cold\n"],
    ["Windows line ends", "name\tnote\r\nS-1\tleft, cold\r\n"],
  ])("may be separated by %s", (_, text) => {
    const result = parseSheet(text);
    expect(result.ok && result.value.rows).toEqual([{ row: 2, cells: ["S-1", "left, cold"] }]);
  });

  test("may have one column alone", () => {
    const result = parseSheet("sample\nS-1\nS-2");
    expect(result.ok && result.value.rows.map((row) => row.cells)).toEqual([["S-1"], ["S-2"]]);
  });

  test("numbers rows as a spreadsheet does, also below empty and quoted ones", () => {
    const result = parseSheet('name,note\nS-1,"two\nlines"\n\n,\nS-2,x\n');
    expect(result.ok && result.value.rows.map((row) => row.row)).toEqual([2, 5]);
  });

  test("fills short rows with empty cells", () => {
    const result = parseSheet("name,a,b\nS-1\n");
    expect(result.ok && result.value.rows).toEqual([{ row: 2, cells: ["S-1", "", ""] }]);
  });

  test("keeps a byte order mark out of the first heading", () => {
    const result = parseSheet("\uFEFFname,a\nS-1,1\n");
    expect(result.ok && result.value.columns[0]?.heading).toBe("name");
  });
});

describe("a sheet that is refused", () => {
  test("has more fields than headings: row and count are named", () => {
    expect(problemsOf("name,a\nS-1,1\nS-2,1,2\n")).toEqual([
      { row: 3, column: "3", message: "Too many fields: 3, but there are 2 headings." },
    ]);
  });

  test("has a value under no heading: row and column are named", () => {
    expect(problemsOf("name,,b\nS-1,lost,2\n")).toEqual([
      { row: 2, column: "2", message: "“lost” stands under no heading." },
    ]);
  });

  test("has the same heading twice", () => {
    expect(problemsOf("name,a,a\nS-1,1,2\n")).toMatchObject([{ row: 1, column: "a" }]);
  });

  test("has a quotation mark that is never closed", () => {
    expect(problemsOf('name,a\nS-1,1\nS-2,"open\n')).toMatchObject([{ row: 3 }]);
  });

  test("has no headings", () => {
    expect(problemsOf(",,\nS-1,1,2\n")).toMatchObject([{ row: 1 }]);
  });

  test("has headings and nothing else", () => {
    expect(problemsOf("name,a\n\n")).toMatchObject([{ row: 2 }]);
  });

  test("has more rows than one import takes", () => {
    const text = `name\n${"x\n".repeat(maxSheetRows + 1)}`;
    expect(problemsOf(text)).toMatchObject([{ row: maxSheetRows + 2 }]);
  });

  test("names every place that is wrong, not only the first", () => {
    expect(problemsOf("name,a\nS-1,1,2\nS-2,1\nS-3,1,2\n").map((problem) => problem.row)).toEqual([
      2, 4,
    ]);
  });
});
