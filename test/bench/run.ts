import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, exit, stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, defaultClientConditions } from "vite";
import type { Page } from "playwright";
import { launchPersistentChromium } from "../support/chromium.ts";
import { openStaticServer } from "../support/static-server.ts";
import type { Setting } from "./page/setting.ts";
import { platformWorkloads, toLines } from "./platform/workloads.ts";
import type { Figures } from "./platform/figure.ts";
import { CpuWatch } from "./cpu-time.ts";
import { type Measured, measure } from "./ratios.ts";
import { type Requests, requestsOf } from "./seen-calls.ts";
import { benchSender, senderWorkloads } from "./sender.ts";
import { startWatchedPlatform, type WatchedPlatform } from "./watched-process.ts";

interface Target {
  /** Of the ratio. Absent where only the requests count. */
  readonly must?: number;
  readonly against: string;
  /** What ours may send at most, CORS preflights apart. */
  readonly requests?: number;
  /** Of each call of the platform. Default: none. */
  readonly latencyMs?: number;
}

/** What must never be exceeded, and where it comes from: the table of performance targets. */
const TARGETS: Readonly<Record<string, Target>> = {
  writeAwaited: { must: 1.5, against: "raw IndexedDB, strict" },
  writesAtOnce: { must: 0.6, against: "1,000 raw relaxed transactions" },
  bulkLoad: { must: 1.5, against: "raw IndexedDB, one transaction" },
  // 0.6 of the rate.
  attach: { must: 1.67, against: "bare writes of 128 MiB to OPFS, and their MD5" },
  // 1,000 closes, the survey (whoami, the clock, the project, the objects), and the look after the closes.
  replay: { must: 1.15, against: "bare fetch, 6 connections", requests: 1_005 },
  // 1,000 creates, the survey, which has no objects to look at, and the look after the closes.
  replayCreated: { against: "bare fetch, 6 connections", requests: 1_004 },
  replayLanes: { must: 0.22, against: "bare fetch, one at a time, 20 ms each", latencyMs: 20 },
  upload: { must: 1.25, against: "bare fetch PUTs, 8 MiB parts, 4 at once" },
  replayPoisoned: { must: 1.1, against: "the same replay without it" },
};

const { values: options } = parseArgs({
  args: argv.slice(2).filter((word) => word !== "--"),
  options: {
    only: { type: "string" },
    rounds: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
  },
});

const all = [
  ...Object.keys(TARGETS),
  ...Object.keys(senderWorkloads),
  ...Object.keys(platformWorkloads),
];
const asked = options.only === undefined ? all : options.only.split(",");
const names = asked.filter((name) => TARGETS[name] !== undefined);
const senderNames = asked.filter((name) => senderWorkloads[name] !== undefined);
const rounds = Number(options.rounds);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  stderr.write(`--only takes names of ${all.join(", ")}; --rounds a whole number from 1\n`);
  exit(2);
}

const figures: Record<string, Figures> = {};
const results = names.length + senderNames.length > 0 ? await benchInBrowser() : {};
for (const [name, workload] of Object.entries(platformWorkloads)) {
  if (!asked.includes(name)) continue;
  stderr.write(`${name} …\n`);
  figures[name] = await workload(rounds);
}
if (options.json) {
  stdout.write(`${JSON.stringify({ ...results, ...figures })}\n`);
} else {
  if (names.length > 0) stdout.write(toTable(results));
  for (const [name, measured] of Object.entries(figures)) stdout.write(toLines(name, measured));
}

interface Result extends Measured {
  /** What ours sent in the last round, and whether that is no more than it may. Of replays only. */
  readonly requests?: Requests & { readonly atMost?: number; readonly held?: boolean };
}

async function benchInBrowser(): Promise<Record<string, Result>> {
  await using resources = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
  resources.defer(() => rm(folder, { recursive: true, force: true }));
  stderr.write("building the page …\n");
  await buildPage(join(folder, "page"));
  const site = await openStaticServer(join(folder, "page"));
  resources.defer(() => site.close());
  const browser = await launchPersistentChromium(join(folder, "profile"));
  resources.defer(() => browser.close());
  const platform = await startWatchedPlatform();
  resources.defer(() => platform.close());
  const page = await browser.newPage();
  const cpu = new CpuWatch();
  await page.exposeFunction("watchPlatform", async () => {
    await platform.watch();
    cpu.begin();
  });
  await page.exposeFunction("workIsDone", () => cpu.end());
  await page.exposeFunction("refuseCalls", (path: string) => platform.refuse(path));
  await page.goto(site.url);
  await page.waitForFunction(() => typeof globalThis.runWorkload === "function");
  const measured: Record<string, Result> = {};
  for (const name of names) measured[name] = await benchOne({ page, platform, cpu }, name);
  for (const name of senderNames) {
    stderr.write(`${name} …\n`);
    figures[name] = await benchSender(name, { page, platform, rounds });
  }
  return measured;
}

