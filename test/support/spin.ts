import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { getuid } from "node:process";

/** What a check needs beside Node: the model checker, and a C compiler for the checkers that it writes. */
const needed = ["spin", "cc", "cpp"];

/**
 * Provides spin: as it is on the machine, else on Debian as root by its package.
 * @returns why it is not there, undefined where it is.
 */
export function provideSpin(): string | undefined {
  if (needed.every(isThere)) return undefined;
  if (!existsSync("/etc/debian_version")) return "spin is not installed, and this is no Debian";
  if (getuid?.() !== 0) return "spin is not installed, and only root can install it";
  const packages = ["spin", "gcc", "libc6-dev"];
  const isInstalled =
    run("apt-get", ["update"]) &&
    run("apt-get", ["install", "--yes", "--no-install-recommends", ...packages]);
  return isInstalled && needed.every(isThere) ? undefined : "spin could not be installed";
}

function isThere(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: ["ignore", 2, 2] }).status === 0;
}
