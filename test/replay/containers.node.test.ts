import {
  discard,
  type JsonObject,
  type ObjectRow,
  type OutboxRow,
  type ProjectId,
  projectKey,
  retryParked,
} from "@holdfast/core";
import type { FaultName } from "@holdfast/platform";
import { describe, expect, test } from "vitest";
import { openReplayWorld, project, type ReplayWorld, user } from "./replay-world.ts";

const key = projectKey(project as ProjectId);

async function describeProject(world: ReplayWorld): Promise<JsonObject> {
  const fields = { name: true, tags: true, properties: true, folders: true };
  return (await world.platform.control.act(user, `/${project}/describe`, { fields })) as JsonObject;
}

/** One operation on a project: what is there before it, and what it must have come to. */
interface Case {
  readonly kind: string;
  readonly change: (world: ReplayWorld) => Promise<unknown>;
  /** The last word of its route. */
  readonly method: string;
  readonly before?: (world: ReplayWorld) => Promise<unknown>;
  readonly after: JsonObject;
}

const cases: readonly Case[] = [
  {
    kind: "rename of a project",
    change: (world) => world.edit(key, "rename", { name: "bench" }),
    method: "update",
    after: { name: "bench" },
  },
  {
    kind: "setProperties of a project",
    change: (world) => world.edit(key, "setProperties", { properties: { a: "1", b: null } }),
    method: "setProperties",
    before: (world) =>
      world.platform.control.act(user, `/${project}/setProperties`, { properties: { b: "2" } }),
    after: { properties: { a: "1" } },
  },
  {
    kind: "addTags of a project",
    change: (world) => world.edit(key, "addTags", { tags: ["x", "y"] }),
    method: "addTags",
    before: (world) => world.platform.control.act(user, `/${project}/addTags`, { tags: ["y"] }),
    after: { tags: ["y", "x"] },
  },
  {
    kind: "removeTags of a project",
    change: (world) => world.edit(key, "removeTags", { tags: ["x"] }),
    method: "removeTags",
    before: (world) =>
      world.platform.control.act(user, `/${project}/addTags`, { tags: ["x", "y"] }),
    after: { tags: ["y"] },
  },
  {
    kind: "newFolder",
    change: (world) => world.editFolder("newFolder", { folder: "/a" }),
    method: "newFolder",
    after: { folders: ["/", "/a"] },
  },
  {
    kind: "newFolder with parents",
    change: (world) => world.editFolder("newFolder", { folder: "/a/b/c", parents: true }),
    method: "newFolder",
    after: { folders: ["/", "/a", "/a/b", "/a/b/c"] },
  },
  {
    kind: "renameFolder",
    change: (world) => world.editFolder("renameFolder", { folder: "/a", name: "z" }),
    method: "renameFolder",
    before: (world) => makeFolder(world, "/a/b"),
    after: { folders: ["/", "/z", "/z/b"] },
  },
  {
    kind: "moveFolder",
    change: (world) => world.editFolder("moveFolder", { folder: "/a/b", destination: "/" }),
    method: "move",
    before: (world) => makeFolder(world, "/a/b"),
    after: { folders: ["/", "/a", "/b"] },
  },
  {
    kind: "removeFolder",
    change: (world) => world.editFolder("removeFolder", { folder: "/a/b" }),
    method: "removeFolder",
    before: (world) => makeFolder(world, "/a/b"),
    after: { folders: ["/", "/a"] },
  },
];

function makeFolder(world: ReplayWorld, folder: string): Promise<unknown> {
  return world.platform.control.act(user, `/${project}/newFolder`, { folder, parents: true });
}

/** What the row knows of what the platform describes. */
function known(row: ObjectRow | undefined): object {
  const folders = ["/", ...(row?.view.project?.folders ?? [])].toSorted();
  return { ...row?.view, folders };
}

const faults: readonly (FaultName | "none")[] = [
  "none",
  "cutBeforeEffect",
  "cutAfterEffect",
  "truncate",
  "double",
];

function callsOf(world: ReplayWorld, method: string): number {
  return world.platform.requests.filter(({ path }) => path === `/${project}/${method}`).length;
}

