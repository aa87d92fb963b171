import { discard, type JsonObject, retryParked } from "@holdfast/core";
import { expect, test } from "vitest";
import {
  complete,
  cut,
  leastAwsPart,
  md5Of,
  openUploadWorld,
  partSize,
  someBytes,
  type UploadWorld,
} from "./upload-world.ts";

const nineParts = someBytes(8 * partSize + 1_000);

/** The file is closed on the platform with these bytes, and nothing is left to be done. */
async function expectClosedWith(
  uploads: UploadWorld,
  key: Parameters<UploadWorld["object"]>[0],
  bytes: Uint8Array,
): Promise<void> {
  const id = await uploads.realIdOf(key);
  expect(await uploads.world.describe(id)).toMatchObject({ state: "closed", size: bytes.length });
  expect(md5Of(await uploads.bytesOf(id))).toBe(md5Of(bytes));
  expect(await uploads.world.outbox()).toEqual([]);
  expect(uploads.world.errors).toEqual([]);
  expect(uploads.world.lapsed).toEqual([]);
  const closes = uploads.world.platform.effects.filter(
    ({ id: of, changed }) => of === id && changed["state"]?.[1] === "closing",
  );
  expect(closes).toHaveLength(1);
}

test("a file made offline with its content is closed with just these parts, each sent once", async () => {
  await using uploads = await openUploadWorld("whole");
  const key = await uploads.makeFile(nineParts, { close: true });
  await uploads.openTab();
  await uploads.untilClosed(key);
  await expectClosedWith(uploads, key, nineParts);
  const id = await uploads.realIdOf(key);
  expect(await uploads.partsOf(id)).toEqual(complete(cut(nineParts, partSize)));
  expect(uploads.puts).toHaveLength(9);
  const object = await uploads.object(key);
  expect(object?.closedWithForeignChange).toBeUndefined();
  expect(object?.view.own).toContain(`"size":${nineParts.length}`);
  expect((await uploads.content(object?.content as never))?.isOnPlatform).toBe(true);
});

test("what else is in the lane is sent while the content is on its way, and the close after it", async () => {
  await using uploads = await openUploadWorld("beside");
  const { world } = uploads;
  const key = await uploads.makeFile(nineParts);
  await world.edit(key, "close");
  await world.edit(key, "addTags", { tags: ["late"] });
  world.wrapFetch = ((before) => (fetch) => async (request) => {
    if (request.method === "PUT")
      await new Promise<void>((go) => void world.clock.timer(5_000, go));
    return await before(fetch)(request);
  })(world.wrapFetch);
  await uploads.openTab();
  await world.run(4_000);
  const id = await uploads.realIdOf(key);
  expect(await world.describe(id)).toMatchObject({ state: "open", tags: ["late"] });
  await uploads.untilClosed(key);
  await expectClosedWith(uploads, key, nineParts);
});

test("at most four parts are in flight, over all files", async () => {
  await using uploads = await openUploadWorld("four");
  const { world } = uploads;
  let [inFlight, most] = [0, 0];
  const before = world.wrapFetch;
  world.wrapFetch = (fetch) => async (request) => {
    if (request.method !== "PUT") return await before(fetch)(request);
    inFlight += 1;
    most = Math.max(most, inFlight);
    await new Promise<void>((go) => void world.clock.timer(300, go));
    inFlight -= 1;
    return await before(fetch)(request);
  };
  const keys = await Promise.all(
    [1, 2, 3].map((seed) => uploads.makeFile(someBytes(5 * partSize, seed), { close: true })),
  );
  await uploads.openTab();
  for (const key of keys) await uploads.untilClosed(key);
  expect(most).toBe(4);
});

test("neither the token nor a header of ours goes to a part's URL", async () => {
  await using uploads = await openUploadWorld("headers");
  const { world } = uploads;
  const seen: Record<string, string>[] = [];
  const before = world.wrapFetch;
  world.wrapFetch = (fetch) => async (request) => {
    if (request.method === "PUT") seen.push(Object.fromEntries(request.headers));
    return await before(fetch)(request);
  };
  const key = await uploads.makeFile(someBytes(10), { close: true });
  await uploads.openTab();
  await uploads.untilClosed(key);
  expect(seen).toHaveLength(1);
  expect(Object.keys(seen[0] ?? {}).sort()).toEqual(["content-md5", "content-type"]);
});

