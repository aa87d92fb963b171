import { describe, expect, test } from "vitest";
import { guessColumnRoles, withColumnRole } from "./column-roles.ts";
import { parseSheet } from "./parse-sheet.ts";
import { samplesOfSheet } from "./samples-of-sheet.ts";
import type { ColumnRole, SheetProblem, SheetResult, SheetSample } from "./sheet.ts";

function read(text: string, roles?: readonly ColumnRole[]): SheetResult<readonly SheetSample[]> {
  const sheet = parseSheet(text);
  if (!sheet.ok) return sheet;
  return samplesOfSheet(sheet.value, roles ?? guessColumnRoles(sheet.value));
}

function problemsOf(text: string, roles?: readonly ColumnRole[]): readonly SheetProblem[] {
  const result = read(text, roles);
  return result.ok ? [] : result.problems;
}

describe("the samples of a sheet", () => {
  test("have the sample column as their name and the others as properties", () => {
    expect(read("pop\tsample\ttags\nGBR\tHG00096\turgent; blood\n\tHG00097\t\n")).toEqual({
      ok: true,
      value: [
        { row: 2, name: "HG00096", properties: { pop: "GBR" }, tags: ["urgent", "blood"] },
        { row: 3, name: "HG00097", properties: {}, tags: [] },
      ],
    });
  });

  test("have the first column as their name where no heading says more", () => {
    expect(read("barcode,tissue\nB1,skin\n")).toMatchObject({ value: [{ name: "B1" }] });
  });

  test("leave out what the person leaves out", () => {
    expect(read("sample,a,b\nS,1,2\n", ["name", "nowhere", "property"])).toMatchObject({
      value: [{ properties: { b: "2" } }],
    });
  });

  test("keep a property that is called like something built in", () => {
    const result = read("sample,__proto__,constructor\nS,1,2\n");
    expect(result.ok && Object.entries(result.value[0]?.properties ?? {})).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]);
  });
});

describe("a sheet whose values cannot be kept", () => {
  test("is refused for a name that stands twice", () => {
    expect(problemsOf("sample,a\nS-1,1\nS-2,1\nS-1,2\n")).toEqual([
      {
        row: 4,
        column: "sample",
        message: "“S-1” stands in row 2 already. Names must differ within a sheet.",
      },
    ]);
  });

  test("is refused for a name that is missing", () => {
    expect(problemsOf("sample,a\n,1\n")).toEqual([
      { row: 2, column: "sample", message: "The name is missing." },
    ]);
  });

  test("counts the bytes of a value, not its characters", () => {
    expect(problemsOf(`sample,a\nS-1,${"ä".repeat(350)}\n`)).toEqual([]);
    expect(problemsOf(`sample,a\nS-1,${"ä".repeat(351)}\n`)).toMatchObject([
      { row: 2, column: "a" },
    ]);
  });

  test("counts the bytes of a heading", () => {
    expect(problemsOf(`sample,${"k".repeat(101)}\nS-1,1\n`)).toMatchObject([{ row: 1 }]);
  });

  test("is refused for the reserved property", () => {
    expect(problemsOf("sample,.holdfast-key\nS-1,1\n")).toMatchObject([{ row: 1 }]);
  });

  test("is refused for a name of two lines", () => {
    expect(problemsOf('sample,a\n"S\n1",1\n')).toMatchObject([{ row: 2, column: "sample" }]);
  });

  test("is refused without a column of names", () => {
    expect(problemsOf("sample\nS-1\n", ["property"])).toHaveLength(1);
  });
});

test("giving a second column the names takes them from the first", () => {
  expect(withColumnRole(["name", "property"], 1, "name")).toEqual(["property", "name"]);
});
