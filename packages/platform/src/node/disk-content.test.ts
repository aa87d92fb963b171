import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  fileLabOf,
  md5Of,
  openFileLab,
  someBytes,
  storageError,
} from "../files/files.test-support.ts";
import { callerOf, openLab } from "../platform.test-support.ts";
import { DiskContent } from "./disk-content.ts";
import { startServer } from "./server.ts";

async function openDirectory(): Promise<{
  readonly path: string;
  readonly names: () => Promise<readonly string[]>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), "holdfast-platform-"));
  return {
    path,
    names: async () => (await readdir(path)).sort(),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}

test("content goes to a directory, comes back from it, and leaves it with its file", async () => {
  await using directory = await openDirectory();
  const lab = openFileLab({ contents: DiskContent.open(join(directory.path, "data")) });
  const names = async () => (await readdir(join(directory.path, "data"))).sort();
  const id = await lab.newFile();
  const [first, second, other] = [someBytes(5_242_880), someBytes(10), someBytes(7)];
  await lab.upload(id, { index: 1, bytes: other });
  await lab.upload(id, { index: 1, bytes: first });
  await lab.upload(id, { index: 1, bytes: first });
  await lab.upload(id, { index: 2, bytes: second });
  expect(await names()).toEqual([`${id}-1-${md5Of(first)}`, `${id}-2-${md5Of(second)}`]);
  const failing = await lab.put(await lab.announce(id, { index: 3, bytes: first }), other);
  expect((await storageError(failing))[1]).toBe("EntityTooSmall");
  const long = await lab.put(await lab.announce(id, { index: 3, bytes: other }), first);
  expect((await storageError(long))[1]).toBe("EntityTooLarge");
  await lab.upload(id, { index: 3, bytes: someBytes(1) });
  expect((await lab.close(id)).error).toBe("InvalidState");
  await lab.upload(id, { index: 2, bytes: first });
  await lab.close(id);
  await lab.clock.advance(1000);
  const content = await (await lab.get(await lab.link(id))).bytes();
  expect(md5Of(content)).toBe(md5Of(Buffer.concat([first, first, someBytes(1)])));
  const range = await lab.get(await lab.link(id), { Range: "bytes=5242875-5242884" });
  expect(await range.bytes()).toEqual(
    new Uint8Array([...first.subarray(-5), ...first.subarray(0, 5)]),
  );
  await lab.call(`/${lab.project}/removeObjects`, { objects: [id] });
  await lab.call("/system/whoami");
  expect(await names()).toEqual([]);
});

test("a world names what is in the directory, and another platform finds it there", async () => {
  await using directory = await openDirectory();
  const lab = openFileLab({ contents: DiskContent.open(directory.path) });
  const id = await lab.closedFile(someBytes(100));
  const file = lab.platform.snapshot();
  expect(file.parts).toEqual([
    {
      file: id,
      index: 1,
      state: "complete",
      size: 100,
      md5: md5Of(someBytes(100)),
      stored: `${id}-1-${md5Of(someBytes(100))}`,
    },
  ]);
  await writeFile(join(directory.path, "arriving-1-1"), "cut off");
  await writeFile(join(directory.path, "notes.txt"), "of somebody else");
  const next = openFileLab({ contents: DiskContent.open(directory.path) });
  await next.platform.restore(file);
  await next.clock.advance(60_000);
  expect(await (await next.get(await next.link(id))).bytes()).toEqual(someBytes(100));
  expect(await directory.names()).toEqual([`${id}-1-${md5Of(someBytes(100))}`, "notes.txt"]);
});

test("a server hands out URLs that lead back to it, streams in and out, and keeps nothing of what broke off", async () => {
  await using directory = await openDirectory();
  const inner = openLab({ contents: DiskContent.open(directory.path), files: { closingMs: 0 } });
  await using server = await startServer({ platform: inner.platform });
  const fetchThere = (input: string | URL | Request, init?: RequestInit) =>
    fetch(new Request(input).url.replace("http://platform.holdfast.invalid", server.url), init);
  const call = callerOf((input, init) => fetchThere(input, init));
  const lab = fileLabOf({ ...inner, call, platform: { ...inner.platform, fetch: fetchThere } });
  const id = await lab.newFile();
  const [first, second] = [someBytes(6_000_000), someBytes(10)];
  const link = await lab.announce(id, { index: 1, bytes: first });
  expect(link.url.startsWith(`${server.url}/storage/upload/`)).toBe(true);
  // The length is the transport's to say.
  const { "content-length": _, ...headers } = link.headers;
  const gone = new AbortController();
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      if (sent < 5) controller.enqueue(someBytes(100_000));
      else gone.abort();
    },
  });
  const request = { method: "PUT", headers, body, duplex: "half", signal: gone.signal };
  await expect(fetch(link.url, request as RequestInit)).rejects.toThrow();
  await expect.poll(() => directory.names()).toEqual([]);
  expect(await lab.parts(id)).toMatchObject({ 1: { state: "pending" } });

  await lab.upload(id, { index: 1, bytes: first });
  await lab.upload(id, { index: 2, bytes: second });
  const refused = await fetch(link.url.replace("/1/", "/2/"), { method: "PUT", body: first });
  expect((await storageError(refused))[1]).toBe("SignatureDoesNotMatch");
  await lab.close(id);
  await lab.clock.advance(1000);
  const download = await lab.link(id, { preauthenticated: true });
  const whole = await fetch(download.url);
  expect(whole.headers.get("Content-Length")).toBe("6000010");
  expect(md5Of(await whole.bytes())).toBe(md5Of(Buffer.concat([first, second])));
  const part = await fetch(download.url, { headers: { Range: "bytes=5999998-6000001" } });
  expect([part.status, [...(await part.bytes())]]).toEqual([
    206,
    [...first.slice(-2), ...second.slice(0, 2)],
  ]);
});
