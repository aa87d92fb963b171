import type { LocalKey } from "@holdfast/core";
import { expect, test } from "vitest";
import { type DownloadWorld, openDownloadWorld, sampleBytes } from "./download-world.ts";
import { project, user } from "./replay-world.ts";

const parts = [sampleBytes(5_000, 1), sampleBytes(5_000, 2), sampleBytes(77, 3)];
const whole = Buffer.concat(parts);
const everyPart = { limits: { keepAfterBytes: 1 } };

test("content that a tab wants arrives part by part, verified, and is the file's", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  const { engine } = await device.openTab();
  await device.want(key);
  expect(await device.arrive(key)).toEqual(whole);
  expect(device.gets).toEqual(["bytes=0-4999", "bytes=5000-9999", "bytes=10000-10076"]);
  expect(await device.contentRow(key)).toMatchObject({ isOnPlatform: true, parts: [{}, {}, {}] });
  expect(engine.transfers.files).toEqual([]);
  expect(device.world.errors).toEqual([]);
});

test("an empty file needs no GET", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload([]));
  await device.openTab();
  await device.want(key);
  expect(await device.arrive(key)).toEqual(Buffer.alloc(0));
  expect(device.gets).toEqual([]);
});

test("the parts of a closed file may come without a state", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  device.wrapFetch = async (fetch, request) => {
    const answer = await fetch(request);
    if (!request.url.endsWith("/describe")) return answer;
    return Response.json(JSON.parse((await answer.text()).replaceAll(/,"state":"complete"/g, "")));
  };
  await device.openTab();
  await device.want(key);
  expect(await device.arrive(key)).toEqual(whole);
});

test("a connection that breaks in a part goes on behind the last byte that came", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload([sampleBytes(200_000)]));
  device.world.platform.faults.next("/storage/download", "truncate");
  await device.openTab();
  await device.want(key);
  expect(await device.arrive(key)).toEqual(Buffer.from(sampleBytes(200_000)));
  expect(device.gets.length).toBe(2);
  expect(device.gets[1]).toMatch(/^bytes=[1-9]\d*-199999$/);
});

test("a part that stands still is broken off, and goes on over a new connection", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  device.wrapFetch = async (fetch, request) =>
    device.gets.length === 2 && request.method === "GET"
      ? await new Promise<never>(() => undefined)
      : await fetch(request);
  await device.openTab();
  await device.want(key);
  expect(await device.arrive(key, 50_000)).toBeUndefined();
  expect(await device.arrive(key)).toEqual(whole);
});

test("a storage that knows no ranges gives the same", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  device.wrapFetch = async (fetch, request) => {
    if (request.method !== "GET") return await fetch(request);
    const headers = new Headers(request.headers);
    headers.delete("Range");
    return await fetch(new Request(request.url, { headers }));
  };
  await device.openTab();
  await device.want(key);
  expect(await device.arrive(key)).toEqual(whole);
});

test("a part that comes broken is fetched again, and nothing of it stays", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  spoil(device, (get) => get === 2);
  await device.openTab();
  await device.want(key);
  expect(await device.arrive(key)).toEqual(whole);
  expect(device.gets.filter((range) => range === "bytes=5000-9999")).toHaveLength(2);
});

test("a part that comes broken every time is given up, and what was before it stays", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  spoil(device, (get) => get > 1);
  await device.openTab(everyPart);
  await device.want(key);
  expect(await device.arrive(key)).toBeUndefined();
  expect(await device.refusal(key)).toBe("Undecidable");
  expect(device.gets).toHaveLength(4);
  device.wrapFetch = (fetch, request) => fetch(request);
  await device.want(key);
  expect(await device.arrive(key)).toEqual(whole);
  expect(device.gets.filter((range) => range === "bytes=0-4999")).toHaveLength(1);
});

