import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { CreatedFileHandle } from "./files.ts";
import type { Holdfast } from "./holdfast.ts";
import { codeOf, when, World } from "./in-thread.test-support.ts";

const first = new TextEncoder().encode("a,b\n".repeat(2_000_000));
const second = new TextEncoder().encode("1,2\n");

/** A file closed on the platform, whose parts somebody else has sent. */
async function closedFile(world: World, holdfast: Holdfast): Promise<CreatedFileHandle> {
  const file = await holdfast.files.create({ project: world.project, name: "table.csv" });
  await file.receipt.acked();
  await send(world, file.id, [first, second]);
  await file.close();
  await file.settled();
  return file;
}

async function send(
  world: World,
  id: string,
  parts: readonly Uint8Array<ArrayBuffer>[],
): Promise<void> {
  for (const [at, bytes] of parts.entries()) {
    const md5 = createHash("md5").update(bytes).digest("hex");
    const link = await world.platform.fetch(`https://platform.test/${id}/upload`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: "Bearer token-of-ada" },
      body: JSON.stringify({ index: at + 1, size: bytes.length, md5 }),
    });
    const { url, headers } = (await link.json()) as { url: string; headers: HeadersInit };
    const put = await world.platform.fetch(url, { method: "PUT", headers, body: bytes });
    expect(put.status).toBe(200);
  }
}

test("a file's content comes from the platform once, and is read offline from then on", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const file = await closedFile(world, holdfast);
  expect((await file.describe()).content).toEqual({ state: "absent", keepOffline: false });
  const blob = await file.content();
  expect(Buffer.from(await blob.arrayBuffer()).equals(Buffer.concat([first, second]))).toBe(true);
  world.setOnline(false);
  expect((await file.describe()).content).toEqual({
    ...{ state: "here", keepOffline: false },
    size: first.length + second.length,
  });
  expect((await file.content()).size).toBe(first.length + second.length);
  let size = 0;
  for await (const chunk of await file.stream()) size += chunk.length;
  expect(size).toBe(first.length + second.length);
});

/** Gets of the storage from that byte on wait until they may go. */
function holdGets(world: World, fromByte: number): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  const fetch = world.fetch.bind(world);
  world.fetch = async (request) => {
    const [, from] = /^bytes=(\d+)-/.exec(request.headers.get("Range") ?? "") ?? [];
    if (Number(from ?? 0) >= fromByte) await promise;
    return await fetch(request);
  };
  return resolve;
}

for (const [where, tabs] of [
  ["the tab that sends", 1],
  ["another tab", 2],
] as const) {
  test(`a stream begins with the first part that is verified, in ${where}`, async () => {
    await using world = new World();
    const sender = await world.open();
    const file = await closedFile(world, sender);
    const reader = tabs === 1 ? sender : await world.open();
    const release = holdGets(world, first.length);
    const stream = (await reader.files.handle(file.key).stream()).getReader();
    let size = 0;
    while (size < first.length) size += (await stream.read()).value?.length ?? 0;
    expect(size).toBe(first.length);
    expect((await file.describe()).content).toMatchObject({ state: "fetching", size });
    release();
    for (let isDone = false; !isDone; ) {
      const { done, value } = await stream.read();
      isDone = done;
      size += value?.length ?? 0;
    }
    expect(size).toBe(first.length + second.length);
  });
}

test("a stream whose content cannot be had any more errors with the reason, and one given up waits no longer", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const file = await closedFile(world, holdfast);
  const release = holdGets(world, first.length);
  const [given, other] = [(await file.stream()).getReader(), await file.stream()];
  for (let size = 0; size < first.length; ) size += (await given.read()).value?.length ?? 0;
  const last = codeOf(given.read());
  await other.cancel();
  await file.keepOffline(false);
  release();
  expect(await last).toBe("ResourceNotFound");
});

test("any tab reads what one of them has fetched", async () => {
  await using world = new World();
  const [sender, other] = [await world.open(), await world.open()];
  const file = await closedFile(world, sender);
  const there = await other.files.get(file.key);
  const blob = await there?.content();
  expect(blob?.size).toBe(first.length + second.length);
  expect((await (await sender.files.get(file.id))?.content())?.size).toBe(blob?.size);
});

