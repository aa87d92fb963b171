import type { JsonObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { type Lab, openLab } from "../platform.test-support.ts";

const describeOf = async ({ call, project }: Lab, fields: JsonObject) =>
  (await call(`/${project}/describe`, { fields })).body;

test("an update changes what it names, raises the version and answers the id", async () => {
  const lab = openLab();
  const { call, project, platform, clock } = lab;
  await clock.advance(5);
  const input = {
    name: "Renamed",
    summary: "s",
    description: "d",
    protected: true,
    allowedExecutables: ["applet-000000000000000000000000"],
    databaseResultsRestricted: 10,
    httpsAppIsolatedBrowsing: true,
    httpsAppIsolatedBrowsingOptions: { any: 1 },
    monthlyComputeLimit: 7,
  };
  expect((await call(`/${project}/update`, input)).body).toEqual({
    id: project,
  });
  const fields = Object.fromEntries(Object.keys(input).map((key) => [key, true]));
  expect(await describeOf(lab, { ...fields, version: true, modified: true })).toEqual({
    id: project,
    ...input,
    version: 1,
    modified: clock.now(),
  });
  expect(platform.effects.at(-1)).toMatchObject({
    route: "/project-xxxx/update",
    changed: { name: ["Lab", "Renamed"], version: [0, 1] },
  });
  await call(`/${project}/update`, {
    allowedExecutables: null,
    databaseResultsRestricted: null,
  });
  expect(
    await describeOf(lab, {
      allowedExecutables: true,
      databaseResultsRestricted: true,
    }),
  ).toEqual({
    id: project,
    allowedExecutables: null,
    databaseResultsRestricted: null,
  });
});

test("an update with another version than the stored one is refused and changes nothing", async () => {
  const lab = openLab();
  const { call, project } = lab;
  expect((await call(`/${project}/update`, { name: "a", version: 0 })).status).toBe(200);
  expect((await call(`/${project}/update`, { name: "b", version: 0 })).error).toBe("InvalidState");
  expect(await describeOf(lab, { name: true, version: true })).toMatchObject({
    name: "a",
    version: 1,
  });
});

test("downloadRestricted takes previewViewerRestricted along and is not unset before it", async () => {
  const lab = openLab();
  const { call, project } = lab;
  const flags = { downloadRestricted: true, previewViewerRestricted: true };
  const update = async (input: JsonObject) => (await call(`/${project}/update`, input)).error;
  await update({ downloadRestricted: true });
  expect(await describeOf(lab, flags)).toEqual({ id: project, ...flags });
  expect(await update({ downloadRestricted: false })).toBe("InvalidInput");
  expect(await update({ previewViewerRestricted: false })).toBeUndefined();
  expect(await describeOf(lab, flags)).toMatchObject({
    downloadRestricted: true,
  });
  expect(await update({ downloadRestricted: false })).toBeUndefined();
  expect(await update({ downloadRestricted: true })).toBeUndefined();
  expect(
    await update({ downloadRestricted: false, previewViewerRestricted: false }),
  ).toBeUndefined();
});

test("containsPHI cannot be unset", async () => {
  const { call, project } = openLab();
  await call(`/${project}/update`, { containsPHI: true });
  expect((await call(`/${project}/update`, { containsPHI: true })).status).toBe(200);
  expect((await call(`/${project}/update`, { containsPHI: false })).error).toBe("InvalidInput");
});

test.each([
  { name: "" },
  { protected: "yes" },
  { version: "1" },
  { allowedExecutables: ["record-000000000000000000000000"] },
  { allowedExecutables: "applet-000000000000000000000000" },
  { databaseResultsRestricted: -1 },
  { defaultSymlink: "x" },
  { drive: "x" },
  { billTo: "nobody" },
  { httpsAppIsolatedBrowsingOptions: [] },
])("an update of %j is InvalidInput", async (input) => {
  const { call, project } = openLab();
  expect((await call(`/${project}/update`, input)).error).toBe("InvalidInput");
});

test("only an administrator updates, and bills itself or an org", async () => {
  const { call, project } = openLab();
  const update = async (input: JsonObject, name = "ada") =>
    (await call(`/${project}/update`, input, { token: `${name}-token` })).error;
  expect(await update({ name: "x" }, "cora")).toBe("PermissionDenied");
  expect(await update({ billTo: "user-una" })).toBe("PermissionDenied");
  expect(await update({ billTo: "user-wrong" })).toBe("InvalidInput");
  expect(await update({ billTo: "org-lab" })).toBeUndefined();
  expect((await call("/project/new", { name: "x", billTo: "user-una" })).error).toBe(
    "PermissionDenied",
  );
});

test("tags and properties of a project change like those of an object, for CONTRIBUTE", async () => {
  const lab = openLab();
  const { call, project } = lab;
  const edit = async (method: string, input: JsonObject, name = "cora") =>
    (await call(`/${project}/${method}`, input, { token: `${name}-token` })).error;
  expect(await edit("addTags", { tags: ["a", "b", "a"] })).toBeUndefined();
  expect(await edit("removeTags", { tags: ["a", "c"] })).toBeUndefined();
  expect(await edit("setProperties", { properties: { p: "1", q: "2" } })).toBeUndefined();
  expect(await edit("setProperties", { properties: { p: null } })).toBeUndefined();
  expect(await describeOf(lab, { tags: true, properties: true, version: true })).toEqual({
    id: project,
    tags: ["b"],
    properties: { q: "2" },
    version: 0,
  });
  expect(await edit("addTags", { tags: ["x"] }, "una")).toBe("PermissionDenied");
  expect(await edit("addTags", { tags: "x" })).toBe("InvalidInput");
  expect(await edit("setProperties", {})).toBe("InvalidInput");
});

test("a project is made in one of the regions, and has their upload parameters", async () => {
  const { call } = openLab();
  const fields = { region: true, fileUploadParameters: true };
  const { body } = await call("/project/new", { name: "x", region: "azure:westus" });
  const id = body["id"] as string;
  expect((await call(`/${id}/describe`, { fields })).body).toMatchObject({
    region: "azure:westus",
    fileUploadParameters: { minimumPartSize: 1, emptyLastPartAllowed: false },
  });
  expect((await call("/project/new", { name: "x", region: "mars:north" })).error).toBe(
    "InvalidInput",
  );
});
