import type { JsonObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { type Lab, openLab } from "../platform.test-support.ts";

/** Calls a method of the project, as cora (CONTRIBUTE) unless told otherwise. */
function methodsOf({ call, project }: Lab) {
  return async (method: string, input: JsonObject, name = "cora") =>
    await call(`/${project}/${method}`, input, { token: `${name}-token` });
}

const foldersOf = async ({ call, project }: Lab) =>
  (await call(`/${project}/describe`, { fields: { folders: true } })).body["folders"];

async function withFolders(...folders: readonly string[]) {
  const lab = openLab();
  for (const folder of folders) {
    await lab.call(`/${lab.project}/newFolder`, { folder, parents: true });
  }
  return { lab, does: methodsOf(lab) };
}

test("renaming a folder takes everything below along, and modifies nothing", async () => {
  const { lab, does } = await withFolders("/a/b/c", "/x");
  const id = await lab.newRecord({ folder: "/a/b/c" });
  const { modified } = await lab.describe(id);
  await lab.clock.advance(10);
  expect((await does("renameFolder", { folder: "/a", name: "z" })).body).toEqual({
    id: lab.project,
  });
  expect(await foldersOf(lab)).toEqual(["/", "/x", "/z", "/z/b", "/z/b/c"]);
  expect(await lab.describe(id)).toMatchObject({ folder: "/z/b/c", modified });
  expect((await does("renameFolder", { folder: "/a", name: "z" })).error).toBe("ResourceNotFound");
  expect((await does("renameFolder", { folder: "/z/b", newpath: "/x/y" })).error).toBeUndefined();
  expect(await lab.describe(id)).toMatchObject({ folder: "/x/y/c" });
  const found = await lab.call("/system/findDataObjects", {
    scope: { project: lab.project, folder: "/x" },
  });
  expect(found.body["results"]).toHaveLength(1);
  expect(lab.platform.effects.at(-1)).toMatchObject({ changed: { folder: ["/z/b", "/x/y"] } });
});

test.each([
  [{ folder: "/", name: "z" }, "InvalidInput"],
  [{ folder: "/a" }, "InvalidInput"],
  [{ folder: "/a", name: "z", newpath: "/z" }, "InvalidInput"],
  [{ folder: "/a", name: "z/y" }, "InvalidInput"],
  [{ folder: "/a", name: "" }, "InvalidInput"],
  [{ folder: "/a", name: ".." }, "InvalidInput"],
  [{ folder: "/a", newpath: "z" }, "InvalidInput"],
  [{ folder: "/a", newpath: "/no/z" }, "ResourceNotFound"],
  [{ folder: "/a", name: "x" }, "InvalidState"],
  [{ folder: "/a", newpath: "/a/b/z" }, "InvalidState"],
])("renaming by %j is %s", async (input, error) => {
  const { lab, does } = await withFolders("/a/b", "/x");
  expect((await does("renameFolder", input)).error).toBe(error);
  expect(await foldersOf(lab)).toEqual(["/", "/a", "/a/b", "/x"]);
});

test("a name that stays is no change, and no folder comes to lie too deep", async () => {
  const deep = `/a${"/n".repeat(126)}`;
  const { lab, does } = await withFolders(deep, "/x/y/z");
  const effects = lab.platform.effects.length;
  expect((await does("renameFolder", { folder: "/a", name: "a" })).status).toBe(200);
  expect(lab.platform.effects).toHaveLength(effects);
  expect((await does("renameFolder", { folder: "/a", newpath: "/x/y/a" })).error).toBe(
    "InvalidInput",
  );
  expect((await does("move", { folders: ["/a"], destination: "/x/y" })).error).toBe("InvalidInput");
});

test("moving and renaming take CONTRIBUTE, on open objects too", async () => {
  const { lab, does } = await withFolders("/a");
  const id = await lab.newRecord();
  expect((await does("renameFolder", { folder: "/a", name: "b" }, "una")).error).toBe(
    "PermissionDenied",
  );
  expect((await does("move", { objects: [id], destination: "/a" }, "una")).error).toBe(
    "PermissionDenied",
  );
});

test("move puts objects and folders directly into the destination", async () => {
  const { lab, does } = await withFolders("/a/b", "/c");
  const [inA, inB] = [
    await lab.newRecord({ folder: "/a" }),
    await lab.newRecord({ folder: "/a/b" }),
  ];
  const { modified } = await lab.describe(inA);
  await lab.clock.advance(10);
  const moved = await does("move", {
    objects: [inB, inB],
    folders: ["/a", "/a/b"],
    destination: "/c",
  });
  expect(moved.body).toEqual({ id: lab.project });
  expect(await foldersOf(lab)).toEqual(["/", "/c", "/c/a", "/c/b"]);
  expect(await lab.describe(inA)).toMatchObject({ folder: "/c/a", modified });
  expect(await lab.describe(inB)).toMatchObject({ folder: "/c" });
  // Where it is already, nothing moves.
  const effects = lab.platform.effects.length;
  await does("move", { objects: [inB], folders: ["/c/a"], destination: "/c" });
  expect(lab.platform.effects).toHaveLength(effects);
});

test.each([
  [{ folders: ["/a"], destination: "/no" }, "ResourceNotFound"],
  [{ folders: ["/no"], destination: "/c" }, "ResourceNotFound"],
  [{ objects: ["record-000000000000000000000000"], destination: "/c" }, "ResourceNotFound"],
  [{ folders: ["/a"], destination: "/a/b" }, "InvalidState"],
  [{ folders: ["/a"], destination: "/a" }, "InvalidState"],
  [{ folders: ["/c/a"], destination: "/" }, "InvalidState"],
  [{ folders: ["/a/b", "/c/b"], destination: "/" }, "InvalidState"],
  [{ folders: ["/"], destination: "/c" }, "InvalidInput"],
  [{ folders: ["a"], destination: "/c" }, "InvalidInput"],
  [{ objects: ["x"], destination: "/c" }, "InvalidInput"],
  [{ objects: [] }, "InvalidInput"],
])("moving by %j is %s, and moves nothing", async (input, error) => {
  const { lab, does } = await withFolders("/a/b", "/c/a", "/c/b");
  expect((await does("move", input)).error).toBe(error);
  expect(await foldersOf(lab)).toEqual(["/", "/a", "/a/b", "/c", "/c/a", "/c/b"]);
});

test("removeFolder takes an empty folder, and with recurse everything in it", async () => {
  const { lab, does } = await withFolders("/a/b", "/c");
  const visible = await lab.newRecord({ folder: "/a/b" });
  const hidden = await lab.newRecord({ folder: "/a/b", hidden: true });
  expect((await does("removeFolder", { folder: "/c" })).body).toEqual({ id: lab.project });
  expect((await does("removeFolder", { folder: "/c" })).error).toBe("ResourceNotFound");
  expect((await does("removeFolder", { folder: "/c", force: true, partial: true })).body).toEqual({
    id: lab.project,
    completed: true,
  });
  expect((await does("removeFolder", { folder: "/a" })).error).toBe("InvalidState");
  expect((await does("removeFolder", { folder: "/a/b" })).error).toBe("InvalidState");
  expect((await does("removeFolder", { folder: "/a", recurse: true }, "una")).error).toBe(
    "PermissionDenied",
  );
  const removed = await does("removeFolder", { folder: "/a", recurse: true, partial: true });
  expect(removed.body).toEqual({ id: lab.project, completed: true });
  expect(await foldersOf(lab)).toEqual(["/"]);
  for (const id of [visible, hidden]) {
    expect((await lab.call(`/${id}/describe`)).error).toBe("ResourceNotFound");
  }
});

test("the root is emptied with recurse and never removed", async () => {
  const { lab, does } = await withFolders("/a/b");
  await lab.newRecord({ folder: "/a/b" });
  await lab.newRecord();
  expect((await does("removeFolder", { folder: "/" })).error).toBe("InvalidInput");
  expect((await does("removeFolder", { folder: "/", recurse: true })).status).toBe(200);
  expect(await foldersOf(lab)).toEqual(["/"]);
  const list = await lab.call(`/${lab.project}/listFolder`, {});
  expect(list.body).toEqual({ objects: [], folders: [] });
});

test("in a protected project only an administrator removes folders", async () => {
  const { lab, does } = await withFolders("/a");
  await lab.platform.control.setFlags(lab.project, { protected: true });
  expect((await does("removeFolder", { folder: "/a" })).error).toBe("PermissionDenied");
  expect((await does("removeFolder", { folder: "/a" }, "ada")).status).toBe(200);
});

test("with partial a large folder goes in batches, until completed", async () => {
  const { lab, does } = await withFolders("/a");
  await lab.newRecord({ folder: "/a" });
  const world = lab.platform.snapshot();
  const objects = Array.from({ length: 10_001 }, (_, index) => ({
    ...world.objects[0],
    id: `record-${String(index).padStart(24, "0")}`,
  }));
  await lab.platform.restore({ ...world, objects });
  const input = { folder: "/a", recurse: true, force: true };
  expect((await does("removeFolder", input)).error).toBe("InvalidInput");
  const partial = { ...input, partial: true };
  expect((await does("removeFolder", partial)).body["completed"]).toBe(false);
  expect((await does("removeFolder", partial)).body["completed"]).toBe(true);
  expect((await does("removeFolder", partial)).body["completed"]).toBe(true);
  expect(await foldersOf(lab)).toEqual(["/"]);
});
