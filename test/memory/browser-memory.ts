import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

const everyMs = 100;

/**
 * What all processes of a group have in memory, in bytes, each page counted once however many of them share it (PSS). Only
 * Linux tells.
 */
export async function memoryOf(group: number): Promise<number> {
  const entries = await readdir("/proc");
  const pids = entries.filter((name) => /^\d+$/.test(name));
  const sizes = await Promise.all(pids.map((pid) => sizeWithin(pid, group)));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

export interface Memory {
  /** Before the work, in bytes. */
  readonly before: number;
  /** At most while it went on. */
  readonly most: number;
}

export async function memoryDuring(group: number, work: () => Promise<unknown>): Promise<Memory> {
  const before = await memoryOf(group);
  let most = before;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      most = Math.max(most, await memoryOf(group));
      await delay(everyMs);
    }
  })();
  try {
    await work();
  } finally {
    isOver = true;
    await watching;
  }
  return { before, most };
}

/** None of a process of another group, or that has just ended. */
async function sizeWithin(pid: string, group: number): Promise<number> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // After the name, which may hold anything, in parentheses: state, parent, group.
    const [, , processGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (Number(processGroup) !== group) return 0;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}
