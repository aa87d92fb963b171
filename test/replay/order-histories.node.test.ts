import {
  amend,
  delay,
  type LocalKey,
  type OutboxRow,
  parseChange,
  type ProjectId,
  projectKey,
} from "@holdfast/core";
import { expect, test } from "vitest";
import { elsewhere, openReplayWorld, project, type ReplayWorld, user } from "./replay-world.ts";

/** What was planned wrongly once, or waited for ever, where lanes are ordered with each other. */

async function act(world: ReplayWorld, path: string, input: object): Promise<unknown> {
  return await world.platform.control.act(user, path, input as never);
}

async function laneOf(world: ReplayWorld, key: LocalKey): Promise<readonly OutboxRow[]> {
  const [lane = []] = await world.app.lanes([key]);
  return lane;
}

/** Another input for what the lane begins with. */
async function change(world: ReplayWorld, lane: LocalKey, input: object): Promise<void> {
  const [row] = await laneOf(world, lane);
  if (row === undefined) throw new Error(`${lane} has something to change`);
  const request = parseChange(row.operation, project as ProjectId, input);
  const at = world.clock.now();
  await world.app.write(amend({ lane, operation: row.id, change: request, at }));
}

function told(rows: readonly OutboxRow[]): readonly string[] {
  return rows.map(({ operation, parked }) => `${operation.kind} ${parked?.reason.code ?? "waits"}`);
}

test("what stands behind a parked clone holds no operation on a folder up", async () => {
  await using world = await openReplayWorld("behind a parked clone");
  await world.openTab();
  const { key } = await world.create({ name: "S-1", close: true });
  await world.drain(5_000);
  await act(world, `/${elsewhere}/newFolder`, { folder: "/a" });
  await world.platform.control.setLevel(elsewhere, user, "VIEW");
  const copy = await world.clone(key);
  await world.run(5_000);
  expect(told(await laneOf(world, copy))).toEqual(["clone PermissionDenied"]);
  await world.edit(copy, "move", { folder: "/a" });
  await world.platform.control.setLevel(elsewhere, user, "ADMINISTER");
  await world.editFolder("renameFolder", { folder: "/a", name: "b" }, elsewhere);
  await world.run(60_000);
  expect(told(await laneOf(world, projectKey(elsewhere as ProjectId)))).toEqual([]);
});

test("what a changed create leaves for later keeps no folder waiting", async () => {
  await using world = await openReplayWorld("left out of a changed create");
  await act(world, `/${project}/newFolder`, { folder: "/a" });
  world.platform.faults.next("/record/new", { kind: "refuse", error: "InvalidInput" });
  await world.openTab();
  const first = await world.create({ name: "first", folder: "/a" });
  await world.run(5_000);
  expect(told(await laneOf(world, first.key))).toEqual(["create InvalidInput"]);
  world.isOnline = false;
  await world.editFolder("renameFolder", { folder: "/a", name: "b" });
  const second = await world.create({ name: "second", folder: "/b" });
  await change(world, first.key, { details: { follows: { $dnanexus_link: second.id } } });
  world.isOnline = true;
  await world.drain(120_000);
  expect(told(await world.outbox())).toEqual([]);
});

test("a clone and a removal called while the lane is being planned are not overtaken by each other", async () => {
  await using world = await openReplayWorld("clone and remove at once");
  const store = await world.openStore();
  const lanes = store.lanes.bind(store);
  let raced: LocalKey | undefined;
  store.lanes = async (keys, options) => {
    const read = await lanes(keys, options);
    const key = raced;
    if (key === undefined || !keys.includes(key)) return read;
    raced = undefined;
    await world.edit(key, "close");
    await world.clone(key);
    await world.edit(key, "remove");
    return read;
  };
  await world.openTab({ store });
  await world.run(5_000);
  const { key, createKey } = await world.create({ name: "S-1" });
  raced = key;
  await world.drain(60_000);
  expect(raced).toBeUndefined();
  expect(told(await world.outbox())).toEqual([]);
  const [id = ""] = world.causedBy(createKey);
  expect(await world.describe(id, elsewhere)).toMatchObject({ project: elsewhere, name: "S-1" });
});

test("digits that the platform does not keep are nobody's change", async () => {
  await using world = await openReplayWorld("rounded details");
  world.wrapFetch = (fetch) => async (request) => {
    const response = await fetch(request);
    if (!request.url.endsWith("/describeDataObjects")) return response;
    return Response.json(JSON.parse(await response.text()), response);
  };
  await world.openTab();
  const { key } = await world.create({ detailsText: '{"count":12345678901234567890}' });
  await world.drain(5_000);
  await world.edit(key, "close");
  await world.drain(60_000);
  await world.run(30_000);
  const [object] = await world.app.get("objects", [key]);
  expect(object).not.toHaveProperty("unsettled");
  expect(object).not.toHaveProperty("closedWithForeignChange");
  expect(object?.view.details).toContain("12345678901234567890");
});

