import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Mutant } from "./mutants.ts";
import { mutants } from "./mutants.ts";

export interface Verdict {
  readonly mutant: Mutant;
  readonly outcome: "killed" | "survived" | "noMatch" | "factBroken";
  readonly reason: string;
}

const packageFolder = fileURLToPath(new URL("../../packages/platform", import.meta.url));
const worker = new URL("mutant-worker.ts", import.meta.url);
/** Of one mutant: loading takes half a second, a fact milliseconds. */
const deadlineMs = 30_000;
const atOnce = 2;

/**
 * Spoils a copy of the platform, one thing at a time, and runs the fact that should notice. The same facts must hold
 * in a copy that nobody spoiled.
 *
 * @returns Whether every mutant was noticed.
 */
export async function mutate(print: (line: string) => void, only: string): Promise<boolean> {
  const chosen = mutants.filter(({ breaks, file }) => breaks.startsWith(only) || file === only);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-mutants-")));
  try {
    const sound = await factsThatHold(folder, chosen);
    const verdicts: Verdict[] = [];
    const queue = [...chosen.entries()];
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [index, mutant] = next;
        const verdict = await judge(join(folder, `mutant-${index}`), mutant, sound);
        verdicts.push(verdict);
        const { outcome, reason } = verdict;
        print(
          `${outcome.padEnd(10)} ${mutant.breaks.padEnd(9)} ${mutant.file}: ${mutant.what}${outcome === "killed" ? "" : ` (${reason})`}`,
        );
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    const killed = verdicts.filter(({ outcome }) => outcome === "killed").length;
    print(`\n${killed} of ${chosen.length} mutants noticed`);
    return killed === chosen.length;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function factsThatHold(
  folder: string,
  chosen: readonly Mutant[],
): Promise<ReadonlySet<string>> {
  const copy = copyOf(join(folder, "sound"));
  const ids = [...new Set(chosen.map(({ breaks }) => breaks))];
  const outcomes = await run(copy, ids);
  return new Set(ids.filter((_, index) => outcomes[index]?.outcome === "passed"));
}

async function judge(folder: string, mutant: Mutant, sound: ReadonlySet<string>): Promise<Verdict> {
  const { file, from, to, breaks } = mutant;
  if (!sound.has(breaks))
    return { mutant, outcome: "factBroken", reason: "the fact does not hold without it" };
  const copy = copyOf(folder);
  const path = join(copy, "src", file);
  const parts = readFileSync(path, "utf8").split(from);
  if (parts.length !== 2) {
    return { mutant, outcome: "noMatch", reason: `stands ${parts.length - 1} times in the file` };
  }
  writeFileSync(path, parts.join(to));
  const [result] = await run(copy, [breaks]);
  rmSync(folder, { recursive: true });
  // A mutant that cannot even run is noticed by nobody: it shows nothing about the fact.
  if (result === undefined || result.outcome === "passed") {
    return { mutant, outcome: "survived", reason: "the fact holds all the same" };
  }
  return result.outcome === "failed"
    ? { mutant, outcome: "killed", reason: result.reason }
    : { mutant, outcome: "survived", reason: `${result.outcome}: ${result.reason}` };
}

function copyOf(folder: string): string {
  cpSync(join(packageFolder, "src"), join(folder, "src"), {
    recursive: true,
    filter: (path) => !path.endsWith(".test.ts"),
  });
  cpSync(join(packageFolder, "package.json"), join(folder, "package.json"));
  symlinkSync(join(packageFolder, "node_modules"), join(folder, "node_modules"));
  return folder;
}

interface Outcome {
  readonly outcome: string;
  readonly reason: string;
}

function run(folder: string, ids: readonly string[]): Promise<readonly Outcome[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: { folder, ids }, stderr: true });
    const late = setTimeout(() => {
      void thread.terminate();
      resolve([{ outcome: "failed", reason: "it hangs" }]);
    }, deadlineMs);
    thread.once("message", (outcomes: readonly Outcome[]) => {
      clearTimeout(late);
      resolve(outcomes);
      void thread.terminate();
    });
    thread.once("error", (error) => {
      clearTimeout(late);
      reject(error);
    });
  });
}
