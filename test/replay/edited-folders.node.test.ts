import {
  amend,
  discardPreview,
  type OutboxRow,
  parseChange,
  type ProjectId,
  projectKey,
} from "@holdfast/core";
import { expect, test } from "vitest";
import { openReplayWorld, project, type ReplayWorld, user } from "./replay-world.ts";

/** Operations on folders that a person changes, or thinks of giving up. */

const lane = projectKey(project as ProjectId);

async function act(world: ReplayWorld, path: string, input: object): Promise<unknown> {
  return await world.platform.control.act(user, path, input as never);
}

async function rowsOf(world: ReplayWorld): Promise<readonly OutboxRow[]> {
  const [rows = []] = await world.app.lanes([lane]);
  return rows;
}

/** Another input for the first operation of the project. */
async function change(world: ReplayWorld, input: object): Promise<void> {
  const [row] = await rowsOf(world);
  if (row === undefined) throw new Error("the project has something to change");
  const request = parseChange(row.operation, project as ProjectId, input);
  const at = world.clock.now();
  await world.app.write(amend({ lane, operation: row.id, change: request, at }));
}

function told(rows: readonly OutboxRow[]): readonly string[] {
  return rows.map(({ operation, parked }) => `${operation.kind} ${parked?.reason.code ?? "waits"}`);
}

test("a parked renaming is given another name, and what lies in the folder goes along", async () => {
  await using world = await openReplayWorld("renamed otherwise");
  await act(world, `/${project}/newFolder`, { folder: "/taken" });
  await world.openTab();
  const { key, createKey } = await world.create({ folder: "/a", parents: true });
  await world.drain(5_000);
  await world.editFolder("renameFolder", { folder: "/a", name: "taken" });
  await world.run(30_000);
  expect(told(await rowsOf(world))).toEqual(["renameFolder InvalidState"]);
  const shown = async (): Promise<string | undefined> =>
    (await world.app.get("objects", [key]))[0]?.view.folder;
  expect(await shown()).toBe("/a");
  await change(world, { name: "free" });
  expect(await shown()).toBe("/free");
  await world.drain(30_000);
  expect(await world.outbox()).toEqual([]);
  const [id = ""] = world.causedBy(createKey);
  expect(await world.describe(id)).toMatchObject({ folder: "/free" });
  expect((await world.app.get("objects", [key]))[0]).not.toHaveProperty("relocations");
});

test("a renaming and a moving that wait are changed, in the views too", async () => {
  await using world = await openReplayWorld("changed before it is sent");
  for (const folder of ["/x", "/y"]) await act(world, `/${project}/newFolder`, { folder });
  const first = await world.openTab();
  const { key, createKey } = await world.create({ folder: "/a/b", parents: true });
  await world.drain(5_000);
  first.process.kill();
  await world.editFolder("moveFolder", { folder: "/a", destination: "/x" });
  await world.editFolder("renameFolder", { folder: "/x/a", name: "c" });
  const shown = async (): Promise<string | undefined> =>
    (await world.app.get("objects", [key]))[0]?.view.folder;
  expect(await shown()).toBe("/x/c/b");
  await change(world, { destination: "/y" });
  // What was called after it is about a folder that is not there any more.
  expect(await shown()).toBe("/y/a/b");
  await world.openTab();
  await world.run(30_000);
  expect(told(await rowsOf(world))).toEqual(["renameFolder ResourceNotFound"]);
  const [id = ""] = world.causedBy(createKey);
  expect(await world.describe(id)).toMatchObject({ folder: "/y/a/b" });
  expect(await shown()).toBe("/y/a/b");
});

test("a parked newFolder is given its parents; which folder is moved or removed stays", async () => {
  await using world = await openReplayWorld("with its parents");
  await world.openTab();
  await world.editFolder("newFolder", { folder: "/a/b" });
  await world.run(10_000);
  expect(told(await rowsOf(world))).toEqual(["newFolder ResourceNotFound"]);
  await change(world, { parents: true });
  await world.drain(10_000);
  expect(await rowsOf(world)).toEqual([]);
  const change1 = (operation: OutboxRow["operation"], input: object) => (): unknown =>
    parseChange(operation, project as ProjectId, input);
  const rename = { kind: "renameFolder", folder: "/a", name: "b" } as const;
  expect(change1(rename, { folder: "/other", name: "c" })).toThrow("cannot be changed");
  expect(change1({ kind: "removeFolder", folder: "/a" }, { folder: "/b" })).toThrow("no input");
});

test("a preview names what would be refused for want of a folder", async () => {
  await using world = await openReplayWorld("preview of a folder");
  await world.editFolder("newFolder", { folder: "/a" });
  const inside = await world.create({ folder: "/a" });
  await world.create({ folder: "/a/b", parents: true });
  const after = await world.create({ folder: "/a" });
  const others = await world.outbox();
  const [row] = await rowsOf(world);
  if (row === undefined) throw new Error("there is a folder to be made");
  // The create that makes its own folders makes this one for what comes after it.
  expect(discardPreview(row, [row], others)).toEqual({
    discarded: [row.id],
    parked: [inside.operation],
  });
  await world.editFolder("newFolder", { folder: "/c" });
  const other = await world.create({ folder: "/c" });
  await world.editFolder("renameFolder", { folder: "/c", name: "d" });
  const deep = await world.create({ folder: "/d" });
  const all = await world.outbox();
  const [, second] = await rowsOf(world);
  const preview = second && discardPreview(second, [], all);
  const rename = all.find(({ operation }) => operation.kind === "renameFolder");
  expect(preview?.parked).toEqual([other.operation, rename?.id, deep.operation]);
  expect(preview?.parked).not.toContain(after.operation);
});
