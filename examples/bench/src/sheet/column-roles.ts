import type { ColumnRole, Sheet } from "./sheet.ts";

/** Headings under which laboratories write the name of a sample, the surest first. */
const nameHeadings: readonly string[] = [
  "sample",
  "samplename",
  "sampleid",
  "name",
  "individual",
  "subject",
  "id",
  "iid",
];

const tagHeadings: ReadonlySet<string> = new Set(["tag", "tags"]);

/** What the columns most likely mean: one is the name (the first, where no heading says so), the rest properties. */
export function guessColumnRoles(sheet: Sheet): ColumnRole[] {
  const headings = sheet.columns.map((column) => plain(column.heading));
  const named = nameHeadings.map((heading) => headings.indexOf(heading)).find((at) => at !== -1);
  const nameAt = named ?? 0;
  return headings.map((heading, index) => {
    if (index === nameAt) return "name";
    return tagHeadings.has(heading) ? "tags" : "property";
  });
}

/** One column alone is the name: the one that was loses the role. */
export function withColumnRole(
  roles: readonly ColumnRole[],
  index: number,
  role: ColumnRole,
): ColumnRole[] {
  return roles.map((current, at) => {
    if (at === index) return role;
    return role === "name" && current === "name" ? "property" : current;
  });
}

function plain(heading: string): string {
  return heading.toLowerCase().replaceAll(/[\s_.-]/g, "");
}
