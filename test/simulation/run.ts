// `npm run simulate`: plays histories in which everything goes wrong, and says whether a promise was broken.

import {
  describeViolation,
  type Failure,
  type History,
  playHistory,
  search,
  shrink,
} from "@holdfast/simulator";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    /** Plays this one alone. */
    seed: { type: "string" },
    histories: { type: "string", default: "1000" },
    /** The number of the first. */
    from: { type: "string", default: "0" },
    /** Ends then, however many there were. */
    minutes: { type: "string" },
    /** Plays what a failure has left behind. */
    replay: { type: "string" },
    /** Failures after which it ends. */
    failures: { type: "string", default: "10" },
    /** Where failures are written to. */
    out: { type: "string", default: ".cache/simulation" },
  },
});

const startedAt = performance.now();
let failed = 0;
const seconds = (): number => (performance.now() - startedAt) / 1_000;

process.exitCode = values.replay === undefined ? await searchAll() : await replay(values.replay);

async function searchAll(): Promise<number> {
  const limitS =
    values.minutes === undefined ? Number.POSITIVE_INFINITY : Number(values.minutes) * 60;
  const calls: number[] = [];
  const faults: number[] = [];
  let severalTabs = 0;
  let toldAt = 0;
  const { report, failures } = await search({
    seeds: seeds(),
    onHistory: (history, outcome) => {
      calls.push(outcome.calls);
      faults.push(outcome.faults + outcome.crashes);
      if (outcome.tabs > 1) severalTabs += 1;
      if (outcome.violation !== undefined) tell({ history, violation: outcome.violation });
      if (seconds() - toldAt > 10) {
        toldAt = seconds();
        say(`${calls.length} histories, ${(calls.length / seconds()).toFixed(1)} a second`);
      }
      const isEnough = failed >= Number(values.failures) || seconds() > limitS;
      return !isEnough;
    },
  });
  for (const failure of failures.slice(0, 3)) await explain(failure);
  say(
    `user calls ${quartiles(calls)}, faults and crashes ${quartiles(faults)}, several tabs in ` +
      `${((100 * severalTabs) / Math.max(1, calls.length)).toFixed(0)} %`,
  );
  const perSecond = Number((report.histories / seconds()).toFixed(1));
  process.stdout.write(`${JSON.stringify({ ...report, perSecond })}\n`);
  return report.failures > 0 ? 1 : 0;
}

async function replay(file: string): Promise<number> {
  const { history } = JSON.parse(readFileSync(file, "utf8")) as { readonly history: History };
  const { violation } = await playHistory(history);
  say(violation === undefined ? "no promise was broken" : describeViolation(violation));
  return violation === undefined ? 0 : 1;
}

function* seeds(): Iterable<string> {
  if (values.seed !== undefined) {
    yield values.seed;
    return;
  }
  const from = Number(values.from);
  for (let number = from; number < from + Number(values.histories); number++) yield String(number);
}

function tell({ history, violation }: Failure): void {
  failed += 1;
  say(`seed ${history.seed}: ${describeViolation(violation)}`);
}

/** With the shortest history that still breaks it, in a file that `--replay` plays. */
async function explain({ history, violation }: Failure): Promise<void> {
  const shortest = await shrink(history, violation);
  say(`\nseed ${history.seed}, invariant ${describeViolation(shortest.violation)}`);
  for (const step of shortest.history.steps) say(`  ${JSON.stringify(step)}`);
  mkdirSync(values.out, { recursive: true });
  const file = `${values.out}/${history.seed}.json`;
  writeFileSync(file, `${JSON.stringify(shortest, undefined, 2)}\n`);
  say(`written to ${file}: npm run simulate -- --replay ${file}`);
}

function quartiles(numbers: readonly number[]): string {
  const sorted = numbers.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return `${at(0)}, ${at(0.25)}, ${at(0.5)}, ${at(0.75)}, ${at(1)} (least, quarter, median, three quarters, most)`;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