describe.each(cases)("$kind", ({ kind, change, method, before, after }) => {
  test.each(faults)("comes through (%s)", async (fault) => {
    await using world = await openReplayWorld(`${kind}-${fault}`);
    await before?.(world);
    const called = callsOf(world, method);
    if (fault !== "none") world.platform.faults.next(`/${project}/${method}`, fault);
    await change(world);
    await world.openTab();
    await world.drain();
    expect(await world.outbox()).toEqual([]);
    expect(await describeProject(world)).toMatchObject(after);
    const hadEffect = fault === "cutAfterEffect" || fault === "truncate";
    const isTwice = fault === "cutBeforeEffect" || fault === "double";
    expect(callsOf(world, method) - called).toBe(isTwice && !hadEffect ? 2 : 1);
    const [row] = await world.app.get("objects", [key]);
    expect(known(row)).toMatchObject(after);
    expect(row).toMatchObject({ pending: 0, parked: 0 });
    expect(world.errors).toEqual([]);
  });

  test.each(["cutBeforeEffect", "cutAfterEffect"] as const)(
    "is asked about by the sender after one that died (%s)",
    async (fault) => {
      await using world = await openReplayWorld(`${kind}-killed-${fault}`);
      await before?.(world);
      const called = callsOf(world, method);
      world.platform.faults.next(`/${project}/${method}`, fault);
      await change(world);
      const first = await world.openTab();
      while (callsOf(world, method) === called) {
        await world.run(5);
        if ((await world.outbox()).length === 0) break;
      }
      first.process.kill();
      await world.openTab();
      await world.drain();
      expect(await world.outbox()).toEqual([]);
      expect(await describeProject(world)).toMatchObject(after);
    },
  );
});

test("what somebody else changed in the project shows in the view, with what waits here applied to it", async () => {
  await using world = await openReplayWorld("survey");
  world.isOnline = false;
  await world.edit(key, "addTags", { tags: ["mine"] });
  await world.platform.control.act(user, `/${project}/addTags`, { tags: ["theirs"] });
  world.isOnline = true;
  await world.openTab();
  await world.drain();
  const [row] = await world.app.get("objects", [key]);
  expect(row?.view).toMatchObject({ name: "lab", tags: ["theirs", "mine"] });
  expect(row?.view.project?.facts).toMatchObject({ level: "ADMINISTER", protected: false });
});

test("a change above the user's level parks without a request, and goes when the level is raised", async () => {
  await using world = await openReplayWorld("level");
  await world.platform.control.addUser({ name: "bob" });
  await world.platform.control.setLevel(project, "user-bob", "ADMINISTER");
  await world.platform.control.setLevel(project, user, "CONTRIBUTE");
  await world.edit(key, "rename", { name: "bench" });
  await world.edit(key, "addTags", { tags: ["x"] });
  await world.openTab();
  await world.drain(5_000);
  const [parked, ...others] = await world.outbox();
  expect(parked?.parked?.reason.code).toBe("PermissionDenied");
  expect(others).toEqual([]);
  expect(callsOf(world, "update")).toBe(0);
  expect((await world.app.get("objects", [key]))[0]?.view).toMatchObject({
    name: "lab",
    tags: ["x"],
  });

  await world.platform.control.setLevel(project, user, "ADMINISTER");
  const operations = [parked?.sequence ?? 0];
  await world.app.write(retryParked({ lane: key, operations, at: world.clock.now() }));
  await world.drain();
  expect(await describeProject(world)).toMatchObject({ name: "bench" });
});

/** The routes that change something, in the order in which they took effect. */
function effectsOf(world: ReplayWorld): readonly string[] {
  return world.platform.effects.map(({ route }) => route.replace(/project-\w+/, "project"));
}

