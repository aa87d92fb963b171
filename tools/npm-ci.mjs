import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { env, platform } from "node:process";

/**
 * What npm tells its scripts of *its own* run: the package, the prefix, how loud to be. A nested npm or pnpm would take
 * it for its own settings, so it goes; what the user configured (a registry, a cache, a proxy) stays.
 */
const OF_THE_OUTER_RUN =
  /^npm_(package_.*|lifecycle_.*|config_(prefix|local_prefix|global_prefix|loglevel|user_agent)|command|execpath|node_execpath)$/i;

/**
 * The environment for a nested package manager.
 * @param {NodeJS.ProcessEnv} [extra] - Variables to set on top.
 * @returns {NodeJS.ProcessEnv}
 */
export function innerEnvironment(extra = {}) {
  const kept = Object.entries(env).filter(([name]) => !OF_THE_OUTER_RUN.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

/**
 * Installs a folder that has its own `package-lock.json`, exactly as locked, unless that was done before.
 * Talks on standard error only.
 * @param {string} folder - Absolute path of the folder.
 */
export function npmCi(folder) {
  const lock = readFileSync(join(folder, "package-lock.json"));
  const stamp = join(folder, "node_modules", ".holdfast-stamp");
  const wanted = createHash("sha256").update(lock).update(process.arch).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write(`setting up ${folder}\n`);
  const { status, error } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit"], {
    cwd: folder,
    env: innerEnvironment(),
    shell: platform === "win32",
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) {
    throw new Error(`npm ci failed in ${folder}`, { cause: error ?? `exit code ${status}` });
  }
  writeFileSync(stamp, wanted);
}