interface Bench {
  readonly page: Page;
  readonly platform: WatchedPlatform;
  readonly cpu: CpuWatch;
}

/** Rounds in turn, each side first in every second; the first pair warms up and does not count. */
async function benchOne({ page, platform, cpu }: Bench, name: string): Promise<Result> {
  const target = TARGETS[name];
  await platform.setLatencyMs(target?.latencyMs ?? 0);
  const ours: number[] = [];
  const limit: number[] = [];
  const cpuOf = { ours: new Array<number>(), limit: new Array<number>() };
  for (let round = 0; round <= rounds; round++) {
    const { url: api, user, token, project } = platform;
    const setting: Setting = { api, user, token, project, round };
    const side = async (which: "ours" | "limit"): Promise<number> => {
      const words = [name, which, setting] as const;
      const ms = await page.evaluate(([n, s, at]) => globalThis.runWorkload(n, s, at), words);
      if (round > 0 && cpu.ms !== undefined) cpuOf[which].push(cpu.ms);
      return ms;
    };
    const first = round % 2 === 0 ? "ours" : "limit";
    const firstMs = await side(first);
    const secondMs = await side(first === "ours" ? "limit" : "ours");
    const [oursMs, limitMs] = first === "ours" ? [firstMs, secondMs] : [secondMs, firstMs];
    stderr.write(
      `${name} ${round === 0 ? "warm-up" : `round ${round} of ${rounds}`}: ` +
        `${oursMs.toFixed(0)} ms against ${limitMs.toFixed(0)} ms\n`,
    );
    if (round === 0) continue;
    ours.push(oursMs);
    limit.push(limitMs);
  }
  await platform.setLatencyMs(0);
  const measured = {
    ...measure({ ours, limit }),
    ...(cpu.ms === undefined ? {} : { cpu: measure(cpuOf) }),
  };
  if (!name.startsWith("replay")) return measured;
  const requests = requestsOf(await platform.seen());
  const atMost = target?.requests;
  const bound = atMost === undefined ? {} : { atMost, held: requests.sent <= atMost };
  return { ...measured, requests: { ...requests, ...bound } };
}

async function buildPage(outDir: string): Promise<void> {
  await build({
    root: fileURLToPath(new URL("page", import.meta.url)),
    configFile: false,
    logLevel: "warn",
    resolve: { conditions: ["source", ...defaultClientConditions] },
    worker: { format: "es" },
    build: { outDir, target: "esnext", emptyOutDir: true },
  });
}

function toTable(measured: Readonly<Record<string, Result>>): string {
  const lines = Object.entries(measured).map(([name, { ours, limit, ratio, cpu, requests }]) => {
    const { must, against } = TARGETS[name] as Target;
    const held = must === undefined ? "" : `must ${must} ${ratio <= must ? "held" : "MISSED"}, `;
    const times = `${ours.toFixed(1).padStart(9)} ms ${limit.toFixed(1).padStart(9)} ms`;
    const line = `${name.padEnd(16)}${times} ${ratio.toFixed(2).padStart(7)}  ${held}against ${against}${cpu === undefined ? "" : `; CPU time ${cpu.ratio.toFixed(2)}`}`;
    return requests === undefined ? line : `${line}\n${toRequestLine(requests)}`;
  });
  return `${"workload".padEnd(16)}${"ours".padStart(12)} ${"limit".padStart(12)} ${"ratio".padStart(7)}\n${lines.join("\n")}\n`;
}

function toRequestLine({
  sent,
  preflights,
  atMost,
  held,
}: NonNullable<Result["requests"]>): string {
  const limit =
    atMost === undefined ? "" : ` of at most ${atMost}, ${held === true ? "held" : "MISSED"}`;
  return `${"".padEnd(16)}${sent} requests${limit}; and ${preflights} preflights`;
}
