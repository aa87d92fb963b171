import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PlatformProcess, startPlatform } from "../platform-process.ts";
import { atMost, type Figures, told } from "./figure.ts";

const mebibyte = 1024 * 1024;
const partBytes = 16 * mebibyte;
const parts = 64;
const atOnce = 2;
const sampledEveryMs = 50;
/** Of one call or part. */
const deadlineMs = 60_000;

/**
 * A file of 1 GiB in parts of 16 MiB to a server that keeps content on the disk. Memory is what all processes of the
 * server hold together; it is flat if the whole file takes no more than an eighth of it did.
 */
export async function platformUpload(): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-upload-"));
  const platform = await startPlatform(["--data", folder]);
  const memory = new MemoryPeak(platform.pid);
  try {
    const idle = await memory.sample();
    const { id } = await call(platform, "/file/new", { project: platform.project });
    const start = performance.now();
    await upload(platform, String(id), { from: 0, to: parts / 8 });
    await memory.sample();
    const early = memory.peak;
    await upload(platform, String(id), { from: parts / 8, to: parts });
    const seconds = (performance.now() - start) / 1000;
    await memory.sample();
    await close(platform, String(id));
    const mib = (bytes: number): number => bytes / mebibyte;
    return {
      idle: told(mib(idle), "MiB"),
      peakOfAnEighth: told(mib(early), "MiB"),
      peak: atMost(256, mib(memory.peak), "MiB"),
      growth: atMost(48, mib(memory.peak - early), "MiB"),
      seconds: told(seconds * 1000, "ms"),
    };
  } finally {
    memory.stop();
    await platform.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

async function upload(platform: PlatformProcess, id: string, { from, to }: Range): Promise<void> {
  let next = from;
  const sender = async (): Promise<void> => {
    while (next < to) {
      next += 1;
      await uploadPart(platform, id, next);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
}

async function uploadPart(platform: PlatformProcess, id: string, index: number): Promise<void> {
  const content = randomBytes(partBytes);
  const md5 = createHash("md5").update(content).digest("hex");
  const input = { index, size: content.length, md5 };
  const { url, headers } = await call(platform, `/${id}/upload`, input);
  const sent = new Headers(headers as Record<string, string>);
  sent.delete("Content-Length");
  const response = await fetch(String(url), {
    method: "PUT",
    headers: sent,
    body: content,
    signal: AbortSignal.timeout(deadlineMs),
  });
  if (response.status !== 200) throw new Error(await response.text());
}

/** And see that nothing is missing. */
async function close(platform: PlatformProcess, id: string): Promise<void> {
  await call(platform, `/${id}/close`, {});
  const deadline = performance.now() + 30_000;
  for (;;) {
    const { state, size } = await call(platform, `/${id}/describe`, {});
    if (state === "closed" && size === parts * partBytes) return;
    if (performance.now() > deadline) throw new Error(`the file is ${String(state)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function call(
  { url, token }: PlatformProcess,
  path: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(deadlineMs),
  });
  if (response.status !== 200) throw new Error(await response.text());
  return (await response.json()) as Readonly<Record<string, unknown>>;
}

/** The most that a process and what it started have held together, looked at again and again. */
class MemoryPeak {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  peak = 0;

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => void this.sample(), sampledEveryMs);
  }

  async sample(): Promise<number> {
    let bytes = 0;
    for (const pid of await familyOf(this.#pid)) bytes += await residentBytes(pid);
    this.peak = Math.max(this.peak, bytes);
    return bytes;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

async function familyOf(pid: number): Promise<readonly number[]> {
  const family = [pid];
  for (const one of family) {
    const threads = await readdir(`/proc/${one}/task`).catch(() => []);
    for (const thread of threads) {
      const children = await readFile(`/proc/${one}/task/${thread}/children`, "utf8").catch(
        () => "",
      );
      family.push(...children.split(" ").filter(Boolean).map(Number));
    }
  }
  return family;
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
