// `npm run simulate`: plays histories in which everything goes wrong, and says whether a promise was broken.

import "../support/fake-indexeddb.ts";
import {
  describeViolation,
  drawShortHistory,
  everyCrashPoint,
  type Failure,
  type History,
  playHistory,
  search,
  shrink,
  useLightFetch,
} from "@holdfast/simulator";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { realStorage } from "./real-storage.ts";

const { values } = parseArgs({
  options: {
    /** Plays this one alone. */
    seed: { type: "string" },
    histories: { type: "string", default: "1000" },
    /** The number of the first. */
    from: { type: "string", default: "0" },
    /** Ends then, however many there were. */
    minutes: { type: "string" },
    /** Over the real storage package, instead of the model of its port. */
    "real-storage": { type: "boolean", default: false },
    /** Instead: so many short histories, each with a death at every single port call. */
    exhaustive: { type: "string" },
    /** Plays what a failure has left behind. */
    replay: { type: "string" },
    /** Failures after which it ends. */
    failures: { type: "string", default: "10" },
    /** Where failures are written to. */
    out: { type: "string", default: ".cache/simulation" },
  },
});

useLightFetch();

const startedAt = performance.now();
let failed = 0;
const seconds = (): number => (performance.now() - startedAt) / 1_000;

const depth = values["real-storage"] ? { storage: realStorage } : {};

process.exitCode = await command();

async function command(): Promise<number> {
  if (values.replay !== undefined) return await replay(values.replay);
  if (values.exhaustive !== undefined) return await enumerate(Number(values.exhaustive));
  return await searchAll();
}

async function searchAll(): Promise<number> {
  const limitS =
    values.minutes === undefined ? Number.POSITIVE_INFINITY : Number(values.minutes) * 60;
  const calls: number[] = [];
  const faults: number[] = [];
  let severalTabs = 0;
  let toldAt = 0;
  const { report, failures } = await search({
    seeds: seeds(),
    ...depth,
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
  const { violation } = await playHistory(history, depth.storage?.());
  say(violation === undefined ? "no promise was broken" : describeViolation(violation));
  return violation === undefined ? 0 : 1;
}

async function enumerate(histories: number): Promise<number> {
  const total = { histories: 0, calls: 0, plays: 0, failures: 0 };
  const from = Number(values.from);
  for (let number = from; number < from + histories; number++) {
    const { calls, plays, failures } = await everyCrashPoint(
      drawShortHistory(String(number)),
      depth.storage,
    );
    total.histories += 1;
    total.calls += calls;
    total.plays += plays;
    total.failures += failures.length;
    for (const failure of failures) tell(failure);
    for (const failure of failures.slice(0, 1)) await explain(failure);
    say(`${number}: ${calls} calls, ${plays} plays, ${failures.length} failures`);
  }
  const perSecond = Number((total.plays / seconds()).toFixed(1));
  process.stdout.write(`${JSON.stringify({ ...total, perSecond })}\n`);
  return total.failures > 0 ? 1 : 0;
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
  const shortest = await shrink(history, violation, depth);
  say(`\nseed ${history.seed}, invariant ${describeViolation(shortest.violation)}`);
  for (const step of shortest.history.steps) say(`  ${JSON.stringify(step)}`);
  mkdirSync(values.out, { recursive: true });
  const file = `${values.out}/${history.seed.replaceAll("/", "-")}.json`;
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