test("what is kept offline comes by itself, and the wish survives a restart", async () => {
  await using world = new World();
  const before = await world.open();
  const file = await closedFile(world, before);
  world.setOnline(false);
  await file.keepOffline();
  expect((await file.describe()).content).toEqual({ state: "fetching", keepOffline: true });
  await before.close();
  world.setOnline(true);
  const after = await world.open();
  const found = after.files.handle(file.key);
  await when(found.watch(), (row) => row?.content?.state === "here");
  world.setOnline(false);
  expect((await found.content()).size).toBe(first.length + second.length);
});

test("what is on its way is seen in every tab, per file and in total", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const other = await world.open();
  const file = await closedFile(world, holdfast);
  world.platform.faults.next("/storage/download", { kind: "latency", ms: 400 });
  const progress = when(file.progress$, (transfer) => transfer !== null);
  const elsewhere = when(other.files.transfers$, ({ files }) => files.length > 0);
  const content = file.content();
  const size = first.length + second.length;
  expect(await progress).toMatchObject({ file: file.key, direction: "download", size });
  expect((await elsewhere).total).toMatchObject({ files: 1, size });
  await content;
  await when(file.progress$, (transfer) => transfer === null);
  await when(other.files.transfers$, ({ files }) => files.length === 0);
});

test("what cannot be had says why, and can be asked for again", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const file = await holdfast.files.create({ project: world.project, name: "open.csv" });
  expect(await codeOf(file.content())).toBe("InvalidState");
  await file.acked();
  expect(await codeOf(file.content())).toBe("InvalidState");
  expect((await file.describe()).content).toMatchObject({ refused: { code: "InvalidState" } });
  await send(world, file.id, [second]);
  await file.close();
  await file.settled();
  await world.platform.control.setFlags(world.project, { downloadRestricted: true });
  expect(await codeOf(file.content())).toBe("PermissionDenied");
  await world.platform.control.setFlags(world.project, { downloadRestricted: false });
  expect(await (await file.content()).text()).toBe("1,2\n");
});

test("waiting can be given up, and so can what is on its way", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const file = await closedFile(world, holdfast);
  world.setOnline(false);
  const stop = new AbortController();
  const content = file.content({ signal: stop.signal });
  await when(file.watch(), (row) => row?.content?.state === "fetching");
  stop.abort(new Error("no patience"));
  await expect(content).rejects.toThrow("no patience");
  await file.keepOffline(false);
  const waiting = codeOf(file.content());
  await when(file.watch(), (row) => row?.content?.state === "fetching");
  await file.keepOffline(false);
  expect(await waiting).toBe("ResourceNotFound");
  expect((await file.describe()).content).toEqual({ state: "absent", keepOffline: false });
});

test("only files have content", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const record = await holdfast.records.create({ project: world.project });
  expect(await codeOf(holdfast.files.handle(record.key).content())).toBe("InvalidType");
  expect(await codeOf(holdfast.files.handle(record.key).keepOffline())).toBe("InvalidType");
  expect(await holdfast.files.get("file-000000000000000000000000")).toBeUndefined();
});

test("a file that somebody else has made is fetched by its id, in any tab, and read", async () => {
  await using world = new World();
  const [sender, other] = [await world.open(), await world.open()];
  const made = await world.platform.control.act("user-ada", "/file/new", {
    project: world.project,
    name: "theirs.csv",
  });
  const { id } = made as { id: string };
  await send(world, id, [second]);
  await world.platform.control.act("user-ada", `/${id}/close`, {});
  for (const holdfast of [other, sender]) {
    const { key } = await holdfast.objects.fetch(id, { project: world.project });
    const file = holdfast.files.handle(key);
    await when(file.watch(), (row) => row?.name === "theirs.csv");
    expect(await (await file.content()).text()).toBe("1,2\n");
  }
});

test("what cannot be fetched says why, and a store that closes waits for no platform", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const { project } = world;
  const id = "file-000000000000000000000000";
  expect(await codeOf(holdfast.objects.fetch(id, { project }))).toBe("ResourceNotFound");
  expect(await codeOf(holdfast.objects.fetch("nothing", { project }))).toBe("InvalidInput");
  world.setOnline(false);
  const waiting = codeOf(holdfast.objects.fetch(id, { project }));
  await holdfast.objects.get(id);
  await holdfast.close();
  expect(await waiting).toBe("StorageClosed");
});
