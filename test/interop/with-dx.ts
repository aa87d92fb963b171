// Files go both ways between Holdfast and the platform's official command line client, over one reference platform on
// loopback: what one has uploaded the other downloads, byte for byte.
//
//     DX=/path/to/dx npm run interop
//
// DX is the `dx` command of dx-toolkit (default: the one on the PATH); what it needs else, such as PYTHONPATH, comes from
// the environment. Exits with 1 where anything differs.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, stdout } from "node:process";
import { promisify } from "node:util";
import { createPlatform } from "@holdfast/platform";
import { startServer } from "@holdfast/platform/node";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import type { Holdfast } from "holdfast";
import { indexedDbStorage, openHoldfastInThread } from "holdfast/in-thread";

const mebibyte = 2 ** 20;
/** Nothing, almost nothing, less than a part of either client, some of their parts, and none that ends with a part. */
const sizes: Readonly<Record<string, number>> = {
  "nothing.bin": 0,
  "one byte.bin": 1,
  "Größe, ungerade.bin": 5 * mebibyte + 1,
  "several parts.bin": 40 * mebibyte + 7,
};
const token = "token-of-ada";
const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "holdfast-dx-"));
const platform = createPlatform({
  users: [{ name: "ada", token }],
  projects: [{ name: "lab", folders: ["/ours", "/theirs"] }],
});
const project = platform.projects[0]?.id ?? "";
const server = await startServer({ platform });
let differences = 0;

async function dx(...words: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const { stdout: said } = await run(env["DX"] ?? "dx", words, {
    env: {
      ...env,
      HOME: folder,
      DX_APISERVER_PROTOCOL: "http",
      DX_APISERVER_HOST: hostname,
      DX_APISERVER_PORT: port,
      DX_SECURITY_CONTEXT: JSON.stringify({ auth_token_type: "Bearer", auth_token: token }),
      DX_PROJECT_CONTEXT_ID: project,
    },
  });
  return said.trim();
}

function bytesOf(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0, state = size + 1; at < size; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

function compare(what: string, sent: Uint8Array, received: Uint8Array): void {
  const isSame = Buffer.compare(sent, received) === 0;
  if (!isSame) differences += 1;
  const md5 = createHash("md5").update(received).digest("hex");
  stdout.write(`${isSame ? "same  " : "DIFFER"} ${what}: ${received.length} bytes, md5 ${md5}\n`);
}

async function holdfastToDx(holdfast: Holdfast): Promise<void> {
  for (const [name, size] of Object.entries(sizes)) {
    const bytes = bytesOf(size);
    const input = { project, folder: "/ours", name, content: new Blob([new Uint8Array(bytes)]) };
    const file = await holdfast.files.create(input);
    await file.close();
    await file.settled();
    const target = join(folder, file.id);
    await dx("download", file.id, "--output", target, "--no-progress");
    compare(`Holdfast to dx, ${name} (${file.id})`, bytes, await readFile(target));
  }
}

async function dxToHoldfast(holdfast: Holdfast): Promise<void> {
  for (const [name, size] of Object.entries(sizes)) {
    const bytes = bytesOf(size);
    const source = join(folder, name);
    await writeFile(source, bytes);
    const id = await dx(
      "upload",
      source,
      "--path",
      `${project}:/theirs/`,
      "--wait",
      "--brief",
      "--no-progress",
    );
    const { key } = await holdfast.objects.fetch(id, { project });
    const content = await holdfast.files.handle(key).content();
    compare(`dx to Holdfast, ${name} (${id})`, bytes, Buffer.from(await content.arrayBuffer()));
  }
}

try {
  const storage = indexedDbStorage({ indexedDB: new IDBFactory(), IDBKeyRange, medium: "memory" });
  await using holdfast = await openHoldfastInThread({
    api: server.url,
    user: "user-ada",
    token: () => token,
    ports: { storage },
  });
  await holdfastToDx(holdfast);
  await dxToHoldfast(holdfast);
} finally {
  await server.close();
  await platform.close();
  await rm(folder, { recursive: true });
}
stdout.write(differences === 0 ? "Everything is the same.\n" : `${differences} differ.\n`);
process.exitCode = differences === 0 ? 0 : 1;
