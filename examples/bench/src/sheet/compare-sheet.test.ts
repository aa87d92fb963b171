import { expect, test } from "vitest";
import { compareSheet, type KnownSample } from "./compare-sheet.ts";
import type { SheetSample } from "./sheet.ts";

function sample(name: string, properties: Record<string, string>): SheetSample {
  return { row: 2, name, properties, tags: [] };
}

function known(key: string, name: string, properties: Record<string, string>): KnownSample {
  return { key, name, properties };
}

test("a sheet that is here already brings nothing new, whatever else the samples carry", () => {
  const result = compareSheet(
    [sample("S-1", { pop: "GBR" })],
    [known("1", "S-1", { pop: "GBR", operator: "ada" }), known("2", "S-9", {})],
  );
  expect(result).toMatchObject({ fresh: [], same: [{ name: "S-1" }], changed: [] });
});

test("a sample with other values is told apart, with only what differs", () => {
  const result = compareSheet(
    [sample("S-1", { pop: "GBR", sex: "female" }), sample("S-2", { pop: "FIN" })],
    [known("1", "S-1", { pop: "GBR", sex: "male" })],
  );
  expect(result.changed).toEqual([
    { known: known("1", "S-1", { pop: "GBR", sex: "male" }), properties: { sex: "female" } },
  ]);
  expect(result.fresh.map(({ name }) => name)).toEqual(["S-2"]);
});

test("of several samples of one name the one most like the sheet counts", () => {
  const result = compareSheet(
    [sample("S-1", { pop: "GBR" })],
    [known("1", "S-1", { pop: "FIN" }), known("2", "S-1", { pop: "GBR" })],
  );
  expect(result.same).toHaveLength(1);
});
