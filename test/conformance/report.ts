import type { Result } from "./run-facts.ts";

interface Row {
  readonly section: string;
  rows: number;
  /** Rows that a platform can keep or break, [doc] and [client] only. */
  ofPlatform: number;
  tested: number;
  readonly open: Map<string, number>;
}

/** The coverage by section, and what failed. A route that is not there counts as not covered. */
export function reportOf(results: readonly Result[]): string {
  const sections = new Map<string, Row>();
  for (const { id, fact, outcome } of results) {
    const section = id.slice(0, id.lastIndexOf("-"));
    const row = sections.get(section) ?? newRow(section);
    sections.set(section, row);
    row.rows += 1;
    if (outcome === "ofClients" || fact.mark === "assumed") continue;
    row.ofPlatform += 1;
    if (outcome === "passed" || outcome === "failed") row.tested += 1;
    else row.open.set(outcome, (row.open.get(outcome) ?? 0) + 1);
  }
  const total = newRow("all");
  const lines = [...sections.values()].map((row) => {
    total.rows += row.rows;
    total.ofPlatform += row.ofPlatform;
    total.tested += row.tested;
    for (const [why, count] of row.open) total.open.set(why, (total.open.get(why) ?? 0) + count);
    return lineOf(row);
  });
  const failures = results.filter(({ outcome }) => outcome === "failed");
  return [
    "section    rows  of the platform  tested  not tested",
    ...lines,
    lineOf(total),
    `tested: ${percentOf(total)} % of the [doc] and [client] rows that a platform can keep or break`,
    ...failures.map(({ id, fact, reason }) => `FAILED ${id} ${fact.says}\n       ${reason ?? ""}`),
    "",
  ].join("\n");
}

/** The last line of the command. */
export function summaryOf(results: readonly Result[]): string {
  const count = (outcome: string): number =>
    results.filter((result) => result.outcome === outcome).length;
  const [passed, failed] = [count("passed"), count("failed")];
  return `${passed} passed, ${failed} failed, ${results.length - passed - failed} skipped`;
}

const words: Readonly<Record<string, string>> = {
  notThere: "route not there yet",
  notHere: "not on this ground",
  cannot: "cannot be tested",
};

function lineOf({ section, rows, ofPlatform, tested, open }: Row): string {
  const why = [...open].map(([outcome, count]) => `${count} ${words[outcome] ?? outcome}`);
  return [
    section.padEnd(9),
    String(rows).padStart(6),
    String(ofPlatform).padStart(17),
    String(tested).padStart(8),
    `  ${why.join(", ")}`,
  ]
    .join("")
    .trimEnd();
}

function percentOf({ ofPlatform, tested }: Row): string {
  return ((100 * tested) / Math.max(1, ofPlatform)).toFixed(1);
}

function newRow(section: string): Row {
  return { section, rows: 0, ofPlatform: 0, tested: 0, open: new Map() };
}
