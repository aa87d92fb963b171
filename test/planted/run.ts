// `npm run simulate -- --planted`: whether the simulator finds every planted bug.

import type { Violation } from "@holdfast/simulator";
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { plantedBugs } from "./bugs.ts";
import type { PlantedBug } from "./planted-bug.ts";

const execute = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));

const { values } = parseArgs({
  options: {
    planted: { type: "boolean" },
    /** At most so many for each. */
    histories: { type: "string", default: "20000" },
    /** Of these alone. */
    bug: { type: "string", multiple: true },
    /** At once. */
    processes: { type: "string", default: String(availableParallelism()) },
  },
});

interface Hunted {
  readonly bug: PlantedBug;
  readonly histories: number;
  /** Undefined where no history broke a promise that holds without the bug. */
  readonly violation: Violation | undefined;
}

interface Hunt {
  readonly played: number;
  readonly seed?: number;
  readonly violation?: Violation;
}

const limit = Number(values.histories);
const left = plantedBugs.filter(({ name }) => values.bug?.includes(name) ?? true);
const hunted: Hunted[] = [];
process.stdout.write("| planted bug | invariant | histories | found by |\n|---|---|---|---|\n");
await Promise.all(
  Array.from({ length: Number(values.processes) }, async () => {
    for (let bug = left.shift(); bug !== undefined; bug = left.shift()) {
      const one = await hunt(bug);
      hunted.push(one);
      process.stdout.write(`${toRow(one)}\n`);
    }
  }),
);
const missed = hunted.filter(({ violation }) => violation === undefined);
process.stdout.write(
  `${JSON.stringify({ planted: hunted.length, found: hunted.length - missed.length, missed: missed.map(({ bug }) => bug.name) })}\n`,
);
process.exitCode = missed.length === 0 ? 0 : 1;

/** A history that breaks a promise without the bug, too, has not found it. */
async function hunt(bug: PlantedBug): Promise<Hunted> {
  let histories = 0;
  while (histories < limit) {
    const found = await play(bug.name, histories, limit - histories);
    histories += found.played;
    if (found.violation === undefined || found.seed === undefined) break;
    const unplanted = await play(undefined, found.seed, 1);
    if (unplanted.violation === undefined) return { bug, histories, violation: found.violation };
  }
  return { bug, histories, violation: undefined };
}

async function play(bug: string | undefined, from: number, histories: number): Promise<Hunt> {
  const { stdout } = await execute(
    process.execPath,
    [
      "--conditions=source",
      "--disable-warning=ExperimentalWarning",
      "--import",
      `${here}register.ts`,
      `${here}hunt.ts`,
      `--from=${from}`,
      `--histories=${histories}`,
    ],
    { env: { ...process.env, PLANTED: bug ?? "" }, maxBuffer: 64 * 1024 * 1024 },
  );
  const [last = ""] = stdout.trimEnd().split("\n").slice(-1);
  return JSON.parse(last) as Hunt;
}

function toRow({ bug, histories, violation }: Hunted): string {
  const by = violation === undefined ? "not found" : String(violation.invariant);
  return `| ${bug.name} | ${bug.invariant} | ${histories} | ${by} |`;
}
