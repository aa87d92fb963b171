import type { Reporter, TestCase, TestModule } from "vitest/node";

interface Counts {
  passed: number;
  failed: number;
  /** What the engine cannot be made to do. */
  skipped: number;
}

/** Ends a run with a table: each engine, each suite, how many of its cases passed. */
export class EngineTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const counts = new Map<string, Map<string, Counts>>();
    const suites = new Set<string>();
    for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
      const [engine, suite] = placeOf(test);
      suites.add(suite);
      const row = counts.get(engine) ?? new Map<string, Counts>();
      const cell = row.get(suite) ?? { passed: 0, failed: 0, skipped: 0 };
      const { state } = test.result();
      cell[state === "pending" ? "failed" : state] += 1;
      counts.set(engine, row.set(suite, cell));
    }
    const rows = [...counts].map(([engine, row]) => [
      engine,
      ...[...suites].map((suite) => textOf(row.get(suite))),
    ]);
    const lines = inColumns([["", ...suites], ...rows]);
    const broken = modules.filter((module) => module.state() === "failed" && isEmpty(module));
    const errors = unhandled.length + broken.length;
    process.stdout.write(`\n${lines.join("\n")}\n${errors > 0 ? `and ${errors} errors\n` : ""}`);
  }
}

/** The engine and the suite are the outermost two groups of every test. */
function placeOf(test: TestCase): readonly [engine: string, suite: string] {
  const [engine = "", suite = ""] = test.fullName.split(" > ");
  return [engine, suite];
}

function isEmpty(module: TestModule): boolean {
  return [...module.children.allTests()].length === 0;
}

function textOf(counts: Counts | undefined): string {
  if (counts === undefined) return "-";
  const { passed, failed, skipped } = counts;
  const parts = [
    `${passed} passed`,
    `${failed} failed`,
    ...(skipped > 0 ? [`${skipped} not possible`] : []),
  ];
  return parts.join(", ");
}

function inColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
      .join("   ")
      .trimEnd(),
  );
}
