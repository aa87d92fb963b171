// `npm run simulate`: plays histories in which everything goes wrong, and says whether a promise was broken.

import "../support/fake-indexeddb.ts";
import {
  emptyReport,
  describeViolation,
  drawShortHistory,
  everyCrashPoint,
  type Failure,
  type History,
  playHistory,
  type SearchReport,
  shrink,
} from "@holdfast/simulator";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Depth } from "./depth.ts";
import { writeFailure } from "./failure-files.ts";
import { realStorage } from "./real-storage.ts";
import { searchInProcesses } from "./search-in-processes.ts";

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
    /** At once. */
    processes: { type: "string", default: String(availableParallelism()) },
    /** Where failures are written to. */
    out: { type: "string", default: ".cache/simulation" },
  },
});

const startedAt = performance.now();
let failed = 0;
const seconds = (): number => (performance.now() - startedAt) / 1_000;

const depth: Depth = values["real-storage"] ? { storage: realStorage } : {};

/** Of the first project of each history. */
const exampleAddress = {
  api: "http://127.0.0.1:8700",
  user: "user-ada",
  project: "project-FFFFFFFFFFFFFFFFFFFFFFFF",
};

process.exitCode = await command();

async function command(): Promise<number> {
  if (values.replay !== undefined) return await replay(values.replay);
  if (values.exhaustive !== undefined) return await enumerate(Number(values.exhaustive));
  return await searchAll();
}

async function searchAll(): Promise<number> {
  const limitS =
    values.minutes === undefined ? Number.POSITIVE_INFINITY : Number(values.minutes) * 60;
  const seeds = seedsOfRun();
  const total = emptyReport();
  const failures: Failure[] = [];
  const calls: number[] = [];
  const faults: number[] = [];
  const tabs: number[] = [];
  let isInterrupted = false;
  let toldAt = 0;
  process.once("SIGINT", () => {
    isInterrupted = true;
    say("what has begun is played to its end; interrupt again to end at once");
  });
  await searchInProcesses({
    processes: Math.min(Number(values.processes), Math.ceil(seeds.length / 10)),
    seeds,
    isOverRealStorage: values["real-storage"],
    onPlayed: (played) => {
      for (const name of Object.keys(total) as (keyof SearchReport)[]) {
        total[name] += played.report[name];
      }
      calls.push(...played.calls);
      faults.push(...played.faults);
      tabs.push(...played.tabs);
      failures.push(...played.failures);
      for (const failure of played.failures) tell(failure);
      if (seconds() - toldAt > 10) {
        toldAt = seconds();
        const { histories } = total;
        const perSecond = (histories / seconds()).toFixed(1);
        say(`${histories} of ${seeds.length} histories, ${perSecond} a second`);
      }
      return !isInterrupted && failed < Number(values.failures) && seconds() < limitS;
    },
  });
  const playedS = seconds();
  say(`user calls ${quartiles(calls)}`);
  say(`faults and crashes ${quartiles(faults)}`);
  say(`tabs ${quartiles(tabs)}, two or more in ${shareOf(tabs, (number) => number > 1)}`);
  say(`${total.histories} histories in ${playedS.toFixed(0)} s`);
  for (const failure of failures.slice(0, 3)) await explain(failure);
  const perSecond = Number((total.histories / playedS).toFixed(1));
  const range = { from: seeds[0], to: seeds[total.histories - 1] };
  process.stdout.write(`${JSON.stringify({ ...total, perSecond, ...range })}\n`);
  return total.failures > 0 ? 1 : 0;
}

/** They are handed out in this order, so those that were played are the first ones. */
function seedsOfRun(): readonly string[] {
  if (values.seed !== undefined) return [values.seed];
  const from = Number(values.from);
  return Array.from({ length: Number(values.histories) }, (_, index) => String(from + index));
}

async function replay(file: string): Promise<number> {
  const { history } = JSON.parse(readFileSync(file, "utf8")) as { readonly history: History };
  const { violation } = await playHistory(history, depth.storage?.(history));
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

function tell({ history, violation }: Failure): void {
  failed += 1;
  say(`seed ${history.seed}: ${describeViolation(violation)}`);
}

/** With the shortest history that still breaks it, and the files that it leaves behind. */
async function explain({ history, violation }: Failure): Promise<void> {
  const shortest = await shrink(history, violation, depth);
  say(`\nseed ${history.seed}, invariant ${describeViolation(shortest.violation)}`);
  for (const step of shortest.history.steps) say(`  ${JSON.stringify(step)}`);
  const files = await writeFailure(values.out, shortest, depth);
  say(`the history, again: npm run simulate -- --replay ${files.history}`);
  say(`its platform: npm run platform -- --port 8700 --user ada=ada-token --world ${files.world}`);
  say(`and that in the example, with this token: ?${new URLSearchParams(exampleAddress)}`);
}

function quartiles(numbers: readonly number[]): string {
  const sorted = numbers.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return `${at(0)}, ${at(0.25)}, ${at(0.5)}, ${at(0.75)}, ${at(1)} (least, quarter, median, three quarters, most)`;
}

function shareOf(numbers: readonly number[], is: (number: number) => boolean): string {
  const share = numbers.filter(is).length / Math.max(1, numbers.length);
  return `${(100 * share).toFixed(1)} %`;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
