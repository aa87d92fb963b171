import Papa from "papaparse";

/** One line of a sample sheet. */
export interface Sample {
  readonly name: string;
  /** The other columns, by their titles; empty cells are left out. */
  readonly properties: Readonly<Record<string, string>>;
}

const POPULATIONS = ["GBR", "FIN", "CHS", "PUR", "YRI", "PJL"];

/** Samples for a day without a sheet. */
export function inventSamples(count: number): readonly Sample[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `HF${String(index + 1).padStart(5, "0")}`,
    properties: {
      pop: POPULATIONS[index % POPULATIONS.length] ?? "GBR",
      gender: index % 2 === 0 ? "female" : "male",
    },
  }));
}

/**
 * Reads a sample sheet: comma or tab separated, one header line, the first column the sample's name.
 * @throws Error that names the row and the column of what is wrong; nothing is read then.
 */
export function parseSamples(text: string): readonly Sample[] {
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: "greedy" });
  const [header, ...rows] = data;
  if (header === undefined) throw new Error("The sample sheet is empty. Give one with a header.");
  const failed = errors.find(({ code }) => code !== "UndetectableDelimiter");
  if (failed !== undefined) throw new Error(`Row ${(failed.row ?? 0) + 1}: ${failed.message}`);
  const titles = header.map((title) => title.trim());
  const seen = new Map<string, number>();
  return rows.map((cells, index) => {
    const row = index + 2;
    const name = cells[0]?.trim() ?? "";
    if (name === "")
      throw new Error(`Row ${row}, column 1 (${titles[0]}): give the sample a name.`);
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      throw new Error(`Row ${row}, column 1: ${name} is in row ${earlier} already. Remove one.`);
    }
    seen.set(name, row);
    const properties: Record<string, string> = {};
    for (const [column, cell] of cells.entries()) {
      const value = cell.trim();
      if (column === 0 || value === "") continue;
      const title = titles[column] ?? "";
      if (title === "") {
        throw new Error(`Row ${row}, column ${column + 1}: "${value}" stands under no title.`);
      }
      properties[title] = value;
    }
    return { name, properties };
  });
}
