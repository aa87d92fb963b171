import { readFile } from "node:fs/promises";
import { argv, exit, stderr, stdout } from "node:process";
import { parseArgs } from "node:util";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { indexedDbStorage, openHoldfastInThread } from "holdfast/in-thread";
import { type DayResult, play } from "./play.ts";
import { type Sabotage, sabotages } from "./sabotage.ts";
import { inventSamples, parseSamples, type Sample } from "./samples.ts";
import { api, token, user, World } from "./world.ts";

const USAGE = `npm run demo -- [--seed N] [--samples FILE] [--json] [--sabotage ${sabotages.join("|")}]

Plays a scripted day on virtual time: work offline, a crash between send and answer, a flaky reconnect.
  --seed N         what chance is drawn from, a whole number (default 7)
  --samples FILE   a sample sheet, comma or tab separated, instead of 300 invented samples
  --json           standard output is one JSON object on one line
  --sabotage WHAT  break a promise on purpose: nonce (objects are doubled) or outbox (calls are lost)
`;
const INVENTED = 300;

interface Options {
  readonly seed: number;
  readonly samples: readonly Sample[];
  readonly isJson: boolean;
  readonly sabotage: Sabotage | undefined;
}

const options = await readOptions();
const log = (line: string): boolean => (options.isJson ? stderr : stdout).write(`${line}\n`);
const world = new World({
  ...options,
  storage: indexedDbStorage({ indexedDB: new IDBFactory(), IDBKeyRange, medium: "memory" }),
});
const result = await play({
  ...options,
  stage: world,
  start: () => openHoldfastInThread({ api, user, token: () => token, ports: world.startProcess() }),
  log,
});
if (options.isJson) stdout.write(`${JSON.stringify(result)}\n`);
else stdout.write(toTable(result));

async function readOptions(): Promise<Options> {
  try {
    const { values } = parseArgs({
      args: argv.slice(2).filter((word) => word !== "--"),
      options: {
        seed: { type: "string", default: "7" },
        samples: { type: "string" },
        json: { type: "boolean", default: false },
        sabotage: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      stdout.write(USAGE);
      exit(0);
    }
    const seed = Number(values.seed);
    if (!Number.isSafeInteger(seed)) throw new Error(`--seed takes a whole number.`);
    const sabotage = sabotages.find((name) => name === values.sabotage);
    if (values.sabotage !== undefined && sabotage === undefined) {
      throw new Error(`--sabotage takes one of ${sabotages.join(", ")}.`);
    }
    const { samples: file } = values;
    const samples =
      file === undefined ? inventSamples(INVENTED) : parseSamples(await readFile(file, "utf8"));
    return { seed, samples, isJson: values.json, sabotage };
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    exit(2);
  }
}

function toTable(day: DayResult): string {
  const rows = Object.entries(day).map(([name, value]) => `  ${name.padEnd(12)}${value}`);
  return `\n${rows.join("\n")}\n`;
}
