import { mkdir, writeFile } from "node:fs/promises";
import { argv, exit, stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { toSvg } from "./chart.ts";
import type { CrowdMessage } from "./crowd-worker.ts";
import { type PaceName, paceNames, paces } from "./paces.ts";
import { settingOf } from "./setting.ts";
import type { Stampede } from "./stampede.ts";
import { summarise } from "./summary.ts";
import { toPage } from "./table.ts";

const { values } = parseArgs({
  args: argv.slice(2).filter((word) => word !== "--"),
  options: {
    seed: { type: "string", default: "1" },
    clients: { type: "string", default: "10000" },
    /** Where the page and its picture are written. */
    to: { type: "string", default: fileURLToPath(new URL("../../docs", import.meta.url)) },
  },
});
const [seed, clients] = [Number(values.seed), Number(values.clients)];
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(clients) || clients < 10) {
  stderr.write("--seed takes a whole number, --clients one from 10\n");
  exit(2);
}

/** Crowds at once: a core each. */
const threads = 2;
const setting = settingOf({ seed, clients });
const shown = new Map<PaceName, string>();
const crowds = new Map<PaceName, Stampede>();
const waiting: PaceName[] = [...paceNames];
await Promise.all(Array.from({ length: threads }, runNext));

const inOrder = paceNames.map((name) => [name, crowds.get(name) as Stampede] as const);
const { lanes, requestsPerLane } = setting.workload;
const operations = clients * lanes * requestsPerLane;
const page = toPage(
  setting,
  inOrder.map(([name, crowd]) => [name, summarise(crowd)]),
);
await mkdir(values.to, { recursive: true });
await writeFile(`${values.to}/stampede.md`, page);
await writeFile(
  `${values.to}/stampede.svg`,
  toSvg({ crowds: inOrder, perSecond: setting.perSecond, operations }),
);
stderr.write("\n");
stdout.write(page.slice(page.indexOf("| pace"), page.indexOf("Fairness is")));
stdout.write(`written: ${values.to}/stampede.md, stampede.svg\n`);

async function runNext(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    crowds.set(name, await runCrowd(name));
  }
}

function runCrowd(name: PaceName): Promise<Stampede> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./crowd-worker.ts", import.meta.url), {
      workerData: { name, setting },
      resourceLimits: { maxOldGenerationSizeMb: 6_000 },
    });
    show(name, "reconnecting");
    worker.on("message", (message: CrowdMessage) => {
      if (message.kind === "over") {
        show(name, "done");
        resolve(message.crowd);
        return;
      }
      const percent = Math.floor((100 * message.drained) / clients);
      show(name, `${Math.round(message.passedMs / 1_000)} s, ${percent} % done`);
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`The crowd ${name} ended with ${code}.`)));
  });
}

function show(name: PaceName, text: string): void {
  shown.set(name, `${paces[name].title}: ${text}`);
  const line = [...shown.values()].join("   ");
  stderr.write(stderr.isTTY ? `\r${line}\u001b[K` : text === "done" ? `${line}\n` : "");
}
