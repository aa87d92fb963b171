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
import type { Setting } from "./page/workloads.ts";
import { type PlatformProcess, startPlatform } from "./platform-process.ts";
import { platformWorkloads, toLines } from "./platform/workloads.ts";
import type { Figures } from "./platform/figure.ts";
import { type Measured, measure } from "./ratios.ts";

/** What must never be exceeded, and where it comes from: the table of performance targets. */
const TARGETS: Readonly<Record<string, { readonly must: number; readonly against: string }>> = {
  writeAwaited: { must: 1.5, against: "raw IndexedDB, strict" },
  writesAtOnce: { must: 0.6, against: "1,000 raw relaxed transactions" },
  bulkLoad: { must: 1.5, against: "raw IndexedDB, one transaction" },
  replay: { must: 1.15, against: "bare fetch, 6 connections" },
};

const { values: options } = parseArgs({
  args: argv.slice(2).filter((word) => word !== "--"),
  options: {
    only: { type: "string" },
    rounds: { type: "string", default: "5" },
    json: { type: "boolean", default: false },
  },
});

const all = [...Object.keys(TARGETS), ...Object.keys(platformWorkloads)];
const asked = options.only === undefined ? all : options.only.split(",");
const names = asked.filter((name) => TARGETS[name] !== undefined);
const rounds = Number(options.rounds);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  stderr.write(`--only takes names of ${all.join(", ")}; --rounds a whole number from 1\n`);
  exit(2);
}

const results = names.length > 0 ? await benchAll() : {};
const figures: Record<string, Figures> = {};
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

async function benchAll(): Promise<Record<string, Measured>> {
  await using resources = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
  resources.defer(() => rm(folder, { recursive: true, force: true }));
  stderr.write("building the page …\n");
  await buildPage(join(folder, "page"));
  const site = await openStaticServer(join(folder, "page"));
  resources.defer(() => site.close());
  const browser = await launchPersistentChromium(join(folder, "profile"));
  resources.defer(() => browser.close());
  const platform = await startPlatform();
  resources.defer(() => platform.close());
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => typeof globalThis.runWorkload === "function");
  const measured: Record<string, Measured> = {};
  for (const name of names) measured[name] = await benchOne(page, platform, name);
  return measured;
}

/** Rounds in turn, ours and the limit; the first pair warms up and does not count. */
async function benchOne(page: Page, platform: PlatformProcess, name: string): Promise<Measured> {
  const ours: number[] = [];
  const limit: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const { url: api, user, token, project } = platform;
    const setting: Setting = { api, user, token, project, round };
    const side = (which: "ours" | "limit"): Promise<number> =>
      page.evaluate(([n, s, at]) => globalThis.runWorkload(n, s, at), [
        name,
        which,
        setting,
      ] as const);
    const limitMs = await side("limit");
    const oursMs = await side("ours");
    stderr.write(
      `${name} ${round === 0 ? "warm-up" : `round ${round} of ${rounds}`}: ` +
        `${oursMs.toFixed(0)} ms against ${limitMs.toFixed(0)} ms\n`,
    );
    if (round === 0) continue;
    ours.push(oursMs);
    limit.push(limitMs);
  }
  return measure({ ours, limit });
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

function toTable(measured: Readonly<Record<string, Measured>>): string {
  const lines = Object.entries(measured).map(([name, { ours, limit, ratio }]) => {
    const target = TARGETS[name];
    const held = target !== undefined && ratio <= target.must ? "held" : "MISSED";
    const times = `${ours.toFixed(1).padStart(9)} ms ${limit.toFixed(1).padStart(9)} ms`;
    return `${name.padEnd(14)}${times} ${ratio.toFixed(2).padStart(7)}  must ${target?.must} ${held}, against ${target?.against}`;
  });
  return `${"workload".padEnd(14)}${"ours".padStart(12)} ${"limit".padStart(12)} ${"ratio".padStart(7)}\n${lines.join("\n")}\n`;
}
