import type { LocalKey } from "@holdfast/core";
import { expect, test } from "vitest";
import { giveUp, laneOf, requestsCarried, retry, SleepyClock } from "./adversary-device.ts";
import {
  openReplayWorld,
  project,
  type ReplayTab,
  type ReplayWorld,
  user,
} from "./replay-world.ts";

const hour = 3_600_000;

/** A record that is on the platform, and a tab that leads. */
async function withRecord(
  world: ReplayWorld,
  input: object = {},
): Promise<{
  readonly key: LocalKey;
  readonly id: string;
  readonly tab: ReplayTab;
}> {
  const { key, createKey } = await world.create({ name: "S-1", ...input });
  const tab = await world.openTab();
  await world.drain();
  return { key, id: world.causedBy(createKey)[0] as string, tab };
}

async function view(world: ReplayWorld, key: LocalKey): Promise<object | undefined> {
  return (await world.app.get("objects", [key]))[0]?.view;
}

test("a create cut just before the machine sleeps for hours is looked up, not sent anew", async () => {
  await using world = await openReplayWorld("sleep");
  const clock = new SleepyClock(world.clock);
  const { createKey } = await world.create({ name: "S-1" });
  world.platform.faults.next("/record/new", "cutAfterEffect");
  const tab = await world.openTab({ clock });
  await world.run(50);
  expect(world.causedBy(createKey)).toHaveLength(1);
  tab.process.freeze();
  await world.run(2 * hour);
  clock.slept(2 * hour);
  tab.process.thaw();
  await world.drain();
  expect(world.causedBy(createKey)).toHaveLength(1);
  expect(await world.outbox()).toEqual([]);
});

test("a create in doubt that was told to wait is looked up, too, when the machine has slept meanwhile", async () => {
  await using world = await openReplayWorld("sleep while throttled");
  const clock = new SleepyClock(world.clock);
  const { createKey } = await world.create({ name: "S-1" });
  world.platform.faults.next("/record/new", "cutAfterEffect");
  world.platform.faults.next("/record/new", { kind: "throttle", status: 429, retryAfterS: 5 });
  const tab = await world.openTab({ clock });
  await world.run(2_000);
  tab.process.freeze();
  await world.run(2 * hour);
  clock.slept(2 * hour);
  tab.process.thaw();
  await world.drain();
  expect(world.causedBy(createKey)).toHaveLength(1);
  expect(await world.outbox()).toEqual([]);
});

test("one operation of a request parked in doubt is retried: all of the request is", async () => {
  await using world = await openReplayWorld("half a retry");
  const { key, id } = await withRecord(world);
  await inDoubt(world, key);
  expect((await laneOf(world, key)).map(({ parked }) => parked?.reason.code)).toEqual([
    "InternalError",
    "InternalError",
  ]);
  world.platform.faults.clear();
  const rows = await laneOf(world, key);
  const { retried } = await retry(world, key, rows.slice(1));
  expect(retried).toEqual(rows.map((row) => row.id));
  await world.drain(60_000);
  expect(await world.outbox()).toEqual([]);
  expect(await requestsCarried(world)).toEqual([]);
  expect(await world.describe(id)).toMatchObject({ tags: ["x", "y"] });
});

test("one operation of a request parked in doubt is discarded: what is left is sent without it", async () => {
  await using world = await openReplayWorld("half a discard");
  const { key, id } = await withRecord(world);
  await inDoubt(world, key);
  world.platform.faults.clear();
  await giveUp(world, key, "addTags");
  await retry(world, key);
  await world.drain(60_000);
  expect(await world.outbox()).toEqual([]);
  expect(await requestsCarried(world)).toEqual([]);
  expect(await world.describe(id)).toMatchObject({ tags: ["y"] });
  expect(await view(world, key)).toMatchObject({ tags: ["y"] });
});

test("an edit parked in doubt is discarded: nothing of it stays behind, and the lane goes on", async () => {
  await using world = await openReplayWorld("discard in doubt");
  const { key, id } = await withRecord(world);
  await inDoubt(world, key);
  world.platform.faults.clear();
  await giveUp(world, key, "addTags");
  await giveUp(world, key, "addTags");
  expect(await requestsCarried(world)).toEqual([]);
  await world.edit(key, "rename", { name: "S-2" });
  await world.drain(60_000);
  expect(await world.outbox()).toEqual([]);
  expect(await world.describe(id)).toMatchObject({ name: "S-2" });
});