test("a killed tab's download goes on in the next one, from the parts that are kept", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  device.wrapFetch = async (fetch, request) =>
    device.gets.length > 2 && request.method === "GET"
      ? await new Promise<never>(() => undefined)
      : await fetch(request);
  const { process } = await device.openTab(everyPart);
  await device.want(key, { keepOffline: true });
  await device.world.run(2_000);
  process.kill();
  expect(await device.contentRow(key)).toMatchObject({ parts: [{ index: 1 }, { index: 2 }] });
  device.contents.loseUnflushed();
  device.wrapFetch = (fetch, request) => fetch(request);
  device.gets.length = 0;
  await device.openTab();
  expect(await device.arrive(key)).toEqual(whole);
  expect(device.gets).toEqual(["bytes=10000-10076"]);
  expect(await device.object(key)).toMatchObject({ keepOffline: true });
});

test("a download begins anew where what was kept of it is lost", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  spoil(device, (get) => get > 2);
  await device.openTab(everyPart);
  await device.want(key);
  await device.arrive(key);
  const row = await device.contentRow(key);
  expect(row?.parts).toHaveLength(2);
  if (row !== undefined) device.contents.delete(row.name);
  device.wrapFetch = (fetch, request) => fetch(request);
  await device.want(key);
  expect(await device.arrive(key)).toEqual(whole);
});

test("a frozen sender's download is taken over, and what it does when it thaws changes nothing", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  device.wrapFetch = async (fetch, request) => {
    const answer = await fetch(request);
    if (device.gets.length === 2 && request.method === "GET") first.process.freeze();
    return answer;
  };
  const first = await device.openTab(everyPart);
  await device.openTab(everyPart);
  await device.want(key);
  expect(await device.arrive(key)).toEqual(whole);
  first.process.thaw();
  await device.world.run(60_000);
  expect(await device.bytes(key)).toEqual(whole);
  expect(device.world.errors).toEqual([]);
});

test("a URL that has expired is replaced", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  const stale = device.world.platform.faults.next("/storage/download", "staleUrl", 2);
  await device.openTab();
  await device.want(key);
  expect(await device.arrive(key)).toEqual(whole);
  expect(stale.hits).toBe(2);
  expect(callsOf(device, "/download")).toBe(3);
});

test("a download that outlasts its URL asks for another one before it ends", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  device.world.platform.faults.next("/storage/download", { kind: "latency", ms: 50_000 }, 3);
  device.wrapFetch = async (fetch, request) => {
    const answer = await fetch(request);
    if (!request.url.endsWith("/download")) return answer;
    const link = (await answer.json()) as { expires: number };
    return Response.json({ ...link, expires: device.world.clock.now() + 90_000 });
  };
  await device.openTab();
  await device.want(key);
  expect(await device.arrive(key)).toEqual(whole);
  expect(callsOf(device, "/download")).toBe(3);
});

test("a storage that refuses every URL is no storage to wait for", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  device.world.platform.faults.rates([{ on: "/storage/download", fault: "staleUrl", rate: 1 }]);
  await device.openTab();
  await device.want(key);
  await device.arrive(key);
  expect(await device.refusal(key)).toBe("PermissionDenied");
  expect(device.gets).toHaveLength(3);
});

test("a storage that is down is tried with growing pauses, and then later", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  device.world.platform.faults.rates([{ on: "/storage/download", fault: "garbage", rate: 1 }]);
  await device.openTab();
  await device.want(key, { keepOffline: true });
  await device.arrive(key, 1_000_000);
  expect(await device.refusal(key)).toBe("Unreachable");
  device.world.platform.faults.clear();
  await device.world.run(3_600_000);
  expect(await device.bytes(key)).toEqual(whole);
});

test("an archived file is refused, and arrives once it is back where it is kept offline", async () => {
  await using device = await openDownloadWorld();
  const [kept, asked] = [await device.upload(parts), await device.upload(parts)];
  const [keptKey, askedKey] = [await device.know(kept), await device.know(asked)];
  await device.call(`/${project}/archive`, { files: [kept, asked] });
  await device.world.run(10_000);
  await device.openTab();
  await device.want(keptKey, { keepOffline: true });
  await device.want(askedKey);
  await device.arrive(keptKey);
  await device.arrive(askedKey);
  expect(await device.refusal(keptKey)).toBe("InvalidState");
  expect(await device.refusal(askedKey)).toBe("InvalidState");
  await device.call(`/${project}/unarchive`, { files: [kept, asked], rate: "Expedited" });
  await device.world.run(3_600_000);
  expect(await device.bytes(keptKey)).toEqual(whole);
  expect(await device.bytes(askedKey)).toBeUndefined();
});

