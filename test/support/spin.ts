import { spawnSync } from "node:child_process";
import { installDebianPackages, isDebian, isRoot } from "./debian.ts";

/** What a check needs beside Node: the model checker, and a C compiler for the checkers that it writes. */
const needed = ["spin", "cc", "cpp"];

/**
 * Provides spin: as it is on the machine, else on Debian as root by its package.
 * @returns why it is not there, undefined where it is.
 */
export function provideSpin(): string | undefined {
  if (needed.every(isThere)) return undefined;
  if (!isDebian()) return "spin is not installed, and this is no Debian";
  if (!isRoot()) return "spin is not installed, and only root can install it";
  const isInstalled = installDebianPackages(["spin", "gcc", "libc6-dev"]);
  return isInstalled && needed.every(isThere) ? undefined : "spin could not be installed";
}

function isThere(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}