test("an edit folded into a create in doubt cannot be discarded alone", async () => {
  await using world = await openReplayWorld("fold in doubt");
  const { key, createKey } = await world.create({ name: "S-1" });
  await world.edit(key, "addTags", { tags: ["x"] });
  let isBroken = true;
  const fetch = async (request: Request): Promise<Response> => {
    const body = await request.clone().text();
    const response = await world.platform.fetch(request);
    return isBroken && body.includes('"S-1"') ? new Response("oh", { status: 502 }) : response;
  };
  await world.openTab({ api: { url: "https://platform.test", fetch } });
  await parked(world, key);
  await expect(giveUp(world, key, "addTags")).rejects.toMatchObject({
    code: "InvalidState",
  });
  isBroken = false;
  await retry(world, key);
  await world.drain(60_000);
  expect(world.causedBy(createKey)).toHaveLength(1);
  expect(await view(world, key)).toMatchObject({ tags: ["x"] });
});

test("an edit of what somebody closed meanwhile parks, and the view shows it closed", async () => {
  await using world = await openReplayWorld("closed elsewhere");
  const { key, id } = await withRecord(world);
  await world.platform.control.act(user, `/${id}/close`, {});
  await world.edit(key, "addTypes", { types: ["Sample"] });
  await world.run(10_000);
  expect((await laneOf(world, key)).map(({ parked }) => parked !== undefined)).toEqual([true]);
  expect(await view(world, key)).toMatchObject({ state: "closed", types: [] });
});

test("a survey brings what others changed into the view", async () => {
  await using world = await openReplayWorld("survey rebases");
  const { key, id, tab } = await withRecord(world);
  tab.process.kill();
  await world.edit(key, "addTags", { tags: ["ours"] });
  await world.platform.control.act(user, `/${id}/addTags`, {
    project,
    tags: ["theirs"],
  });
  await world.platform.control.act(user, `/${id}/close`, {});
  await world.openTab();
  await world.drain();
  expect(await view(world, key)).toMatchObject({
    state: "closed",
    tags: ["theirs", "ours"],
  });
});

test("what waits for a create that is discarded behind its back parks", async () => {
  await using world = await openReplayWorld("dependant unseen");
  const donor = await world.create({ name: "donor", folder: "/missing" });
  await world.openTab();
  await world.run(5_000);
  expect((await laneOf(world, donor.key))[0]?.parked?.reason.code).toBe("ResourceNotFound");
  const sample = await world.create({
    name: "S-1",
    details: { $dnanexus_link: donor.id },
  });
  await world.run(5_000);
  // Whoever discards has not seen the sample, which another tab made meanwhile.
  await giveUp(world, donor.key, "create");
  await world.run(60_000);
  expect((await laneOf(world, sample.key))[0]?.parked?.reason.code).toBe("DependencyParked");
});

test("a create with its close that was refused is mended, retried, and closed with the mend", async () => {
  await using world = await openReplayWorld("mended");
  const { control } = world.platform;
  await control.setLevel(project, user, "VIEW");
  const { key, createKey } = await world.create({ name: "S-1", close: true });
  await world.openTab();
  await world.run(5_000);
  expect((await laneOf(world, key))[0]?.parked?.reason.code).toBe("PermissionDenied");
  await world.edit(key, "addTypes", { types: ["Sample"] });
  await control.setLevel(project, user, "UPLOAD");
  await retry(world, key);
  expect(await view(world, key)).toMatchObject({ state: "closed", types: ["Sample"] });
  await world.drain(60_000);
  expect(await world.outbox()).toEqual([]);
  const [id = ""] = world.causedBy(createKey);
  expect(await world.describe(id)).toMatchObject({ state: "closed", types: ["Sample"] });
});

test("a create with its close is told apart from a mend that is refused, and stays open for another", async () => {
  await using world = await openReplayWorld("mended badly");
  world.wrapFetch = (fetch) => async (request) =>
    (await request.clone().text()).includes('"Bad"')
      ? Response.json({ error: { type: "InvalidType", message: "no" } }, { status: 422 })
      : await fetch(request);
  const { control } = world.platform;
  await control.setLevel(project, user, "VIEW");
  const { key, createKey } = await world.create({ name: "S-1", close: true });
  await world.openTab();
  await world.run(5_000);
  await world.edit(key, "addTypes", { types: ["Bad"] });
  await control.setLevel(project, user, "UPLOAD");
  await retry(world, key);
  await world.run(5_000);
  const [id = ""] = world.causedBy(createKey);
  expect(await world.describe(id)).toMatchObject({ state: "open", types: [] });
  expect(await view(world, key)).toMatchObject({ state: "open", types: [] });
  await giveUp(world, key, "addTypes");
  await world.drain(60_000);
  expect(await world.outbox()).toEqual([]);
  expect(await world.describe(id)).toMatchObject({ state: "closed", types: [] });
});