test("a project that gives no data out is heard", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  await device.world.platform.control.setFlags(project, { downloadRestricted: true });
  await device.openTab();
  await device.want(key);
  await device.arrive(key);
  expect(await device.refusal(key)).toBe("PermissionDenied");
  expect(device.gets).toEqual([]);
});

test("a file that is gone from the project is heard", async () => {
  await using device = await openDownloadWorld();
  const id = await device.upload(parts);
  const key = await device.know(id);
  await device.world.platform.control.act(user, `/${project}/removeObjects`, { objects: [id] });
  await device.openTab();
  await device.want(key);
  await device.arrive(key);
  expect(await device.refusal(key)).toBe("ResourceNotFound");
});

test("an open file has no content yet, and what is kept offline arrives when it is seen closed", async () => {
  await using device = await openDownloadWorld();
  const id = await device.upload(parts, { close: false });
  const key = await device.know(id);
  await device.openTab();
  await device.want(key, { keepOffline: true });
  await device.arrive(key);
  expect(await device.refusal(key)).toBe("InvalidState");
  await device.close(id);
  const object = await device.object(key);
  if (object === undefined) throw new Error("It is here.");
  await device.put({ ...object, view: { ...object.view, state: "closed" } });
  await device.world.run(5_000);
  expect(await device.bytes(key)).toEqual(whole);
});

test("what is closing is waited for", async () => {
  await using device = await openDownloadWorld();
  const id = await device.upload(parts, { close: false });
  const key = await device.know(id);
  await device.openTab();
  await device.world.run(1_000);
  await device.call(`/${id}/close`, {});
  await device.want(key);
  expect(await device.arrive(key)).toEqual(whole);
});

test("what is wanted offline arrives when the network is back", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  await device.openTab();
  await device.world.run(1_000);
  device.world.isOnline = false;
  await device.want(key);
  expect(await device.arrive(key)).toBeUndefined();
  expect(await device.refusal(key)).toBeUndefined();
  device.world.isOnline = true;
  expect(await device.arrive(key)).toEqual(whole);
});

test("a pause breaks off what is on its way, and it goes on from there", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  const { engine } = await device.openTab();
  device.world.platform.faults.next("/storage/download", { kind: "latency", ms: 20_000 });
  await device.want(key);
  await device.world.run(5_000);
  engine.pause();
  expect(await device.arrive(key, 60_000)).toBeUndefined();
  engine.resume();
  expect(await device.arrive(key, 10_000)).toEqual(whole);
});

test("what nobody wants any more is broken off, and its bytes are gone", async () => {
  await using device = await openDownloadWorld();
  const key = await device.know(await device.upload(parts));
  const { engine } = await device.openTab(everyPart);
  device.wrapFetch = async (fetch, request) =>
    device.gets.length > 1 && request.method === "GET"
      ? await new Promise<never>(() => undefined)
      : await fetch(request);
  await device.want(key, { keepOffline: true });
  await device.world.run(2_000);
  expect(device.contents.used).toBe(5_000);
  expect(engine.transfers.files).toEqual([
    { file: key, direction: "download", size: 10_077, moved: 5_000, confirmed: 5_000 },
  ]);
  await device.want(key, { keepOffline: false });
  await device.world.run(1_000);
  expect(engine.transfers.files).toEqual([]);
  expect(device.contents.names).toEqual([]);
  expect(await device.world.app.contents()).toEqual([]);
});

test("where there is no room the refusal says so", async () => {
  await using device = await openDownloadWorld(1, { quota: 6_000 });
  const key = await device.know(await device.upload(parts));
  await device.openTab();
  await device.want(key);
  await device.arrive(key);
  expect(await device.refusal(key)).toBe("StorageQuota");
  expect(device.gets).toEqual([]);
});

