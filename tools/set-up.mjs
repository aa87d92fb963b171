import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { arch, execPath, platform, stderr, versions } from "node:process";
import { fileURLToPath } from "node:url";
import { innerEnvironment, npmCi } from "./npm-ci.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const LOCK_POLL_MS = 200;

/**
 * Provides Node and pnpm.
 * @returns {NodeJS.ProcessEnv} An environment in which `node`, `pnpm` and the workspace's commands are the project's own.
 */
export function setUpTools() {
  const node = nodeFolder();
  npmCi(join(root, "tools/pnpm"));
  const path = [
    node,
    join(root, "node_modules/.bin"),
    join(root, "tools/pnpm/node_modules/.bin"),
    process.env["PATH"] ?? "",
  ].join(delimiter);
  return innerEnvironment({ PATH: path });
}

/**
 * `setUpTools`, and the workspace's dependencies as the lockfile has them. Skipped when nothing changed since the last
 * time; talks on standard error only.
 * @returns {NodeJS.ProcessEnv}
 */
export function setUp() {
  return alone(() => {
    const environment = setUpTools();
    installDependencies(environment);
    return environment;
  });
}

/** The machine's Node where it is new enough to run TypeScript, else the one locked in `tools/node`. */
function nodeFolder() {
  const [major = 0, minor = 0] = versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return dirname(execPath);
  if (platform !== "linux" || (arch !== "x64" && arch !== "arm64")) {
    throw new Error(`Node ${versions.node} is too old: please install Node 24.`);
  }
  npmCi(join(root, "tools/node"));
  return join(root, `tools/node/node_modules/node-linux-${arch}/bin`);
}

/** @param {NodeJS.ProcessEnv} environment */
function installDependencies(environment) {
  const stamp = join(root, "node_modules/.holdfast-stamp");
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  stderr.write("installing dependencies\n");
  const { status } = spawnSync("pnpm", ["install", "--frozen-lockfile"], {
    cwd: root,
    env: environment,
    shell: platform === "win32",
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) {
    throw new Error("pnpm install failed. After changing a package.json: npm run pnpm -- install");
  }
  writeFileSync(stamp, wanted);
}

/** Of everything that decides what an install does. */
function fingerprint() {
  const hash = createHash("sha256").update(arch);
  const members = ["packages", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}/package.json`),
  );
  const own = ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".pnpmfile.cjs", "package.json"];
  for (const file of [...own, ...members.sort()]) {
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/**
 * Two commands started at once in a fresh clone would install over each other: the second waits for the first. A lock
 * whose owner has died is taken over.
 * @template Result
 * @param {() => Result} work
 * @returns {Result}
 */
function alone(work) {
  const lock = join(root, "node_modules/.holdfast-lock");
  mkdirSync(dirname(lock), { recursive: true });
  while (!takeLock(lock))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_POLL_MS);
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** @param {string} lock */
function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    if (!isRunning(ownerOf(lock))) rmSync(lock, { force: true });
    return false;
  }
}

/**
 * @param {string} lock
 * @returns {number | undefined} Nothing when the lock has just gone, or has no number in it yet.
 */
function ownerOf(lock) {
  try {
    return Number(readFileSync(lock, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

/** @param {number | undefined} pid */
function isRunning(pid) {
  if (pid === undefined) return true;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
