import {
  discard,
  type LocalKey,
  type OutboxRow,
  type ProjectId,
  projectKey,
  toLocalKey,
} from "@holdfast/core";
import { expect, test } from "vitest";
import { elsewhere, openReplayWorld, project, type ReplayWorld, user } from "./replay-world.ts";

/** Requests that were given up and land after their opposite was confirmed (design §5, late delivery). */

const minute = 60_000;
const lateMs = 15 * minute;

async function act(world: ReplayWorld, path: string, input: object): Promise<unknown> {
  return await world.platform.control.act(user, path, input as never);
}

async function foldersOf(world: ReplayWorld, of: string = project): Promise<readonly string[]> {
  const described = await act(world, `/${of}/describe`, { fields: { folders: true } });
  return [...(described as { readonly folders: readonly string[] }).folders].toSorted();
}

/** What the sender shows of the project's folders, the root left out. */
async function knownFolders(world: ReplayWorld): Promise<readonly string[]> {
  const [row] = await world.app.get("objects", [projectKey(project as ProjectId)]);
  return [...(row?.view.project?.folders ?? [])].toSorted();
}

/** The next request of the route is given up, and arrives five minutes later. */
function landsLate(world: ReplayWorld, route: string): void {
  world.platform.faults.next(route, { kind: "late", afterMs: 5 * minute, caller: "cut" });
}

function told(rows: readonly OutboxRow[]): readonly string[] {
  return rows.map(({ operation, parked }) => `${operation.kind} ${parked?.reason.code ?? "waits"}`);
}

/** Where it is not in the project asked about, another one answers. */
async function isOnPlatform(world: ReplayWorld, id: string, of: string): Promise<boolean> {
  const described = await world.describe(id, of);
  return described["project"] === of;
}

const folderHistories = [
  {
    kind: "newFolder",
    input: { folder: "/b" },
    opposite: "removeFolder",
    back: { folder: "/b" },
    landed: ["/", "/a", "/b"],
  },
  {
    kind: "removeFolder",
    input: { folder: "/a" },
    opposite: "newFolder",
    back: { folder: "/a" },
    landed: ["/"],
  },
  {
    kind: "renameFolder",
    input: { folder: "/a", name: "b" },
    opposite: "renameFolder",
    back: { folder: "/b", name: "a" },
    landed: ["/", "/b"],
  },
] as const;

test.each(folderHistories)("a $kind that lands after its opposite is set right", async (given) => {
  await using world = await openReplayWorld(`late ${given.kind}`);
  await act(world, `/${project}/newFolder`, { folder: "/a" });
  await world.openTab();
  await world.editFolder("newFolder", { folder: "/a", parents: true });
  await world.drain(5_000);
  landsLate(world, `/${project}/${given.kind}`);
  await world.editFolder(given.kind, given.input);
  await world.drain(minute);
  await world.editFolder(given.opposite, given.back);
  await world.drain(minute);
  expect(await foldersOf(world)).toEqual(["/", "/a"]);
  await world.run(6 * minute);
  expect(await foldersOf(world)).toEqual(given.landed);
  await world.run(lateMs);
  await world.drain(minute);
  expect(told(await world.outbox())).toEqual([]);
  expect(await foldersOf(world)).toEqual(["/", "/a"]);
  expect(await knownFolders(world)).toEqual(["/a"]);
  expect(await world.app.count("journal")).toBe(0);
});

test("a folder that comes back and is filled meanwhile is kept, and the removal parks", async () => {
  await using world = await openReplayWorld("late newFolder, filled");
  await world.openTab();
  landsLate(world, `/${project}/newFolder`);
  await world.editFolder("newFolder", { folder: "/a" });
  await world.drain(minute);
  await world.editFolder("removeFolder", { folder: "/a" });
  await world.drain(minute);
  await world.run(6 * minute);
  await act(world, "/record/new", { project, folder: "/a" });
  await world.run(lateMs);
  expect(told(await world.outbox())).toEqual(["removeFolder InvalidState"]);
  expect(await foldersOf(world)).toEqual(["/", "/a"]);
});

