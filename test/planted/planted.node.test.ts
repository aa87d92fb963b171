import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { plantedBugs } from "./bugs.ts";
import { plant } from "./planted-bug.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("each planted bug matches the sources as they are", () => {
  for (const bug of plantedBugs) {
    for (const file of new Set(bug.changes.map((change) => change.file))) {
      const source = readFileSync(`${root}${file}`, "utf8");
      const planted = plant(bug, file, source);
      expect(planted, bug.name).not.toBe(source);
      expect(() => stripTypeScriptTypes(planted), bug.name).not.toThrow();
    }
  }
});

test("there are twenty of them at least, each with a name of its own", () => {
  expect(plantedBugs.length).toBeGreaterThanOrEqual(20);
  expect(new Set(plantedBugs.map(({ name }) => name)).size).toBe(plantedBugs.length);
});

test("one that no longer matches is told", () => {
  const [bug] = plantedBugs;
  if (bug === undefined) throw new Error("There is no bug.");
  const { file = "" } = bug.changes[0] ?? {};
  expect(() => plant(bug, file, "")).toThrow(/does not match/);
});
