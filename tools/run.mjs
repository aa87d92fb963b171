// Every `npm run` command: provides Node, pnpm and the dependencies, then does what was asked.
// Plain JavaScript for Node 18 and later, without dependencies: it runs before anything is installed.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, exit, stderr, stdout } from "node:process";
import { setUp, setUpTools } from "./set-up.mjs";

const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
const PARENT_CHECK_MS = 500;
const VITEST = ["vitest", "run", "--config", "test/vitest.config.ts"];
const SOURCES = ["node", "--conditions=source", "--disable-warning=ExperimentalWarning"];

/** The quick part of `npm test`, in the order in which a reader wants to hear of trouble. */
const CHECKS = {
  format: ["biome", "format", "--config-path=tools/format.json"],
  types: ["tsc", "-b"],
  lint: ["oxlint", "--type-aware", "--deny-warnings"],
  boundaries: [
    "depcruise",
    "--config=tools/dependency-cruiser.mjs",
    "packages",
    "examples",
    "test",
    "tools",
  ],
  unused: ["knip", "--config=tools/knip.json", "--no-config-hints"],
  build: ["node", "tools/build.mjs"],
  packed: ["node", "tools/check-packed.mjs"],
  size: ["node", "tools/check-size.mjs"],
  api: ["node", "tools/check-api.mjs"],
};

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const COMMANDS = {
  start: (args) =>
    inOrder(
      () => run(["vite", "build", "--logLevel=warn", "examples/bench"], { quiet: true }),
      () => run(["vite", "preview", "examples/bench", ...args]),
    ),
  test: (args) => test(args),
  check: async () => ((await check()).failed.length === 0 ? 0 : 1),
  build: () => run(CHECKS.build),
  size: () => built(CHECKS.size),
  api: () => built([...CHECKS.api, "--write"]),
  types: (args) => run([...CHECKS.types, ...args]),
  format: (args) => run(["biome", "format", "--config-path=tools/format.json", "--write", ...args]),
  lint: (args) => run([...CHECKS.lint, ...args]),
  boundaries: () => run(CHECKS.boundaries),
  unused: () => run(CHECKS.unused),
  "test:node": (args) => run([...VITEST, "--project=node*", ...args]),
  "test:browser": (args) => run([...VITEST, "--project=browser", ...args]),
  "test:e2e": (args) => run([...VITEST, "--project=e2e", ...args]),
  browsers: (args) => run([...SOURCES, "test/browsers/run.ts", ...args]),
  bench: (args) => run([...SOURCES, "test/bench/run.ts", ...args]),
  conformance: (args) => run([...SOURCES, "test/conformance/run.ts", ...args]),
  demo: (args) => run([...SOURCES, "examples/demo/src/main.ts", ...args]),
  interop: (args) => run([...SOURCES, "test/interop/with-dx.ts", ...args]),
  stampede: (args) => run([...SOURCES, "test/stampede/run.ts", ...args]),
  memory: (args) => run([...SOURCES, "test/memory/run.ts", ...args]),
  kills: (args) => run([...SOURCES, "test/kills/run.ts", ...args]),
  simulate: (args) => {
    const folder = args.includes("--planted") ? "planted" : "simulation";
    return run([...SOURCES, `test/${folder}/run.ts`, ...args]);
  },
  "upload-kills": (args) => run([...SOURCES, "test/upload-kills/run.ts", ...args]),
  platform: (args) => run([...SOURCES, "packages/platform/src/node/main.ts", ...args]),
  exec: (args) => run(args),
};

const [name = "", ...args] = argv.slice(2);
const environment = name === "pnpm" ? setUpTools() : setUp();
const command =
  name === "pnpm" ? (/** @type {string[]} */ rest) => run(["pnpm", ...rest]) : COMMANDS[name];
if (command === undefined) {
  stderr.write(`no such command: ${name}; there are ${Object.keys(COMMANDS).join(", ")}\n`);
  exit(1);
}
exit(await command(args));

/**
 * Passes on the signals that would end this process, so that ending it leaves no server behind.
 * @param {string[]} words - The command and its arguments.
 * @param {{ quiet?: boolean, variables?: Record<string, string> }} [options] - `quiet`: what it prints goes to
 * standard error, because standard output belongs to the command that was asked for.
 * @returns {Promise<number>} Its exit code.
 */
function run([file = "", ...rest], { quiet = false, variables = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, rest, {
      env: { ...environment, ...variables },
      stdio: ["inherit", quiet ? 2 : "inherit", "inherit"],
      shell: process.platform === "win32",
    });
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, forward);
    const watch = watchParent(() => forward("SIGTERM"));
    const end = (/** @type {number | null} */ code) => {
      clearInterval(watch);
      for (const signal of SIGNALS) process.off(signal, forward);
      resolve(code ?? 1);
    };
    child.on("close", end);
    child.on("error", (error) => {
      stderr.write(`${file}: ${error.message}\n`);
      end(1);
    });
  });
}

/**
 * npm passes a signal to the shell between it and us, and Debian's shell dies of it without telling us: the change of
 * parent is all there is to see. Only under npm, so that a command put in the background outlives its terminal.
 * @param {() => void} onOrphaned
 */
function watchParent(onOrphaned) {
  const parent = process.ppid;
  if (process.env["npm_lifecycle_event"] === undefined) return undefined;
  return setInterval(() => process.ppid !== parent && onOrphaned(), PARENT_CHECK_MS);
}

/** @param {string[]} words - A command that reads what the build has written. */
function built(words) {
  return inOrder(
    () => run(CHECKS.build, { quiet: true }),
    () => run(words),
  );
}

/** @param {(() => Promise<number>)[]} steps */
async function inOrder(...steps) {
  for (const step of steps) {
    const code = await step();
    if (code !== 0) return code;
  }
  return 0;
}

/** Runs every check, also after one has failed: one round shows all there is to mend. */
async function check() {
  /** @type {string[]} */
  const passed = [];
  /** @type {string[]} */
  const failed = [];
  for (const [title, words] of Object.entries(CHECKS)) {
    const startedAt = Date.now();
    const code = await run(words);
    (code === 0 ? passed : failed).push(title);
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    stdout.write(`${code === 0 ? "passed" : "FAILED"}: ${title} (${seconds} s)\n`);
  }
  return { passed, failed };
}

/**
 * The checks, then every test; the last line counts both.
 * @param {string[]} args - Passed on to Vitest.
 */
async function test(args) {
  const checks = await check();
  const folder = mkdtempSync(join(tmpdir(), "holdfast-"));
  const file = join(folder, "counts.json");
  const code = await run([...VITEST, ...args], { variables: { HOLDFAST_COUNTS: file } });
  const counts = readCounts(file, code);
  rmSync(folder, { recursive: true });
  const passed = counts.passed + checks.passed.length;
  const failed = counts.failed + checks.failed.length;
  if (checks.failed.length > 0) stdout.write(`\nfailed checks: ${checks.failed.join(", ")}\n`);
  stdout.write(`\n${passed} passed, ${failed} failed, ${counts.skipped} skipped\n`);
  return failed > 0 || code !== 0 ? 1 : 0;
}

/**
 * A run that ended badly without counting a failure (it may have ended before its first test) counts as one.
 * @param {string} file
 * @param {number} code
 */
function readCounts(file, code) {
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { ...counts, failed: 1 };
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