test("an object that was looked at before its folder was renamed is not put back into the old one", async () => {
  await using world = await openReplayWorld("looked at before the rename");
  await act(world, `/${project}/newFolder`, { folder: "/a" });
  const tab = await world.openTab();
  const { key, createKey } = await world.create({ folder: "/a", details: { n: 1 } });
  await world.drain(5_000);
  const [id = ""] = world.causedBy(createKey);
  tab.process.kill();
  await world.run(60_000);
  await world.edit(key, "setDetails", { details: { n: 2 } });
  await act(world, `/${id}/setDetails`, { n: 3 });
  await world.editFolder("renameFolder", { folder: "/a", name: "b" });
  world.wrapFetch = (fetch) => async (request) => {
    if (request.url.endsWith("/renameFolder")) await delay(world.clock, 1_000);
    return await fetch(request);
  };
  await world.openTab({
    onDetailsConflict: async () => {
      // A person takes a while, and the rest goes on.
      await delay(world.clock, 8_000);
      return "ours";
    },
  });
  await world.drain(120_000);
  expect(told(await world.outbox())).toEqual([]);
  const [object] = await world.app.get("objects", [key]);
  expect(object?.view.folder).toBe("/b");
  expect(await world.describe(id)).toMatchObject({ folder: "/b", details: { n: 2 } });
});

test("what a copy of a refused create has made is moved to where the create was changed to", async () => {
  await using world = await openReplayWorld("refused, then changed to another folder");
  const { control, faults } = world.platform;
  await act(world, `/${project}/newFolder`, { folder: "/a" });
  await act(world, `/${project}/newFolder`, { folder: "/b" });
  await world.openTab();
  await world.run(5_000);
  await control.setLevel(project, user, "VIEW");
  faults.next("/record/new", { kind: "double", afterMs: 40_000 });
  const { key, createKey } = await world.create({ name: "S-1", folder: "/a" });
  await world.run(5_000);
  await control.setLevel(project, user, "ADMINISTER");
  await world.run(60_000);
  await change(world, key, { folder: "/b" });
  await world.drain(120_000);
  expect(told(await world.outbox())).toEqual([]);
  const [id = "", ...others] = world.causedBy(createKey);
  expect(others).toEqual([]);
  expect(await world.describe(id)).toMatchObject({ folder: "/b" });
  const [object] = await world.app.get("objects", [key]);
  expect(object?.view.folder).toBe("/b");
});

test("a changed create whose copy no search shows yet is not made a second time", async () => {
  await using world = await openReplayWorld("refused, then changed before a search shows it");
  const { control, faults } = world.platform;
  await world.openTab();
  await world.run(5_000);
  await control.setLevel(project, user, "VIEW");
  faults.next("/record/new", { kind: "double", afterMs: 40_000 });
  const { key, createKey } = await world.create({ name: "S-1" });
  await world.run(5_000);
  await control.setLevel(project, user, "ADMINISTER");
  faults.next("/system/findDataObjects", { kind: "searchLag", ms: 10_000 }, 100);
  await world.run(36_000);
  expect(world.causedBy(createKey)).toHaveLength(1);
  await change(world, key, { tags: ["new"] });
  await world.drain(180_000);
  expect(told(await world.outbox())).toEqual([]);
  const [id = "", ...others] = world.causedBy(createKey);
  expect(others).toEqual([]);
  expect(await world.describe(id)).toMatchObject({ tags: ["new"] });
});

test("a clone does not wait for a close that nobody watches", async () => {
  await using world = await openReplayWorld("closing by somebody else");
  await world.openTab();
  const { key, createKey } = await world.create({ name: "S-1", close: true });
  await world.drain(5_000);
  const [object] = await world.app.get("objects", [key]);
  if (object === undefined) throw new Error("it was made");
  // As a look shows what somebody else is closing.
  const row = { ...object, view: { ...object.view, state: "closing" as const } };
  await world.app.write({
    durability: "strict",
    reads: {},
    decide: () => ({ puts: [{ table: "objects", row }], result: undefined }),
  });
  await world.clone(key);
  await world.drain(60_000);
  expect(told(await world.outbox())).toEqual([]);
  const [id = ""] = world.causedBy(createKey);
  expect(await world.describe(id, elsewhere)).toMatchObject({ project: elsewhere });
});

