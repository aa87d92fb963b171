import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** A process of a browser, by what Linux says of it. */
export interface BrowserProcess {
  readonly pid: number;
  readonly command: string;
}

/** The processes that a process has started, and those that they have started, and so on. */
export async function descendants(of: number): Promise<readonly BrowserProcess[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(read))).filter((one) => one !== undefined);
  const below = (parent: number): typeof all =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(of);
}

/** In this order, with SIGKILL; resolves once none of them is left. */
export async function killAll(pids: readonly number[]): Promise<void> {
  for (const pid of pids) end(pid);
  while ((await Promise.all(pids.map(read))).some((one) => one !== undefined)) await delay(5);
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended with its parent.
  }
}

async function read(
  pid: number,
): Promise<(BrowserProcess & { readonly parent: number }) | undefined> {
  try {
    const [stat, words] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile(`/proc/${pid}/cmdline`, "utf8"),
    ]);
    // "pid (name) state parent …", and a name may hold anything. A zombie has ended.
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z") return undefined;
    return { pid, parent: Number(parent), command: words.replaceAll("\0", " ") };
  } catch {
    return undefined;
  }
}
