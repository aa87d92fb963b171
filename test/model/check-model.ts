import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
const model = fileURLToPath(new URL("lane.pml", import.meta.url));

export interface CheckOptions {
  /** Names defined for the model, with a value or without. */
  readonly defines?: readonly string[];
  /** Whether to look for histories that go on for ever, instead of only for broken assertions. */
  readonly cycles?: boolean;
  /** A search that ends soon: compiling it well would take longer. */
  readonly isShort?: boolean;
}

export interface Checked {
  /** The assertion that a history breaks, as the checker prints it; undefined where none does. */
  readonly broken: string | undefined;
  readonly states: number;
}

/** Writes, compiles and runs the checker of the model: every history there is, or until one breaks something. */
export async function checkModel({
  defines = [],
  cycles = false,
  isShort = false,
}: CheckOptions): Promise<Checked> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-model-"));
  try {
    const inFolder = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    await execute("spin", [...defines.map((name) => `-D${name}`), "-a", model], inFolder);
    const kind = cycles ? "-DNP" : "-DSAFETY";
    const flags = [
      isShort ? "-O0" : "-O2",
      "-w",
      "-DVECTORSZ=512",
      "-DNOREDUCE",
      kind,
      "-o",
      "pan",
      "pan.c",
    ];
    await execute("cc", flags, inFolder);
    const { stdout } = await execute(
      "./pan",
      [...(cycles ? ["-l"] : []), "-m1000000", "-w24"],
      inFolder,
    );
    const states = /^\s*(\d+) states, stored/m.exec(stdout)?.[1];
    const errors = /errors: (\d+)/.exec(stdout)?.[1];
    if (
      states === undefined ||
      errors === undefined ||
      /out of memory|max search depth/.test(stdout)
    )
      throw new Error(`The search did not end:\n${stdout}`);
    const found = /pan:1: (.*) \(at depth/.exec(stdout)?.[1];
    return { broken: errors === "0" ? undefined : (found ?? "unknown"), states: Number(states) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