describe("order", () => {
  test("what is made in a new folder, moved into it or below it waits for the folder, and nothing else does", async () => {
    await using world = await openReplayWorld("order");
    world.platform.faults.next(`/${project}/newFolder`, { kind: "latency", ms: 5_000 });
    await world.editFolder("newFolder", { folder: "/a" });
    const inside = await world.create({ name: "inside", folder: "/a" });
    await world.create({ name: "below", folder: "/a/b/c", parents: true });
    await world.create({ name: "beside", folder: "/ab", parents: true });
    const moved = await world.create({ name: "moved" });
    await world.edit(moved.key, "move", { folder: "/a" });
    await world.edit(moved.key, "addTags", { tags: ["x"] });
    await world.openTab();
    await world.run(2_000);
    expect(effectsOf(world)).toEqual(["/record/new", "/record/new"]);
    await world.drain();
    expect(await world.outbox()).toEqual([]);
    const [row] = await world.app.get("objects", [inside.key]);
    expect(await world.describe(row?.realId ?? "")).toMatchObject({ folder: "/a" });
    const [last] = await world.app.get("objects", [moved.key]);
    expect(await world.describe(last?.realId ?? "")).toMatchObject({ folder: "/a", tags: ["x"] });
    expect(effectsOf(world)[2]).toBe("/project/newFolder");
  });

  test("what is done to a folder waits for what was called before in it or on the way to it", async () => {
    await using world = await openReplayWorld("order-before");
    world.platform.faults.next("/record/new", { kind: "latency", ms: 5_000 });
    const leaving = await world.create({ name: "leaving", folder: "/a/b", parents: true });
    await world.edit(leaving.key, "move", { folder: "/" });
    await world.editFolder("newFolder", { folder: "/a/c" });
    await world.editFolder("removeFolder", { folder: "/a/b" });
    await world.edit(key, "addTags", { tags: ["x"] });
    await world.openTab();
    await world.run(2_000);
    expect(effectsOf(world)).toEqual(["/project/addTags"]);
    await world.drain();
    expect(await world.outbox()).toEqual([]);
    expect(effectsOf(world).slice(1)).toEqual([
      "/record/new",
      "/project/newFolder",
      "/project/move",
      "/project/removeFolder",
    ]);
    expect(await describeProject(world)).toMatchObject({ folders: ["/", "/a", "/a/c"] });
  });

  test("a parked operation on a folder holds nobody up, and what it was needed for parks by itself", async () => {
    await using world = await openReplayWorld("order-parked");
    await world.editFolder("newFolder", { folder: "/no/parent" });
    await world.create({ name: "inside", folder: "/no/parent" });
    await world.create({ name: "elsewhere" });
    await world.openTab();
    await world.drain(10_000);
    const parked = await world.outbox();
    expect(parked.map((row) => [row.operation.kind, row.parked?.reason.code])).toEqual([
      ["newFolder", "ResourceNotFound"],
      ["create", "ResourceNotFound"],
    ]);
    expect(effectsOf(world)).toEqual(["/record/new"]);
  });

  test("what stands behind a parked create holds no operation on a folder up", async () => {
    await using world = await openReplayWorld("order-stuck");
    const refused = await world.create({ name: "refused", folder: "/none" });
    await world.edit(refused.key, "move", { folder: "/a" });
    await makeFolder(world, "/a");
    await world.openTab();
    await world.drain(5_000);
    await world.editFolder("newFolder", { folder: "/a", parents: true });
    await world.editFolder("newFolder", { folder: "/a/b" });
    await world.drain(5_000);
    expect((await world.outbox()).map((row) => row.operation.kind)).toEqual(["create", "move"]);
  });

  test("hundreds of lanes wait for one operation on a folder and go on when it is parked", async () => {
    await using world = await openReplayWorld("order-many");
    world.platform.faults.next(`/${project}/newFolder`, {
      kind: "refuse",
      error: "PermissionDenied",
    });
    await makeFolder(world, "/a");
    await world.editFolder("newFolder", { folder: "/a/b", parents: true });
    for (let n = 0; n < 300; n++) await world.create({ name: `S-${n}`, folder: "/a" });
    await world.openTab();
    await world.drain(60_000);
    expect((await world.outbox()).map((row) => row.operation.kind)).toEqual(["newFolder"]);
    expect(world.errors).toEqual([]);
  });
});