test.each([
  ["azure:westus", {}],
  ["aws:us-east-1", { 1: { size: 0, md5: md5Of(new Uint8Array()), state: "complete" } }],
] as const)("an empty content is closed as %s wants it", async (region, parts) => {
  await using uploads = await openUploadWorld("empty", region);
  const key = await uploads.makeFile(new Uint8Array(), { close: true });
  await uploads.openTab();
  await uploads.untilClosed(key);
  await expectClosedWith(uploads, key, new Uint8Array());
  expect(await uploads.partsOf(await uploads.realIdOf(key))).toEqual(parts);
});

test.each(["azure:westus", "aws:us-east-1"] as const)(
  "a file without content is closed empty in %s",
  async (region) => {
    await using uploads = await openUploadWorld("none", region);
    const key = await uploads.makeFile(undefined, { close: true });
    await uploads.openTab();
    await uploads.untilClosed(key);
    await expectClosedWith(uploads, key, new Uint8Array());
  },
);

test("content cut too small for the region is cut anew before its first part is sent", async () => {
  await using uploads = await openUploadWorld("small", "aws:us-east-1");
  const bytes = someBytes(leastAwsPart + 2_000_000);
  const key = await uploads.makeFile(bytes, { close: true, partSize: 1_000_000 });
  await uploads.openTab();
  await uploads.untilClosed(key);
  await expectClosedWith(uploads, key, bytes);
  expect(uploads.puts).toMatchObject([{ index: 1, bytes: bytes.length }]);
});

test("content cut too large for the region is cut anew before its first part is sent", async () => {
  await using uploads = await openUploadWorld("large");
  const bytes = someBytes(4_194_304 + 1_000);
  const key = await uploads.makeFile(bytes, { close: true, partSize: 8 * 1024 * 1024 });
  await uploads.openTab();
  await uploads.untilClosed(key);
  await expectClosedWith(uploads, key, bytes);
  expect(uploads.puts.map(({ bytes: size }) => size).toSorted((a, b) => a - b)).toEqual([
    1_000, 4_194_304,
  ]);
});

const faults = {
  "cut before": ["/storage/upload", "cutBeforeEffect"],
  "cut after": ["/storage/upload", "cutAfterEffect"],
  expired: ["/storage/upload", "staleUrl"],
  slow: ["/storage/upload", "slowTransfer"],
  unavailable: ["/storage/upload", { kind: "throttle", retryAfterS: 3 }],
  garbage: ["/storage/upload", { kind: "garbage" }],
  doubled: ["/storage/upload", "double"],
  "announced and cut": ["/file-xxxx/upload", "cutAfterEffect"],
  "announced twice": ["/file-xxxx/upload", "double"],
  "announced in garbage": ["/file-xxxx/upload", { kind: "garbage", afterEffect: true }],
  "announced truncated": ["/file-xxxx/upload", "truncate"],
} as const;

test.each(Object.entries(faults))("a part that is %s gets there", async (name, [path, fault]) => {
  await using uploads = await openUploadWorld(name);
  const key = await uploads.makeFile(nineParts, { close: true });
  for (let times = 0; times < 3; times++) uploads.world.platform.faults.next(path, fault);
  await uploads.openTab();
  await uploads.untilClosed(key);
  await expectClosedWith(uploads, key, nineParts);
  if (name === "cut after") expect(uploads.puts).toHaveLength(9);
});

