import { readdirSync, readFileSync } from "node:fs";
import { pid } from "node:process";

/** `/proc/PID/stat` counts in these. */
const msPerTick = 10;

/**
 * The CPU time in milliseconds that all processes below this one have taken so far: the browser's, and the platform's. Of two
 * sides of one round it tells how much work each is, also on a machine that others use. Undefined where there is no `/proc`.
 */
function cpuTimeBelow(root: number): number | undefined {
  let names: readonly string[];
  try {
    names = readdirSync("/proc");
  } catch {
    return undefined;
  }
  const processes = names.filter((name) => /^\d+$/.test(name)).flatMap(readProcess);
  const below = new Set([root]);
  let ms = 0;
  // A process has a greater number than what started it, unless the numbers began anew: then it is found in a later turn.
  for (let before = 0; before < below.size; ) {
    before = below.size;
    for (const one of processes) {
      if (below.has(one.pid) || !below.has(one.parent)) continue;
      below.add(one.pid);
      ms += one.ms;
    }
  }
  return ms;
}

/** The CPU time of what happens between two moments. */
export class CpuWatch {
  #from: number | undefined;
  #ms: number | undefined;

  begin(): void {
    this.#from = cpuTimeBelow(pid);
  }

  end(): void {
    const to = cpuTimeBelow(pid);
    this.#ms = to === undefined || this.#from === undefined ? undefined : to - this.#from;
  }

  get ms(): number | undefined {
    return this.#ms;
  }
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly ms: number;
}

/** None where it has ended meanwhile. */
function readProcess(name: string): readonly Process[] {
  try {
    return [parseStat(Number(name), readFileSync(`/proc/${name}/stat`, "utf8"))];
  } catch {
    return [];
  }
}

/** See proc(5): a name in brackets, which may hold anything, then the state, the parent … the ticks as user and in the system. */
export function parseStat(number: number, stat: string): Process {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { pid: number, parent: Number(fields[1]), ms: ticks * msPerTick };
}
