import type { JsonObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { openLab, unknownProject, unknownRecord } from "../platform.test-support.ts";

test("a project describes itself by the documented fields; more on request", async () => {
  const { call, project, newRecord } = openLab();
  await newRecord();
  const { body } = await call(`/${project}/describe`, { name: "true", summary: "true" });
  expect(body).toMatchObject({
    id: project,
    name: "Lab",
    class: "project",
    level: "ADMINISTER",
    billTo: "user-ada",
    region: "aws:us-east-1",
    protected: false,
    containsPHI: false,
    version: 0,
    tags: [],
    createdBy: { user: "user-ada" },
  });
  for (const field of ["properties", "permissions", "folders", "fileUploadParameters"]) {
    expect(body).not.toHaveProperty(field);
  }
  const more = await call(`/${project}/describe`, {
    fields: {
      folders: true,
      permissions: true,
      properties: true,
      objects: true,
      fileUploadParameters: true,
    },
  });
  expect(more.body).toEqual({
    id: project,
    folders: ["/"],
    permissions: {
      "user-ada": "ADMINISTER",
      "user-cora": "CONTRIBUTE",
      "user-una": "UPLOAD",
      "user-vic": "VIEW",
    },
    properties: {},
    objects: 1,
    fileUploadParameters: {
      minimumPartSize: 5_242_880,
      maximumPartSize: 5_368_709_120,
      emptyLastPartAllowed: true,
      maximumNumParts: 10_000,
      maximumFileSize: 5_497_558_138_880,
    },
  });
});

test("the level is the caller's, members are told to administrators only, strangers are refused", async () => {
  const { call, project } = openLab();
  const describe = async (name: string) =>
    await call(
      `/${project}/describe`,
      { fields: { level: true, permissions: true } },
      { token: `${name}-token` },
    );
  expect((await describe("vic")).body).toEqual({ id: project, level: "VIEW" });
  expect((await describe("noa")).error).toBe("PermissionDenied");
  expect((await describe("noa")).status).toBe(401);
  expect((await call(`/${unknownProject}/describe`)).error).toBe("ResourceNotFound");
  expect((await call("/None/describe")).error).toBe("ResourceNotFound");
  expect((await call(`/${unknownProject.replace("project", "container")}/describe`)).error).toBe(
    "ResourceNotFound",
  );
});

test("whoever makes a project is its only member and administers it", async () => {
  const { call, platform } = openLab();
  const created = await call(
    "/project/new",
    { name: "New", summary: "s", protected: true, tags: ["t"], properties: { p: "1" } },
    { token: "noa-token" },
  );
  const id = created.body["id"] as string;
  const described = await call(
    `/${id}/describe`,
    { defaultFields: true, fields: { properties: true, permissions: true } },
    { token: "noa-token" },
  );
  expect(described.body).toMatchObject({
    name: "New",
    summary: "s",
    protected: true,
    tags: ["t"],
    properties: { p: "1" },
    level: "ADMINISTER",
    permissions: { "user-noa": "ADMINISTER" },
  });
  expect((await call(`/${id}/describe`)).error).toBe("PermissionDenied");
  expect(platform.projects.at(-1)).toEqual({ id, name: "New" });
  expect(platform.effects.at(-1)).toMatchObject({ route: "/project/new", id, user: "user-noa" });
});

test("a project has no nonce: the same call again makes a second one", async () => {
  const { call } = openLab();
  const create = async () => (await call("/project/new", { name: "New", nonce: "n" })).body["id"];
  expect(await create()).not.toBe(await create());
});

test.each([{}, { name: "" }, { name: 1 }, { name: "x", protected: "no" }, { name: "x", tags: {} }])(
  "project/new of %j is InvalidInput",
  async (input) => {
    const { call, platform } = openLab();
    expect((await call("/project/new", input)).error).toBe("InvalidInput");
    expect(platform.projects).toHaveLength(2);
  },
);

test("findProjects shows CONTRIBUTE and above unless a lower level is asked for", async () => {
  const { call, project, otherProject } = openLab();
  const find = async (input: JsonObject, token = "ada-token") =>
    (await call("/system/findProjects", input, { token })).body;
  const ids = [project, otherProject].sort();
  expect(await find({})).toEqual({
    results: ids.map((id) => ({
      id,
      level: "ADMINISTER",
      permissionSources: ["user-ada"],
      public: false,
    })),
    next: null,
  });
  expect((await find({}, "vic-token"))["results"]).toEqual([]);
  expect((await find({ level: "VIEW" }, "vic-token"))["results"]).toHaveLength(1);
  expect((await find({ limit: 1 }))["next"]).toBe(ids[1]);
  expect((await find({ limit: 1, starting: ids[1] ?? "" }))["results"]).toMatchObject([
    { id: ids[1] },
  ]);
  expect(
    (await find({ name: { glob: "L*" }, describe: { fields: { name: true } } }))["results"],
  ).toMatchObject([{ id: project, describe: { id: project, name: "Lab" } }]);
  expect((await find({ id: [otherProject] }))["results"]).toHaveLength(1);
  expect((await find({ public: true }))["results"]).toEqual([]);
  expect((await find({ region: "azure:westus" }))["results"]).toEqual([]);
  expect((await call("/system/findProjects", { level: "SOME" })).error).toBe("InvalidInput");
});

test("newFolder makes one folder, with parents all of them, and with parents can be repeated", async () => {
  const { call, project } = openLab();
  const newFolder = async (input: JsonObject, token = "una-token") =>
    (await call(`/${project}/newFolder`, input, { token })).error;
  expect(await newFolder({ folder: "/a/b" })).toBe("ResourceNotFound");
  expect(await newFolder({ folder: "/a/b", parents: true })).toBeUndefined();
  expect(await newFolder({ folder: "/a//b/", parents: true })).toBeUndefined();
  expect(await newFolder({ folder: "/a/b" })).toBe("InvalidState");
  expect(await newFolder({ folder: "/" })).toBe("InvalidState");
  expect(await newFolder({ folder: "a" })).toBe("InvalidInput");
  expect(await newFolder({})).toBe("InvalidInput");
  expect(await newFolder({ folder: "/c" }, "vic-token")).toBe("PermissionDenied");
  expect(await newFolder({ folder: "/x/y" }, "vic-token")).toBe("ResourceNotFound");
  const described = await call(`/${project}/describe`, { fields: { folders: true } });
  expect(described.body["folders"]).toEqual(["/", "/a", "/a/b"]);
});

test("listFolder shows direct children, hidden ones only when asked", async () => {
  const { call, project, newRecord } = openLab();
  const [a, b, hidden] = [
    await newRecord({ name: "a", folder: "/f", parents: true }),
    await newRecord({ name: "b", folder: "/f" }),
    await newRecord({ folder: "/f", hidden: true }),
  ];
  await newRecord({ folder: "/f/g/h", parents: true });
  const list = async (input: JsonObject) => (await call(`/${project}/listFolder`, input)).body;
  const visible = [a, b].sort().map((id) => ({ id }));
  expect(await list({ folder: "/f" })).toEqual({ objects: visible, folders: ["/f/g"] });
  expect((await list({ folder: "/f/", includeHidden: true }))["objects"]).toContainEqual({
    id: hidden,
  });
  expect(await list({ only: "folders" })).toEqual({ objects: [], folders: ["/f"] });
  expect(await list({ folder: "/f", only: "objects" })).toEqual({ objects: visible, folders: [] });
  expect((await list({ folder: "/f", hasSubfolderFlags: true }))["folders"]).toEqual([
    ["/f/g", true],
  ]);
  expect(
    (await list({ folder: "/f", describe: { fields: { name: true } } }))["objects"],
  ).toContainEqual({
    id: a,
    describe: { id: a, name: "a" },
  });
  expect((await call(`/${project}/listFolder`, { folder: "/no" })).error).toBe("ResourceNotFound");
  expect((await call(`/${project}/listFolder`, { only: "some" })).error).toBe("InvalidInput");
});

test("removeObjects removes all or nothing; with force it passes over what is not there", async () => {
  const { call, project, newRecord, platform } = openLab();
  const [a, b] = [await newRecord(), await newRecord({ close: true })];
  const remove = async (input: JsonObject, name = "cora") =>
    (await call(`/${project}/removeObjects`, input, { token: `${name}-token` })).error;
  expect(await remove({ objects: [a, unknownRecord] })).toBe("ResourceNotFound");
  expect(await remove({ objects: [a] }, "una")).toBe("PermissionDenied");
  expect(await remove({ objects: [] }, "una")).toBe("PermissionDenied");
  expect(await remove({ objects: ["x"] })).toBe("InvalidInput");
  expect(await remove({})).toBe("InvalidInput");
  expect((await call(`/${a}/describe`)).status).toBe(200);
  expect(await remove({ objects: [a, unknownRecord, a], force: true })).toBeUndefined();
  expect((await call(`/${a}/describe`)).error).toBe("ResourceNotFound");
  expect(await remove({ objects: [a] })).toBe("ResourceNotFound");
  await platform.control.setFlags(project, { protected: true });
  expect(await remove({ objects: [b] })).toBe("PermissionDenied");
  expect(await remove({ objects: [b] }, "ada")).toBeUndefined();
  expect(platform.effects.slice(-2).map(({ id, changed }) => [id, changed])).toEqual([
    [a, { state: ["open", "removed"] }],
    [b, { state: ["closed", "removed"] }],
  ]);
});