describe("objects in folders that are renamed or moved", () => {
  async function foldersShown(world: ReplayWorld): Promise<Record<string, string>> {
    const rows = await world.app.find({ scope: { project: project as ProjectId } });
    return Object.fromEntries(rows.map((row) => [row.view.name ?? "", row.view.folder]));
  }

  async function foldersThere(world: ReplayWorld): Promise<Record<string, unknown>> {
    const rows = await world.app.find({ scope: { project: project as ProjectId } });
    const entries = rows.map(async (row) => {
      const { name, folder } = await world.describe(row.realId ?? row.id);
      return [name, folder] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  test("show their new path at once, and after every step on the way", async () => {
    await using world = await openReplayWorld("renamed");
    const inside = await world.create({ name: "inside", folder: "/a", parents: true });
    await world.create({ name: "below", folder: "/a/b", parents: true });
    await world.create({ name: "beside", folder: "/ab", parents: true });
    const leaving = await world.create({ name: "leaving", folder: "/a" });
    await world.openTab();
    await world.drain();
    world.isOnline = false;
    await world.editFolder("renameFolder", { folder: "/a", name: "z" });
    await world.edit(leaving.key, "move", { folder: "/ab" });
    await world.create({ name: "new", folder: "/z/b" });
    await world.editFolder("moveFolder", { folder: "/z", destination: "/ab" });
    await world.edit(inside.key, "addTags", { tags: ["x"] });
    const shown = {
      inside: "/ab/z",
      below: "/ab/z/b",
      beside: "/ab",
      leaving: "/ab",
      new: "/ab/z/b",
    };
    expect(await foldersShown(world)).toEqual(shown);
    world.isOnline = true;
    for (let step = 0; step < 200 && (await world.outbox()).length > 0; step++) {
      await world.run(50);
      expect(await foldersShown(world)).toEqual(shown);
    }
    await world.drain();
    expect(await world.outbox()).toEqual([]);
    expect(await foldersThere(world)).toEqual(shown);
    const rows = await world.app.find({ scope: { project: project as ProjectId } });
    expect(rows.filter((row) => row.relocations !== undefined)).toEqual([]);
    expect(world.errors).toEqual([]);
  });

  test("go back where it is discarded or parked, and forth again where it is retried", async () => {
    await using world = await openReplayWorld("taken-back");
    const sample = await world.create({ name: "sample", folder: "/a", parents: true });
    const tab = await world.openTab();
    await world.drain();
    tab.engine.pause();
    await world.editFolder("renameFolder", { folder: "/a", name: "b" });
    await world.editFolder("renameFolder", { folder: "/b", name: "c" });
    await world.edit(sample.key, "addTags", { tags: ["x"] });
    const [first, second] = await world.outbox();
    const give = (row: OutboxRow | undefined): Promise<unknown> =>
      world.app.write(
        discard({
          lane: key,
          operation: row?.id as OutboxRow["id"],
          at: world.clock.now(),
          dependants: [],
        }),
      );
    expect(await foldersShown(world)).toEqual({ sample: "/c" });
    await give(second);
    expect(await foldersShown(world)).toEqual({ sample: "/b" });
    await give(first);
    expect(await foldersShown(world)).toEqual({ sample: "/a" });

    await world.platform.control.addUser({ name: "bob" });
    await world.platform.control.setLevel(project, "user-bob", "ADMINISTER");
    await world.platform.control.setLevel(project, user, "UPLOAD");
    await world.editFolder("renameFolder", { folder: "/a", name: "d" });
    expect(await foldersShown(world)).toEqual({ sample: "/d" });
    tab.engine.resume();
    await world.drain(20_000);
    expect(await foldersShown(world)).toEqual({ sample: "/a" });
    await world.create({ name: "later", folder: "/a" });
    await world.drain(5_000);
    await world.platform.control.setLevel(project, user, "ADMINISTER");
    const [parked] = await world.outbox();
    const operations = [parked?.sequence ?? 0];
    await world.app.write(retryParked({ lane: key, operations, at: world.clock.now() }));
    await world.drain();
    expect(await world.outbox()).toEqual([]);
    expect(await foldersShown(world)).toEqual({ sample: "/d", later: "/d" });
    expect(await foldersThere(world)).toEqual({ sample: "/d", later: "/d" });
  });

  test("are found where they are, when the sender dies between the renaming and its answer", async () => {
    await using world = await openReplayWorld("renamed-killed");
    await world.create({ name: "sample", folder: "/a", parents: true });
    const first = await world.openTab();
    await world.drain();
    world.platform.faults.next(`/${project}/renameFolder`, "cutAfterEffect");
    await world.editFolder("renameFolder", { folder: "/a", name: "b" });
    while (callsOf(world, "renameFolder") === 0) await world.run(5);
    first.process.kill();
    await makeFolder(world, "/a");
    await world.openTab();
    await world.drain(20_000);
    const [parked] = await world.outbox();
    // Both folders are there: whether this is ours nobody can tell any more.
    expect(parked?.parked?.reason.code).toBe("InvalidState");
    expect(await foldersShown(world)).toEqual({ sample: "/a" });
  });
});

describe("the removal of a folder with all that is in it", () => {
  const scope = { project: project as ProjectId };

  /** A tree on the platform and here, one object of it unsent. */
  async function withTree(world: ReplayWorld): Promise<void> {
    await world.create({ name: "top", folder: "/a", parents: true });
    await world.create({ name: "below", folder: "/a/b/c", parents: true, hidden: true });
    await world.create({ name: "beside", folder: "/ab", parents: true });
    await world.editFolder("newFolder", { folder: "/a/empty", parents: true });
  }

  test.each(faults)("leaves nothing of what was seen (%s)", async (fault) => {
    await using world = await openReplayWorld(`tree-${fault}`);
    await withTree(world);
    const tab = await world.openTab();
    await world.drain();
    tab.engine.pause();
    const unsent = await world.create({ name: "unsent", folder: "/a/b" });
    for (const method of ["removeObjects", "removeFolder"]) {
      if (fault !== "none") world.platform.faults.next(`/${project}/${method}`, fault);
    }
    const { operations } = await world.removeTree("/a");
    expect(operations).toHaveLength(3 + 4);
    const shown = await world.app.find({ scope, visibility: "either" });
    expect(shown.map(({ view }) => view.name)).toEqual(["beside"]);
    tab.engine.resume();
    await world.drain();
    expect(await world.outbox()).toEqual([]);
    expect(await describeProject(world)).toMatchObject({ folders: ["/", "/ab"] });
    const found = await world.platform.control.act(user, "/system/findDataObjects", {
      scope: { project },
      visibility: "either",
    });
    expect((found as { readonly results: readonly unknown[] }).results).toHaveLength(1);
    expect(await world.app.get("objects", [unsent.key])).toEqual([undefined]);
    expect(world.errors).toEqual([]);
  });

  test("parks where somebody has put something there since, and takes nothing of theirs", async () => {
    await using world = await openReplayWorld("tree-theirs");
    await withTree(world);
    const tab = await world.openTab();
    await world.drain();
    tab.engine.pause();
    await world.removeTree("/a");
    await world.platform.control.act(user, "/record/new", {
      project,
      folder: "/a/b",
      name: "theirs",
    });
    tab.engine.resume();
    await world.drain(20_000);
    const left = await world.outbox();
    expect(left.map((row) => [row.operation, row.parked?.reason.code])).toEqual([
      [{ kind: "removeFolder", folder: "/a/b" }, "InvalidState"],
      [{ kind: "removeFolder", folder: "/a" }, "InvalidState"],
    ]);
    const there = { folders: ["/", "/a", "/a/b", "/ab"] };
    expect(await describeProject(world)).toMatchObject(there);
    expect(known((await world.app.get("objects", [key]))[0])).toMatchObject(there);
  });

  test("is given up as a whole, and everything is back", async () => {
    await using world = await openReplayWorld("tree-back");
    await withTree(world);
    const tab = await world.openTab();
    await world.drain();
    tab.engine.pause();
    const before = await world.app.find({ scope, visibility: "either" });
    const [projectBefore] = await world.app.get("objects", [key]);
    const { operations } = await world.removeTree("/a");
    for (const row of await world.outbox()) {
      if (!operations.includes(row.id)) continue;
      const { lane, id: operation } = row;
      await world.app.write(discard({ lane, operation, at: world.clock.now(), dependants: [] }));
    }
    expect(await world.app.find({ scope, visibility: "either" })).toEqual(before);
    expect(known((await world.app.get("objects", [key]))[0])).toEqual(known(projectBefore));
    expect(await world.outbox()).toEqual([]);
  });

  test("is refused where the folder is known to be missing", async () => {
    await using world = await openReplayWorld("tree-missing");
    await withTree(world);
    world.isOnline = false;
    await world.openTab();
    await world.run(1_000);
    world.isOnline = true;
    await world.drain();
    await expect(world.removeTree("/none")).rejects.toMatchObject({ code: "ResourceNotFound" });
  });
});