test("a part announced anew by a late copy of the call is sent again before the close", async () => {
  await using uploads = await openUploadWorld("late");
  const { world } = uploads;
  const key = await uploads.makeFile(nineParts);
  world.platform.faults.next("/file-xxxx/upload", { kind: "double", afterMs: 30_000 });
  await uploads.openTab();
  await world.run(20_000);
  expect(await world.outbox()).toEqual([]);
  await world.run(20_000);
  const id = await uploads.realIdOf(key);
  const states = Object.values(await uploads.partsOf(id)).map(
    (part) => (part as JsonObject)["state"],
  );
  expect(states.filter((state) => state === "pending")).toHaveLength(1);
  await world.edit(key, "close");
  await uploads.untilClosed(key);
  await expectClosedWith(uploads, key, nineParts);
  expect(uploads.puts).toHaveLength(10);
});

test("a part announced anew between the look and the close is sent again, and the close too", async () => {
  await using uploads = await openUploadWorld("between");
  const { world } = uploads;
  const key = await uploads.makeFile(nineParts, { close: true });
  const before = world.wrapFetch;
  let closes = 0;
  world.wrapFetch = (fetch) => async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/close")) {
      closes += 1;
      const [, id = ""] = pathname.split("/");
      const [part] = cut(nineParts, partSize);
      const input = { index: 1, size: part?.size ?? 0, md5: part?.md5 ?? "" };
      if (closes === 1) await world.platform.control.act("user-ada", `/${id}/upload`, input);
    }
    return await before(fetch)(request);
  };
  await uploads.openTab();
  await uploads.untilClosed(key);
  expect(closes).toBe(2);
  await expectClosedWith(uploads, key, nineParts);
});

test("a close that is refused again and again parks with the platform's reason", async () => {
  await using uploads = await openUploadWorld("refused");
  await uploads.makeFile(nineParts, { close: true });
  const refuse = { kind: "refuse", error: "InvalidState", message: "not today" } as const;
  for (let times = 0; times < 20; times++) uploads.world.platform.faults.next("close", refuse);
  await uploads.openTab();
  await uploads.world.run(300_000);
  const [row] = await uploads.world.outbox();
  expect(row).toMatchObject({
    operation: { kind: "close" },
    parked: { reason: { code: "InvalidState" } },
  });
});