test("what a lost answer is resolved by is not believed of a folder that was renamed since", async () => {
  await using world = await openReplayWorld("resolved before the rename, written after");
  await act(world, `/${project}/newFolder`, { folder: "/a" });
  await world.openTab();
  const { key } = await world.create({ folder: "/a" });
  await world.drain(5_000);
  world.platform.faults.next("/record-xxxx/addTags", "cutAfterEffect");
  let isHeld = true;
  world.wrapFetch = (fetch) => async (request) => {
    const response = await fetch(request);
    if (isHeld && request.url.endsWith("/describeDataObjects")) {
      isHeld = false;
      await delay(world.clock, 10_000);
    }
    return response;
  };
  await world.edit(key, "addTags", { tags: ["x"] });
  await world.run(4_000);
  expect(isHeld).toBe(false);
  await world.editFolder("renameFolder", { folder: "/a", name: "b" });
  await world.drain(30_000);
  expect(told(await world.outbox())).toEqual([]);
  const [object] = await world.app.get("objects", [key]);
  expect(object?.view).toMatchObject({ folder: "/b", tags: ["x"] });
});

test("an edit that is changed to mention what was made later holds no move behind it", async () => {
  await using world = await openReplayWorld("changed to mention something later");
  await act(world, `/${project}/newFolder`, { folder: "/a" });
  const tab = await world.openTab();
  const first = await world.create({ name: "first" });
  await world.drain(5_000);
  tab.process.kill();
  await world.edit(first.key, "setDetails", { details: {} });
  await world.edit(first.key, "move", { folder: "/a" });
  await world.editFolder("renameFolder", { folder: "/a", name: "b" });
  const second = await world.create({ name: "second", folder: "/b" });
  await change(world, first.key, { details: { follows: { $dnanexus_link: second.id } } });
  await world.openTab();
  await world.drain(120_000);
  expect(told(await world.outbox())).toEqual([]);
  const [id = ""] = world.causedBy(first.createKey);
  expect(await world.describe(id)).toMatchObject({ folder: "/b" });
});

const lateMs = 15 * 60_000;

/** A record in /c, of which a move into /a was given up that may still land. */
async function withLateMove(
  world: ReplayWorld,
  landsAfterMs: number,
): Promise<{ readonly key: LocalKey; readonly id: string }> {
  for (const folder of ["/a", "/c"]) await act(world, `/${project}/newFolder`, { folder });
  await world.openTab();
  const { key, createKey } = await world.create({ name: "S-1" });
  await world.drain(5_000);
  const late = { kind: "late", afterMs: landsAfterMs, caller: "cut" } as const;
  world.platform.faults.next(`/${project}/move`, late);
  await world.edit(key, "move", { folder: "/a" });
  await world.drain(60_000);
  await world.edit(key, "move", { folder: "/c" });
  await world.drain(60_000);
  const [id = ""] = world.causedBy(createKey);
  expect(await world.describe(id)).toMatchObject({ folder: "/c" });
  return { key, id };
}

test("a move that landed late is set right in a folder that is being renamed", async () => {
  await using world = await openReplayWorld("late move, then renamed");
  const { key, id } = await withLateMove(world, 5 * 60_000);
  world.wrapFetch = (fetch) => async (request) => {
    if (request.url.endsWith("/move")) await delay(world.clock, 30_000);
    return await fetch(request);
  };
  for (
    let passedMs = 0;
    passedMs < 2 * lateMs && (await world.outbox()).length === 0;
    passedMs += 1_000
  ) {
    await world.run(1_000);
  }
  expect(told(await world.outbox())).toEqual(["move waits"]);
  await world.editFolder("renameFolder", { folder: "/c", name: "d" });
  await world.drain(10 * 60_000);
  expect(told(await world.outbox())).toEqual([]);
  expect(await world.describe(id)).toMatchObject({ folder: "/d" });
  const [object] = await world.app.get("objects", [key]);
  expect(object?.view.folder).toBe("/d");
});

test("a move that landed late is known again after its own folder was renamed", async () => {
  await using world = await openReplayWorld("late move, its folder renamed");
  const { key, id } = await withLateMove(world, 5 * 60_000);
  await world.run(6 * 60_000);
  expect(await world.describe(id)).toMatchObject({ folder: "/a" });
  await world.editFolder("renameFolder", { folder: "/a", name: "e" });
  await world.drain(60_000);
  await world.run(lateMs);
  await world.drain(60_000);
  expect(told(await world.outbox())).toEqual([]);
  expect(await world.describe(id)).toMatchObject({ folder: "/c" });
  const [object] = await world.app.get("objects", [key]);
  expect(object?.view.folder).toBe("/c");
});
