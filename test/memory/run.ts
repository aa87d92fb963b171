import { randomBytes } from "node:crypto";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, exit, stderr, stdout } from "node:process";
import { parseArgs } from "node:util";
import { createPlatform } from "@holdfast/platform";
import { startServer } from "@holdfast/platform/node";
import { servePage } from "../support/test-page.ts";
import { BareBrowser } from "./bare-browser.ts";
import { memoryDuring } from "./browser-memory.ts";
import type { InMemory } from "./page/main.ts";

const mebibyte = 2 ** 20;
/** What moving a file may add to all processes of the browser together, whatever its size. */
const mostMebibytes = 128;

const { values } = parseArgs({
  args: argv.slice(2).filter((word) => word !== "--"),
  options: { size: { type: "string", default: "2048" } },
});
const mebibytes = Number(values.size);
if (!Number.isSafeInteger(mebibytes) || mebibytes < 1 || process.platform !== "linux") {
  stderr.write("--size takes mebibytes from 1; only Linux tells what its processes share\n");
  exit(2);
}

const token = "token-of-ada";
await using resources = new AsyncDisposableStack();
const folder = await mkdtemp(join(tmpdir(), "holdfast-memory-"));
resources.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
const platform = createPlatform({ users: [{ name: "ada", token }], projects: [{ name: "lab" }] });
const server = await startServer({ platform });
resources.defer(() => server.close());
const site = await servePage("test/memory/page");
resources.defer(() => site.close());
const project = platform.projects[0]?.id ?? "";
const picked = join(folder, "picked");
await writeSample(picked);

const added = {
  attach: await addedBy("maker", async (browser) => {
    await browser.pick("input", picked);
    return () => browser.evaluate(call("attach", project));
  }),
  upload: await addedBy("maker", async (browser) => () => browser.evaluate(call("upload"))),
  download: await addedBy("reader", async (browser) => {
    const id = platform.effects.find(({ route }) => route === "/file/new")?.id ?? "";
    return async () => {
      const size = await browser.evaluate(call("download", { project, id }));
      if (size !== mebibytes * mebibyte) throw new Error(`${String(size)} bytes came`);
    };
  }),
};
const held = Object.values(added).every((one) => one <= mostMebibytes);
stdout.write(`${JSON.stringify({ mebibytes, added, must: mostMebibytes, held })}\n`);
process.exitCode = held ? 0 : 1;

/** @returns how many mebibytes the browser takes at most beyond what it took before the work. */
async function addedBy(
  profile: string,
  prepare: (browser: BareBrowser) => Promise<() => Promise<unknown>>,
): Promise<number> {
  await using browser = await BareBrowser.launch(join(folder, profile), site.url);
  await browser.evaluate(call("open", { api: server.url, token }));
  const work = await prepare(browser);
  const startedAt = performance.now();
  const { before, most } = await memoryDuring(browser.group, work);
  const seconds = (performance.now() - startedAt) / 1_000;
  const [from, to] = [before, most].map((bytes) => Math.round(bytes / mebibyte));
  stderr.write(`${profile}: ${from} MiB, at most ${to}, ${seconds.toFixed(0)} s\n`);
  return Math.round((most - before) / mebibyte);
}

function call(name: keyof InMemory, ...args: readonly unknown[]): string {
  return `inMemory.${name}(${args.map((value) => JSON.stringify(value)).join(", ")})`;
}

/** Nothing that a disk would keep as a hole. */
async function writeSample(path: string): Promise<void> {
  const chunk = randomBytes(mebibyte);
  await using file = await open(path, "w");
  for (let index = 0; index < mebibytes; index++) await file.write(chunk);
}