/** Somebody else writes a part of the file. */
async function writePart(
  { world }: UploadWorld,
  id: string,
  { index, bytes }: { readonly index: number; readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<void> {
  const input = { index, size: bytes.length, md5: md5Of(bytes) };
  const answer = await world.platform.control.act("user-ada", `/${id}/upload`, input);
  const { url, headers } = answer as { readonly url: string; readonly headers: object };
  await world.platform.fetch(url, { method: "PUT", body: bytes, headers: { ...headers } });
}

test("what somebody else wrote over a part is written over before the close", async () => {
  await using uploads = await openUploadWorld("overwritten");
  const { world } = uploads;
  const key = await uploads.makeFile(nineParts);
  await uploads.openTab();
  await world.run(10_000);
  await writePart(uploads, await uploads.realIdOf(key), {
    index: 2,
    bytes: someBytes(partSize, 9),
  });
  await world.edit(key, "close");
  await uploads.untilClosed(key);
  await expectClosedWith(uploads, key, nineParts);
});

test("a part of somebody else behind our last one parks the upload before the close", async () => {
  await using uploads = await openUploadWorld("foreign");
  const { world } = uploads;
  const key = await uploads.makeFile(nineParts);
  await uploads.openTab();
  await world.run(10_000);
  const id = await uploads.realIdOf(key);
  await writePart(uploads, id, { index: 10, bytes: someBytes(7) });
  await world.edit(key, "close");
  await world.run(60_000);
  const [row] = await world.outbox();
  expect(row?.parked?.reason).toMatchObject({ code: "Conflict", object: id });
  expect(row?.parked?.reason.message).toContain("(10)");
  expect(await world.describe(id)).toMatchObject({ state: "open" });
});

test("a part written right before our close is told as a foreign change of the content", async () => {
  await using uploads = await openUploadWorld("overtaken");
  const { world } = uploads;
  const key = await uploads.makeFile(nineParts, { close: true });
  const before = world.wrapFetch;
  let isDone = false;
  world.wrapFetch = (fetch) => async (request) => {
    const [, id = "", method] = new URL(request.url).pathname.split("/");
    if (method === "close" && !isDone) {
      isDone = true;
      await writePart(uploads, id, { index: 1, bytes: someBytes(partSize, 5) });
    }
    return await before(fetch)(request);
  };
  await uploads.openTab();
  await uploads.untilClosed(key);
  const object = await uploads.object(key);
  expect(object?.closedWithForeignChange).toEqual(["content"]);
  expect((await uploads.content(object?.content as never))?.isOnPlatform).toBeUndefined();
  const history = await world.app.scan("history", { limit: 100 });
  expect(history.find(({ kind }) => kind === "close")?.closedWithForeignChange).toEqual([
    "content",
  ]);
});

/** The attaching is given up while its parts are on their way, as a person would. */
async function giveUpHalfway(
  uploads: UploadWorld,
  name: string,
): Promise<Parameters<UploadWorld["object"]>[0]> {
  const { world } = uploads;
  const key = await uploads.makeFile(nineParts);
  await world.edit(key, "close");
  const before = world.wrapFetch;
  let puts = 0;
  world.wrapFetch = (fetch) => async (request) => {
    if (request.method === "PUT" && ++puts > 4)
      await new Promise<void>((go) => void world.clock.timer(20_000, go));
    return await before(fetch)(request);
  };
  await uploads.openTab();
  await world.run(3_000);
  const [attach] = (await world.outbox()).filter(({ operation }) => operation.kind === "attach");
  expect(attach, name).toBeDefined();
  await world.app.write(
    discard({ lane: key, operation: attach?.id as never, at: world.clock.now(), dependants: [] }),
  );
  return key;
}

test("a file whose attaching was given up halfway is not closed with the half", async () => {
  await using uploads = await openUploadWorld("given up");
  const key = await giveUpHalfway(uploads, "given up");
  await uploads.world.run(120_000);
  const [close] = await uploads.world.outbox();
  expect(close).toMatchObject({
    operation: { kind: "close" },
    parked: { reason: { code: "Conflict" } },
  });
  expect(await uploads.world.describe(await uploads.realIdOf(key))).toMatchObject({
    state: "open",
  });
});

test("a content attached in the place of one given up halfway is what the file is closed with", async () => {
  await using uploads = await openUploadWorld("instead");
  const { world } = uploads;
  const key = await giveUpHalfway(uploads, "instead");
  const other = someBytes(11 * partSize + 3, 7);
  await world.run(60_000);
  await uploads.attach(key, other);
  const parked = (await world.outbox()).filter((one) => one.parked !== undefined);
  for (const one of parked) {
    const operations = [one.sequence];
    await world.app.write(retryParked({ lane: key, operations, at: world.clock.now() }));
  }
  await uploads.untilClosed(key);
  await expectClosedWith(uploads, key, other);
  expect((await uploads.object(key))?.partsLeft).toBeUndefined();
});

test("what waits for its turn is shown among the transfers, and nothing once all is there", async () => {
  await using uploads = await openUploadWorld("shown");
  const { world } = uploads;
  const before = world.wrapFetch;
  world.wrapFetch = (fetch) => async (request) => {
    if (request.method === "PUT")
      await new Promise<void>((go) => void world.clock.timer(2_000, go));
    return await before(fetch)(request);
  };
  const keys = await Promise.all(
    [1, 2, 3].map((seed) => uploads.makeFile(someBytes(5 * partSize, seed))),
  );
  const tab = await uploads.openTab({ limits: { filesAtOnce: 1 } });
  await world.run(3_500);
  const size = 5 * partSize;
  const confirmed = tab.engine.transfers.total.confirmed;
  expect(tab.engine.transfers.total).toMatchObject({ files: 3, size: 3 * size });
  expect(confirmed).toBeGreaterThan(0);
  expect(confirmed).toBeLessThan(size);
  expect(tab.engine.status.phase).toBe("replaying");
  await world.run(60_000);
  expect(tab.engine.transfers.total.files).toBe(0);
  expect(tab.engine.status.phase).toBe("idle");
  for (const key of keys) expect((await uploads.object(key))?.pending).toBe(0);
});
