import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { getuid } from "node:process";

export function isDebian(): boolean {
  return existsSync("/etc/debian_version");
}

export function isRoot(): boolean {
  return getuid?.() === 0;
}

/** Wants Debian, as root; what it says goes to standard error. Returns whether all of them are installed. */
export function installDebianPackages(names: readonly string[]): boolean {
  return apt("update") && apt("install", "--yes", "--no-install-recommends", ...names);
}

function apt(...args: readonly string[]): boolean {
  return spawnSync("apt-get", args, { stdio: ["ignore", 2, 2] }).status === 0;
}
