import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { histories } from "./interrupted/histories.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The cells of the rows of both tables of docs/histories.md. */
async function rowsOfPage(): Promise<readonly (readonly string[])[]> {
  const page = await readFile(`${root}docs/histories.md`, "utf8");
  const rows = page.split("\n").filter((line) => /^\| \d{4} \|/.test(line));
  return rows.map((row) => row.split(" | ").map((cell) => cell.replaceAll(/^\| | \|$/g, "")));
}

test("every history that both engines play is in the index, and no other", async () => {
  const rows = await rowsOfPage();
  const indexed = rows.filter(({ length }) => length === 2).map((cells) => cells.join(": "));
  expect(indexed).toEqual(
    histories
      .map(({ page, name }) => `${page}: ${name}`)
      .toSorted((one, other) => Number(one.slice(0, 4)) - Number(other.slice(0, 4))),
  );
});

test("every other test that the index names is there", async () => {
  const rows = (await rowsOfPage()).filter(({ length }) => length === 3);
  expect(rows.length).toBeGreaterThan(20);
  for (const [, history, where = ""] of rows) {
    const [, file = "", name = ""] = /^`([^`]+)`: (.+)$/.exec(where) ?? [];
    const text = await readFile(`${root}${file}`, "utf8");
    expect(text.includes(name), `${history}: ${where}`).toBe(true);
  }
});
