import type { JsonObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { type Lab, openLab, unknownProject, unknownRecord } from "../platform.test-support.ts";

const link = (id: string) => ({ $dnanexus_link: id });

const clone = async ({ call, project, otherProject }: Lab, input: JsonObject, name = "ada") =>
  await call(`/${project}/clone`, { project: otherProject, ...input }, { token: `${name}-token` });

const copyOf = async ({ call, otherProject }: Lab, id: string) =>
  (
    await call(`/${id}/describe`, {
      project: otherProject,
      defaultFields: true,
      fields: { properties: true, details: true },
    })
  ).body;

const foldersOf = async ({ call, otherProject }: Lab) =>
  (await call(`/${otherProject}/describe`, { fields: { folders: true } })).body["folders"];

test("a copy keeps what is the object's, and what users wrote is its own from then on", async () => {
  const lab = openLab();
  const { call, project, otherProject, clock } = lab;
  const id = await lab.newRecord({
    close: true,
    name: "n",
    tags: ["t"],
    properties: { p: "1" },
    types: ["T"],
    details: { d: 1 },
  });
  const original = await lab.describe(id);
  await clock.advance(5000);
  const answer = await clone(lab, { objects: [id, id] });
  expect(answer.body).toEqual({ id: project, project: otherProject, exists: [] });
  expect(await copyOf(lab, id)).toEqual({
    ...original,
    project: otherProject,
    modified: clock.now(),
  });
  await call(`/${id}/rename`, { project: otherProject, name: "m" });
  expect(await lab.describe(id)).toEqual(original);
});

test("what is there already is left alone and named, so that cloning objects can be repeated", async () => {
  const lab = openLab();
  const [a, b] = [await lab.newRecord({ close: true }), await lab.newRecord({ close: true })];
  await clone(lab, { objects: [a], destination: "/x", parents: true });
  const effects = lab.platform.effects.length;
  expect((await clone(lab, { objects: [a] })).body["exists"]).toEqual([a]);
  expect(lab.platform.effects).toHaveLength(effects);
  expect((await clone(lab, { objects: [a, b] })).body["exists"]).toEqual([a]);
  expect(await copyOf(lab, a)).toMatchObject({ folder: "/x" });
  expect(await copyOf(lab, b)).toMatchObject({ folder: "/" });
});

test("one object that is not closed stops the whole clone", async () => {
  const lab = openLab();
  const [closed, open] = [await lab.newRecord({ close: true }), await lab.newRecord()];
  expect((await clone(lab, { objects: [closed, open] })).error).toBe("InvalidState");
  expect((await copyOf(lab, closed))["project"]).toBe(lab.project);
  // A hidden one that would travel counts, too.
  const hidden = await lab.newRecord({ hidden: true });
  const visible = await lab.newRecord({ close: true, details: { to: link(hidden) } });
  expect((await clone(lab, { objects: [visible] })).error).toBe("InvalidState");
});

test("a folder comes with its visible objects and folders, and with the hidden ones they lead to", async () => {
  const lab = openLab();
  const closed = async (input: JsonObject) =>
    await lab.newRecord({ close: true, parents: true, ...input });
  const inside = await closed({ folder: "/a/b", hidden: true });
  const outside = await closed({ folder: "/elsewhere", hidden: true });
  const unled = await closed({ folder: "/a", hidden: true });
  const visible = await closed({ folder: "/a", details: [link(inside), link(outside)] });
  const below = await closed({ folder: "/a/b/c" });
  await lab.call(`/${lab.otherProject}/newFolder`, { folder: "/to" });
  expect((await clone(lab, { folders: ["/a"], destination: "/to" })).error).toBeUndefined();
  expect(await foldersOf(lab)).toEqual(["/", "/to", "/to/a", "/to/a/b", "/to/a/b/c"]);
  expect(await copyOf(lab, visible)).toMatchObject({ folder: "/to/a" });
  expect(await copyOf(lab, below)).toMatchObject({ folder: "/to/a/b/c" });
  expect(await copyOf(lab, inside)).toMatchObject({ folder: "/to/a/b" });
  expect(await copyOf(lab, outside)).toMatchObject({ folder: "/to" });
  expect((await copyOf(lab, unled))["project"]).toBe(lab.project);
  expect((await clone(lab, { folders: ["/a"], destination: "/to" })).error).toBe("InvalidState");
});

test("the root as a folder brings its contents, and what is named goes directly to the destination", async () => {
  const lab = openLab();
  const top = await lab.newRecord({ close: true });
  const deep = await lab.newRecord({ close: true, folder: "/a/b", parents: true });
  const named = await lab.newRecord({ close: true, folder: "/a/b" });
  const input = { folders: ["/", "/a/b"], objects: [named], destination: "/d", parents: true };
  expect((await clone(lab, input)).error).toBeUndefined();
  expect(await foldersOf(lab)).toEqual(["/", "/d", "/d/a", "/d/b"]);
  expect(await copyOf(lab, top)).toMatchObject({ folder: "/d" });
  expect(await copyOf(lab, deep)).toMatchObject({ folder: "/d/b" });
  expect(await copyOf(lab, named)).toMatchObject({ folder: "/d" });
});

test("two named folders of one name clash with one another", async () => {
  const lab = openLab();
  for (const folder of ["/a/x", "/b/x"]) {
    await lab.call(`/${lab.project}/newFolder`, { folder, parents: true });
  }
  expect((await clone(lab, { folders: ["/a/x", "/b/x"] })).error).toBe("InvalidState");
  expect(await foldersOf(lab)).toEqual(["/"]);
});

test("a hidden object that is not in the source stops the walk; a named hidden one is cloned", async () => {
  const lab = openLab();
  const { call, project } = lab;
  const far = await lab.newRecord({ hidden: true, close: true });
  const gone = await lab.newRecord({ hidden: true, close: true, details: { to: link(far) } });
  const visible = await lab.newRecord({ close: true, details: { to: link(gone) } });
  await lab.newRecord({ close: true, details: { to: link(far) } });
  await call(`/${project}/removeObjects`, { objects: [gone] });
  expect((await clone(lab, { objects: [visible] })).error).toBeUndefined();
  expect((await copyOf(lab, far))["project"]).toBe(project);
  await clone(lab, { objects: [far] });
  expect((await copyOf(lab, far))["project"]).toBe(lab.otherProject);
});

test("VIEW on the source and UPLOAD on the destination clone", async () => {
  const lab = openLab();
  const id = await lab.newRecord({ close: true });
  const { control } = lab.platform;
  await control.setLevel(lab.otherProject, "user-vic", "VIEW");
  expect((await clone(lab, { objects: [id] }, "vic")).error).toBe("PermissionDenied");
  await control.setLevel(lab.otherProject, "user-vic", "UPLOAD");
  expect((await clone(lab, { objects: [id] }, "vic")).error).toBeUndefined();
  expect((await clone(lab, { objects: [id] }, "noa")).error).toBe("PermissionDenied");
});

test("a restricted source, PHI into a project without it and another region are refused", async () => {
  const lab = openLab();
  const { call, platform, project, otherProject } = lab;
  const id = await lab.newRecord({ close: true });
  await platform.control.setFlags(project, { restricted: true });
  expect((await clone(lab, { objects: [id] })).error).toBe("PermissionDenied");
  await platform.control.setFlags(project, { restricted: false, containsPHI: true });
  expect((await clone(lab, { objects: [id] })).error).toBe("PermissionDenied");
  await platform.control.setFlags(otherProject, { containsPHI: true });
  expect((await clone(lab, { objects: [id] })).error).toBeUndefined();
  const { body } = await call("/project/new", {
    name: "x",
    region: "azure:westus",
    containsPHI: true,
  });
  const other = await clone(lab, { objects: [id], project: body["id"] ?? "" });
  expect(other.error).toBe("InvalidState");
});

test.each([
  [{ objects: [unknownRecord] }, "ResourceNotFound"],
  [{ folders: ["/no"] }, "ResourceNotFound"],
  [{ destination: "/no" }, "ResourceNotFound"],
  [{ project: unknownProject }, "ResourceNotFound"],
  [{ project: unknownRecord }, "InvalidType"],
  [{ objects: "x" }, "InvalidInput"],
  [{ objects: ["x"] }, "InvalidInput"],
  [{ folders: ["a"] }, "InvalidInput"],
  [{ destination: "d" }, "InvalidInput"],
  [{ parents: "yes" }, "InvalidInput"],
])("a clone of %j is %s", async (input, error) => {
  expect((await clone(openLab(), input)).error).toBe(error);
});

test("a container is not cloned into itself", async () => {
  const lab = openLab();
  const id = await lab.newRecord({ close: true });
  expect((await clone(lab, { objects: [id], project: lab.project })).error).toBe("InvalidInput");
});
