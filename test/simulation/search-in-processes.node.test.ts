import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const execute = promisify(execFile);
const command = fileURLToPath(new URL("run.ts", import.meta.url));
const source = ["--conditions=source", "--disable-warning=ExperimentalWarning"];

test("a run shares its seeds among processes and ends with one line", {
  timeout: 120_000,
}, async () => {
  const run = async (processes: number): Promise<{ readonly perSecond: number }> => {
    const args = ["--from=70", "--histories=12", `--processes=${processes}`];
    const { stdout } = await execute(process.execPath, [...source, command, ...args]);
    return JSON.parse(stdout) as { readonly perSecond: number };
  };
  const [one, two] = [await run(1), await run(2)];
  expect(one).toMatchObject({ histories: 12, failures: 0, from: "70", to: "81" });
  expect({ ...two, perSecond: 0 }).toEqual({ ...one, perSecond: 0 });
});