test("what lies in a folder that was renamed late lies in the old one again", async () => {
  await using world = await openReplayWorld("late rename, with an object");
  await world.openTab();
  const { key, createKey } = await world.create({ folder: "/a", parents: true });
  await world.drain(5_000);
  landsLate(world, `/${project}/renameFolder`);
  await world.editFolder("renameFolder", { folder: "/a", name: "b" });
  await world.drain(minute);
  await world.editFolder("renameFolder", { folder: "/b", name: "a" });
  await world.drain(minute);
  await world.run(2 * lateMs);
  const [id = ""] = world.causedBy(createKey);
  expect(await world.describe(id)).toMatchObject({ folder: "/a" });
  const [object] = await world.app.get("objects", [key]);
  expect(object?.view.folder).toBe("/a");
});

/** A closed record and its copy elsewhere. */
async function withCopy(world: ReplayWorld): Promise<{
  readonly key: LocalKey;
  readonly copy: LocalKey;
  readonly id: string;
}> {
  await world.openTab();
  const { key, createKey } = await world.create({ name: "S-1", close: true });
  await world.drain(5_000);
  landsLate(world, `/${project}/clone`);
  const copy = await world.clone(key);
  await world.drain(minute);
  const [id = ""] = world.causedBy(createKey);
  return { key, copy, id };
}

test("a copy that comes back after it was removed is shown, and a person decides", async () => {
  await using world = await openReplayWorld("late clone");
  const { copy, id } = await withCopy(world);
  await world.edit(copy, "remove");
  await world.drain(minute);
  expect(await isOnPlatform(world, id, elsewhere)).toBe(false);
  await world.run(2 * lateMs);
  expect(await isOnPlatform(world, id, elsewhere)).toBe(true);
  expect(told(await world.outbox())).toEqual(["remove Conflict"]);
  const [object] = await world.app.get("objects", [copy]);
  expect(object).toMatchObject({ realId: id, view: { name: "S-1", state: "closed" }, parked: 1 });
  expect(await world.app.count("journal")).toBe(0);
});

test("a copy that a removal takes again after it was cloned anew is not shown any longer", async () => {
  await using world = await openReplayWorld("late removal");
  const { key, copy, id } = await withCopy(world);
  landsLate(world, `/${elsewhere}/removeObjects`);
  await world.edit(copy, "remove");
  await world.drain(minute);
  await world.clone(key);
  await world.drain(minute);
  expect(await isOnPlatform(world, id, elsewhere)).toBe(true);
  await world.run(2 * lateMs);
  expect(await isOnPlatform(world, id, elsewhere)).toBe(false);
  const [object] = await world.app.get("objects", [
    toLocalKey(elsewhere as ProjectId, id as never),
  ]);
  expect(object).toBeUndefined();
  expect((await world.app.get("objects", [copy]))[0]).toBeUndefined();
  const history = await world.app.scan("history", { limit: 1, newestFirst: true });
  expect(history).toMatchObject([{ lane: copy, kind: "remove", outcome: "found" }]);
});

test("a rename that was discarded in doubt and lands over a later one is set right", async () => {
  await using world = await openReplayWorld("discarded in doubt, lands late");
  await world.openTab({ limits: { serverErrorsUntilParked: 2 } });
  const { key, createKey } = await world.create({ name: "S-1" });
  await world.drain(5_000);
  let failures = 0;
  world.wrapFetch = (fetch) => async (request) => {
    if (!request.url.endsWith("/rename") || failures === 2) return await fetch(request);
    failures += 1;
    const late = request.clone();
    if (failures === 1) world.clock.timer(5 * minute, () => void fetch(late));
    return new Response("", { status: 500 });
  };
  await world.edit(key, "rename", { name: "late" });
  await world.run(minute);
  const [[doubtful] = []] = await world.app.lanes([key]);
  expect(doubtful?.parked).toBeDefined();
  expect(doubtful?.request).toBeDefined();
  if (doubtful?.request === undefined) return;
  const { id: operation, request } = doubtful;
  const at = world.clock.now();
  await world.app.write(discard({ lane: key, operation, at, dependants: [], request }));
  await world.edit(key, "rename", { name: "last" });
  await world.drain(minute);
  const [id = ""] = world.causedBy(createKey);
  await world.run(5 * minute);
  expect(await world.describe(id)).toMatchObject({ name: "late" });
  await world.run(2 * lateMs);
  expect(await world.describe(id)).toMatchObject({ name: "last" });
  expect(await world.app.count("journal")).toBe(0);
});
