import { spawnSync } from "node:child_process";
import { accessSync, constants, createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, rename } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { arch, env, pid, platform } from "node:process";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
} from "playwright";
import { npmCi } from "../../tools/npm-ci.mjs";
import { installDebianPackages, isDebian, isRoot } from "./debian.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const HEADLESS_SHELL = join(root, "node_modules/.cache/chromium/headless-shell-153.0.0");

/**
 * Keep a browser from calling home, which on a closed network only fills its log. The sandbox needs a user that is not
 * root.
 */
export const CHROMIUM_FLAGS: readonly string[] = [
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(isRoot() ? ["--no-sandbox"] : []),
];

/** A browser that is there, or one that can be set up and where it will then be. */
interface Candidate {
  readonly path: string;
  readonly provide: () => Promise<void>;
}

let chosen: Candidate | undefined;
let provided: Promise<void> | undefined;

/**
 * Where a Chromium is on this machine; sets one up where there is none. In order: `CHROME_BIN`; Playwright's own; an
 * installed Chrome or Chromium; on Linux x64 the headless shell from the npm registry; on Debian as root its package;
 * else Playwright's download.
 * @throws Error when none of them leads to a browser.
 */
export async function chromiumExecutable(): Promise<string> {
  chosen ??= chooseChromium();
  provided ??= chosen.provide();
  await provided;
  return chosen.path;
}

/**
 * The same path before the browser is set up: a configuration names it, and only a run that needs a browser waits for
 * `chromiumExecutable`.
 */
export function chromiumPath(): string {
  chosen ??= chooseChromium();
  return chosen.path;
}

/** For what hangs: a loaded machine is slow to start a page, and to draw what a test waits for. */
const patienceMs = 120_000;

/** A Chromium with the quiet flags. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const browser = await chromium.launch(await withExecutable(options));
  return browser.on("context", (context) => context.setDefaultTimeout(patienceMs));
}

/** A Chromium whose storage lives in `userDataDir` and survives the browser: for tests that kill and relaunch it. */
export async function launchPersistentChromium(
  userDataDir: string,
  options: LaunchOptions & BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(
    userDataDir,
    await withExecutable(options),
  );
  context.setDefaultTimeout(patienceMs);
  return context;
}

async function withExecutable<Options extends LaunchOptions>(options: Options): Promise<Options> {
  const executablePath = options.executablePath ?? (await chromiumExecutable());
  return { ...options, executablePath, args: [...CHROMIUM_FLAGS, ...(options.args ?? [])] };
}

function chooseChromium(): Candidate {
  const candidates = [
    env["CHROME_BIN"],
    chromium.executablePath(),
    ...installedBrowsers(),
    HEADLESS_SHELL,
  ];
  const there = candidates.find((file) => isExecutable(file));
  if (there !== undefined) return { path: there, provide: async () => {} };
  if (platform === "linux" && arch === "x64") {
    return { path: HEADLESS_SHELL, provide: unpackHeadlessShell };
  }
  if (isDebian() && isRoot()) {
    return { path: "/usr/bin/chromium", provide: installDebianPackage };
  }
  return { path: chromium.executablePath(), provide: downloadWithPlaywright };
}

function installedBrowsers(): string[] {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
  const onPath = (env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [
    ...onPath,
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
}

/** One brotli file inside the npm package; its own start-up flags are for cloud functions and are not used. */
async function unpackHeadlessShell(): Promise<void> {
  const folder = join(root, "tools/chromium");
  npmCi(folder);
  const packed = join(folder, "node_modules/@sparticuz/chromium/bin/chromium.br");
  const partial = `${HEADLESS_SHELL}.${pid}`;
  await mkdir(dirname(HEADLESS_SHELL), { recursive: true });
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(partial));
  await chmod(partial, 0o755);
  await rename(partial, HEADLESS_SHELL);
}

async function installDebianPackage(): Promise<void> {
  if (!installDebianPackages(["chromium"])) throw new Error("Debian's chromium is not to be had.");
}

async function downloadWithPlaywright(): Promise<void> {
  run(process.execPath, [join(root, "node_modules/playwright/cli.js"), "install", "chromium"]);
}

function isExecutable(file: string | undefined): boolean {
  if (file === undefined || file === "") return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", 2, 2] });
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")} failed`, { cause: error ?? status });
}
