import { firstValueFrom } from "rxjs";
import { expect, test } from "vitest";
import { codeOf, when, World } from "./in-thread.test-support.ts";

test("a project is changed offline, watched, and carried over when the network is back", async () => {
  await using world = new World();
  const { project } = world;
  world.setOnline(false);
  const holdfast = await world.open();
  expect(await holdfast.projects.get(project)).toBeUndefined();
  expect(await firstValueFrom(holdfast.projects.watch(project))).toBeUndefined();
  const sample = await holdfast.records.create({ project, name: "S-1" });
  const renamed = await holdfast.projects.rename(project, "bench");
  await holdfast.projects.addTags(project, ["a", "b"]);
  await holdfast.projects.removeTags(project, ["a"]);
  const set = await holdfast.projects.setProperties(project, { first: sample.id, none: null });
  expect(await holdfast.projects.get(project)).toEqual({
    id: project,
    name: "bench",
    tags: ["b"],
    properties: { first: sample.id },
    isDescribed: false,
    pending: 4,
    parked: 0,
  });
  expect(await holdfast.objects.find()).toHaveLength(1);
  world.setOnline(true);
  await holdfast.wake();
  await Promise.all([renamed.acked(), set.acked()]);
  const known = await when(holdfast.projects.watch(project), (value) => value?.pending === 0);
  await sample.acked();
  expect(known).toMatchObject({
    name: "bench",
    tags: ["b"],
    isDescribed: true,
    level: "ADMINISTER",
  });
  expect(known?.properties).toEqual({ first: sample.id });
  const kinds = (await holdfast.history.list()).map(({ kind }) => kind);
  expect(kinds.toSorted()).toEqual(
    ["addTags", "create", "removeTags", "rename", "setProperties"].toSorted(),
  );
});

test("a change of a project is discarded, alone or with all of the project, and the view goes back", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  const renamed = await holdfast.projects.rename(project, "bench");
  await holdfast.projects.addTags(project, ["a"]);
  const preview = await holdfast.outbox.discardPreview({ operations: [renamed.operation] });
  expect(preview.operations.map(({ kind }) => kind)).toEqual(["rename"]);
  expect(await holdfast.outbox.discard({ operations: [renamed.operation] })).toBe(1);
  const known = await holdfast.projects.get(project);
  expect(known).toMatchObject({ tags: ["a"], pending: 1 });
  expect(known).not.toHaveProperty("name");
  expect(await codeOf(renamed.acked())).toBe("Discarded");
  expect(await holdfast.outbox.discard({ object: project })).toBe(1);
  expect(await holdfast.projects.get(project)).toMatchObject({ tags: [], pending: 0 });
});

test("what no project takes is refused at once, in the platform's words", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  expect(await codeOf(holdfast.projects.rename("lab", "x"))).toBe("InvalidType");
  expect(await codeOf(holdfast.projects.rename(5 as never, "x"))).toBe("InvalidInput");
  expect(await codeOf(holdfast.projects.rename(project, ""))).toBe("InvalidInput");
  expect(await codeOf(holdfast.projects.addTags(project, [""]))).toBe("InvalidInput");
  expect(await codeOf(holdfast.projects.addTags(project, "a" as never))).toBe("InvalidInput");
  expect(await codeOf(holdfast.projects.setProperties(project, { a: 1 } as never))).toBe(
    "InvalidInput",
  );
  const never = await holdfast.projects.addTags(project, ["a"]);
  expect(await codeOf(never.settled())).toBe("NotClosing");
});

test("folders are made, listed and removed offline, and the platform has them afterwards", async () => {
  await using world = new World();
  const { project } = world;
  world.setOnline(false);
  const holdfast = await world.open();
  await holdfast.folders.create(project, "/runs/2026", { parents: true });
  await holdfast.folders.create(project, "//runs//2025/");
  const sample = await holdfast.records.create({ project, folder: "/runs/2026", name: "S-1" });
  await holdfast.records.create({ project, folder: "/runs/2026", name: "aside", hidden: true });
  const removed = await holdfast.folders.remove(project, "/runs/2025");
  const runs = await holdfast.folders.list(project, "/runs");
  expect(runs).toEqual({ folders: ["/runs/2026"], objects: [], isComplete: false });
  const visible = await holdfast.folders.list(project, "/runs/2026");
  expect(visible.objects.map(({ name }) => name)).toEqual(["S-1"]);
  const all = await holdfast.folders.list(project, "/runs/2026", { includeHidden: true });
  expect(all.objects).toHaveLength(2);
  expect((await holdfast.folders.list(project)).folders).toEqual(["/runs"]);
  expect((await holdfast.folders.list(project, "/none")).folders).toEqual([]);

  world.setOnline(true);
  await holdfast.wake();
  await Promise.all([removed.acked(), sample.acked()]);
  const below = await when(holdfast.folders.watch(project, "/runs"), (value) => value.isComplete);
  expect(below.folders).toEqual(["/runs/2026"]);
  const answer = await world.platform.control.act("user-ada", `/${project}/listFolder`, {
    folder: "/runs",
  });
  expect(answer).toMatchObject({ folders: ["/runs/2026"] });
});

test("a discarded operation on a folder is taken back in the listing", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  const made = await holdfast.folders.create(project, "/a");
  expect((await holdfast.folders.list(project)).folders).toEqual(["/a"]);
  const preview = await holdfast.outbox.discardPreview({ operations: [made.operation] });
  expect(preview.operations.map(({ choices, kind }) => [kind, choices])).toEqual([
    ["newFolder", ["edit", "discard"]],
  ]);
  expect(await holdfast.outbox.discard({ operations: [made.operation] })).toBe(1);
  expect((await holdfast.folders.list(project)).folders).toEqual([]);
  const again = await holdfast.folders.create(project, "/a");
  await holdfast.folders.remove(project, "/a");
  expect(await holdfast.outbox.discard({ object: project })).toBe(2);
  expect(await codeOf(again.acked())).toBe("Discarded");
});

test("what a folder cannot be or have is refused at once, in the platform's words", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  const { folders } = holdfast;
  for (const path of ["a", "", "/a/../b", "/a\u0000", 5 as never, null as never]) {
    expect(await codeOf(folders.create(project, path))).toBe("InvalidInput");
    expect(await codeOf(folders.remove(project, path))).toBe("InvalidInput");
    expect(await codeOf(folders.list(project, path))).toBe("InvalidInput");
  }
  expect(await codeOf(folders.create("lab", "/a"))).toBe("InvalidType");
  expect(await codeOf(folders.create(project, "/"))).toBe("InvalidState");
  expect(await codeOf(folders.remove(project, "/"))).toBe("InvalidInput");
  await holdfast.records.create({ project, folder: "/a", parents: true });
  expect(await codeOf(folders.create(project, "/a"))).toBe("InvalidState");
  await folders.create(project, "/a", { parents: true });
  expect(await codeOf(folders.remove(project, "/a"))).toBe("InvalidState");
});
