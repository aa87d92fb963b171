import { expect, test } from "vitest";
import { inventSamples, parseSamples } from "./samples.ts";

test("a tab-separated sheet whose header ends in stray tabs is read", () => {
  const sheet = "sample\tpop\tsuper_pop\tgender\t\t\nHG00096\tGBR\tEUR\tmale\n";
  expect(parseSamples(sheet)).toEqual([
    { name: "HG00096", properties: { pop: "GBR", super_pop: "EUR", gender: "male" } },
  ]);
});

test.each([
  ["", "empty"],
  ["sample,pop\n,GBR\n", "Row 2, column 1"],
  ["sample,pop\na,GBR\na,FIN\n", "Row 3, column 1"],
  ["sample,pop\na,GBR,stray\n", "Row 2, column 3"],
])("a malformed sheet is refused with its place: %j", (sheet, place) => {
  expect(() => parseSamples(sheet)).toThrow(place);
});

test("invented samples have names of their own", () => {
  const names = new Set(inventSamples(300).map(({ name }) => name));
  expect(names.size).toBe(300);
});
