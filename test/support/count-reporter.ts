import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** How a run ended. `npm test` adds the counts of several runs. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Prints `N passed, N failed, N skipped` as the last line, or, when `HOLDFAST_COUNTS` names a file, writes the counts
 * there as JSON for `npm test`, whose own last line adds those of the checks. A file that does not load, and an error
 * outside any test, count as failed.
 */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      const before = counts.failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== "pending") counts[state] += 1;
        else counts.failed += 1;
      }
      if (module.state() === "failed" && counts.failed === before) counts.failed += 1;
    }
    const file = process.env["HOLDFAST_COUNTS"];
    if (file === undefined) {
      process.stdout.write(`${toLine(counts)}\n`);
    } else {
      writeFileSync(file, JSON.stringify(counts));
    }
  }
}

function toLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
