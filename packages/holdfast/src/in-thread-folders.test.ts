import { expect, test } from "vitest";
import { codeOf, when, World } from "./in-thread.test-support.ts";

test("a folder is renamed and moved offline with all that lies in it, and back where it is discarded", async () => {
  await using world = new World();
  const { project } = world;
  world.setOnline(false);
  const holdfast = await world.open();
  const { folders, records, objects } = holdfast;
  const sample = await records.create({ project, folder: "/run/raw", parents: true, name: "S-1" });
  await folders.create(project, "/archive");
  const renamed = await folders.rename(project, "/run", "run-7");
  const moved = await folders.move(project, "/run-7", "/archive");
  const shown = async (): Promise<string> => (await sample.describe()).folder;
  expect(await shown()).toBe("/archive/run-7/raw");
  expect(await folders.list(project, "/archive")).toMatchObject({ folders: ["/archive/run-7"] });
  expect((await folders.list(project)).folders).toEqual(["/archive"]);
  const inside = { scope: { project, folder: "/archive" } } as const;
  const live = when(objects.watch(inside), (rows) => rows.length === 0);
  expect(await objects.count(inside)).toBe(1);

  expect(await holdfast.outbox.discard({ operations: [moved.operation] })).toBe(1);
  expect(await shown()).toBe("/run-7/raw");
  await live;
  expect((await folders.list(project)).folders).toEqual(["/archive", "/run-7"]);

  world.setOnline(true);
  await holdfast.wake();
  await Promise.all([renamed.acked(), sample.acked()]);
  expect(await shown()).toBe("/run-7/raw");
  const answer = await world.platform.control.act("user-ada", `/${sample.id}/describe`, {});
  expect(answer).toMatchObject({ folder: "/run-7/raw" });
});

test("what no folder can become is refused at once, in the platform's words", async () => {
  await using world = new World();
  const { project } = world;
  const { folders } = await world.open({ paused: true });
  await folders.create(project, "/a/b", { parents: true });
  await folders.create(project, "/c/b", { parents: true });
  for (const name of ["", "x/y", "..", "a\u0000", 5 as never]) {
    expect(await codeOf(folders.rename(project, "/a", name))).toBe("InvalidInput");
  }
  expect(await codeOf(folders.rename(project, "/", "x"))).toBe("InvalidInput");
  expect(await codeOf(folders.move(project, "/", "/a"))).toBe("InvalidInput");
  expect(await codeOf(folders.move(project, "/a", "b"))).toBe("InvalidInput");
  expect(await codeOf(folders.rename(project, "/a", "c"))).toBe("InvalidState");
  expect(await codeOf(folders.move(project, "/a/b", "/c"))).toBe("InvalidState");
  expect(await codeOf(folders.move(project, "/a", "/a/b"))).toBe("InvalidState");
  const again = await folders.rename(project, "/a", "a");
  expect(again.operation).toBeDefined();
  expect((await folders.list(project)).folders).toEqual(["/a", "/c"]);
});

test("an edit in a folder that was moved meanwhile keeps its place, whichever is confirmed first", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open();
  const sample = await holdfast.records.create({ project, folder: "/a", parents: true });
  await sample.acked();
  await holdfast.pause();
  await sample.addTags(["x"]);
  const renamed = await holdfast.folders.rename(project, "/a", "b");
  const tagged = await sample.addTags(["y"]);
  await holdfast.resume();
  await Promise.all([renamed.acked(), tagged.acked()]);
  expect(await sample.describe()).toMatchObject({ folder: "/b", tags: ["x", "y"], pending: 0 });
});

test("a folder is removed with all in it, and given back where all of that is given up", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  const { folders, records, objects, outbox } = holdfast;
  const inputs = Array.from({ length: 600 }, (_, n) => ({
    project,
    folder: "/a/b",
    name: `S-${n}`,
  }));
  await folders.create(project, "/a/b", { parents: true });
  await records.createMany(inputs);
  const sample = await records.create({ project, folder: "/a", name: "top" });
  expect(await codeOf(folders.remove(project, "/a"))).toBe("InvalidState");
  expect(await codeOf(folders.remove(project, "/", { recurse: true }))).toBe("InvalidInput");
  const removed = await folders.remove(project, "/a", { recurse: true });
  expect(removed.operations).toHaveLength(601 + 2);
  expect(removed.operations.at(-1)).toBe(removed.operation);
  expect(await objects.count({ visibility: "either" })).toBe(0);
  expect((await folders.list(project)).folders).toEqual([]);
  expect(await codeOf(sample.addTags(["x"]))).toBe("ResourceNotFound");
  const { operations } = await outbox.discardPreview({ operations: removed.operations });
  expect(operations).toHaveLength(603);
  expect(await outbox.discard({ operations: removed.operations })).toBe(603);
  expect(await objects.count()).toBe(601);
  expect((await folders.list(project, "/a")).folders).toEqual(["/a/b"]);

  const again = await folders.remove(project, "/a", { recurse: true });
  await holdfast.resume();
  await again.acked();
  expect(await outbox.list()).toEqual([]);
  expect(await world.objects()).toEqual([]);
});