test("what is wanted at any moment of a sender's beginning is heard", async () => {
  for (let turns = 0; turns < 40; turns++) {
    await using device = await openDownloadWorld(turns);
    const key = await device.know(await device.upload([sampleBytes(10)]));
    await device.openTab();
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    await device.want(key);
    expect(await device.arrive(key)).toHaveLength(10);
  }
});

test("what was read longest ago makes room, and what is kept offline does not", async () => {
  await using device = await openDownloadWorld(1, { quota: 38_000 });
  const keys = [];
  for (let count = 0; count < 4; count++) {
    keys.push(await device.know(await device.upload(parts)));
  }
  const [kept, older, newer, last] = keys as [LocalKey, LocalKey, LocalKey, LocalKey];
  await device.openTab();
  await device.want(kept, { keepOffline: true });
  for (const key of [kept, older, newer, last]) {
    await device.want(key);
    expect(await device.arrive(key)).toEqual(whole);
  }
  expect(await device.bytes(kept)).toEqual(whole);
  expect(await device.bytes(older)).toBeUndefined();
  expect(await device.bytes(newer)).toEqual(whole);
});

test("calls pass while every connection for parts is taken", async () => {
  await using device = await openDownloadWorld();
  const keys = [];
  for (let count = 0; count < 8; count++) keys.push(await device.know(await device.upload(parts)));
  device.wrapFetch = async (fetch, request) =>
    request.method === "GET" ? await new Promise<never>(() => undefined) : await fetch(request);
  await device.openTab();
  for (const key of keys) await device.want(key);
  await device.world.run(5_000);
  expect(device.gets).toHaveLength(4);
  await device.world.create({ name: "not starved" });
  await device.world.run(1_000);
  expect(await device.world.app.count("outbox")).toBe(0);
});

test("thousands of files are kept offline, four at a time, and a restart fetches hardly one of them twice", {
  timeout: 600_000,
}, async () => {
  await using device = await openDownloadWorld();
  const count = 2_000;
  const bytes = sampleBytes(100);
  const ids: string[] = [];
  for (let at = 0; at < count; at++) ids.push(await device.upload([bytes], { close: false }));
  for (const id of ids) await device.call(`/${id}/close`, {});
  await device.world.run(10_000);
  const keys: LocalKey[] = [];
  for (const id of ids) keys.push(await device.know(id));
  let [atOnce, most] = [0, 0];
  device.wrapFetch = async (fetch, request) => {
    if (request.method !== "GET") return await fetch(request);
    atOnce += 1;
    most = Math.max(most, atOnce);
    try {
      return await fetch(request);
    } finally {
      atOnce -= 1;
    }
  };
  for (const key of keys) await device.want(key, { keepOffline: true });
  const before = await device.openTab();
  const here = async (): Promise<number> => {
    const rows = await device.world.app.get("objects", keys);
    return rows.filter((row) => row?.content !== undefined).length;
  };
  while ((await here()) < count / 4) await device.world.run(500);
  before.process.kill();
  expect(await here()).toBeLessThan(count);
  await device.openTab();
  for (let passedMs = 0; (await here()) < count && passedMs < 600_000; passedMs += 5_000) {
    await device.world.run(5_000);
  }
  expect(await here()).toBe(count);
  expect(device.gets.length).toBeLessThanOrEqual(count + 4);
  expect(most).toBeLessThanOrEqual(4);
  const rows = await device.world.app.contents();
  expect(rows.filter(({ state }) => state === "whole")).toHaveLength(count);
});

/** Of the GETs for which it says so, counted from 1, the first byte comes wrong. */
function spoil(device: DownloadWorld, isSpoiled: (get: number) => boolean): void {
  device.wrapFetch = async (fetch, request) => {
    const answer = await fetch(request);
    if (request.method !== "GET" || !isSpoiled(device.gets.length)) return answer;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return new Response(bytes, answer);
  };
}

function callsOf({ world }: DownloadWorld, method: string): number {
  return world.platform.requests.filter(({ path }) => path.endsWith(method)).length;
}