test("an object that could not be described just now is asked about again, not parked", async () => {
  await using world = await openReplayWorld("blind");
  const { key, id } = await withRecord(world);
  let blind = 3;
  world.wrapFetch = (fetch) => async (request) => {
    if (!request.url.endsWith("/describeDataObjects") || --blind < 0) return await fetch(request);
    const error = { type: "InternalError", message: "later" };
    return Response.json({ results: [{ error, statusCode: 500 }] });
  };
  world.platform.faults.next("addTags", "cutAfterEffect");
  await world.edit(key, "addTags", { tags: ["x"] });
  await world.drain(60_000);
  expect(await world.outbox()).toEqual([]);
  expect(await world.describe(id)).toMatchObject({ tags: ["x"] });
});

test("an operation whose journalled request is gone is told, and holds no other lane up", async () => {
  await using world = await openReplayWorld("damaged");
  const damaged = await world.create({ name: "damaged" });
  const [row] = await laneOf(world, damaged.key);
  if (row === undefined) throw new Error("a create is in the outbox");
  await world.app.write({
    durability: "strict",
    reads: {},
    decide: () => ({
      puts: [{ table: "outbox", row: { ...row, request: 999 } }],
      result: undefined,
    }),
  });
  const healthy = await world.create({ name: "healthy" });
  const tab = await world.openTab();
  await world.run(10_000);
  expect(world.causedBy(healthy.createKey)).toHaveLength(1);
  expect(world.errors).toMatchObject([{ request: 999 }]);
  expect(tab.engine.status).toMatchObject({ phase: "idle", counts: { pending: 1 } });
});

/** Two edits of tags in one request, which the platform fails ten times while others succeed. */
async function inDoubt(world: ReplayWorld, key: LocalKey): Promise<void> {
  world.isOnline = false;
  await world.edit(key, "addTags", { tags: ["x"] });
  await world.edit(key, "addTags", { tags: ["y"] });
  await world.run(1_000);
  world.platform.faults.next("addTags", { kind: "refuse", error: "InternalError" }, 1_000);
  world.isOnline = true;
  await parked(world, key);
}

async function parked(world: ReplayWorld, key: LocalKey): Promise<void> {
  for (let count = 0; count < 40; count++) {
    await world.create({ name: `other-${count}`, tags: [] });
    await world.run(30_000);
    if ((await laneOf(world, key)).every((row) => row.parked !== undefined)) return;
  }
}

/** A create that was refused for want of rights; a copy of its request arrives 40 s later. */
async function withRefusedCreate(
  world: ReplayWorld,
): Promise<{ readonly key: LocalKey; readonly createKey: string }> {
  const { control, faults } = world.platform;
  await world.openTab();
  await world.run(5_000);
  // Whoever knows of it sends nothing: the level changes under a connection.
  await control.setLevel(project, user, "VIEW");
  const doubled = faults.next("/record/new", { kind: "double", afterMs: 40_000 });
  const { key, createKey } = await world.create({ name: "S-1", tags: ["old"] });
  await world.run(5_000);
  expect(doubled.hits).toBe(1);
  return { key, createKey };
}

test.each([20_000, 60_000])(
  "a refused create that is retried %i ms later, while a copy of it arrives, is one object",
  async (afterMs) => {
    await using world = await openReplayWorld(`refused create ${afterMs}`);
    const { key, createKey } = await withRefusedCreate(world);
    expect((await laneOf(world, key))[0]?.parked?.reason.code).toBe("PermissionDenied");
    await world.platform.control.setLevel(project, user, "ADMINISTER");
    await world.run(afterMs);
    await retry(world, key);
    await world.drain(120_000);
    await world.run(60_000);
    expect(world.causedBy(createKey)).toHaveLength(1);
    expect(await world.outbox()).toEqual([]);
    expect(await requestsCarried(world)).toEqual([]);
  },
);

test.each([20_000, 60_000])(
  "a refused create that was mended, and retried %i ms later while a copy of it arrives, is one object with the mend",
  async (afterMs) => {
    await using world = await openReplayWorld(`mended create ${afterMs}`);
    const { key, createKey } = await withRefusedCreate(world);
    await world.edit(key, "addTags", { tags: ["new"] });
    await world.edit(key, "close");
    await world.platform.control.setLevel(project, user, "ADMINISTER");
    await world.run(afterMs);
    await retry(world, key);
    await world.drain(180_000);
    await world.run(60_000);
    const ids = world.causedBy(createKey);
    expect(ids).toHaveLength(1);
    expect(await world.outbox()).toEqual([]);
    expect(await world.describe(ids[0] as string)).toMatchObject({
      tags: ["old", "new"],
      state: "closed",
    });
    expect(await view(world, key)).toMatchObject({ tags: ["old", "new"], state: "closed" });
  },
);
