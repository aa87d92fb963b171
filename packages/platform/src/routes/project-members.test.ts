import type { JsonObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { type Lab, openLab } from "../platform.test-support.ts";

const permissionsOf = async ({ call, project }: Lab) =>
  (await call(`/${project}/describe`, { fields: { permissions: true } })).body["permissions"];

test("an invitation raises a level and never lowers one", async () => {
  const lab = openLab();
  const { call, project, platform } = lab;
  const invite = async (invitee: string, level: string) =>
    (await call(`/${project}/invite`, { invitee, level })).body;
  expect(await invite("user-noa", "VIEW")).toEqual({
    id: project,
    state: "accepted",
  });
  expect(await invite("user-una", "CONTRIBUTE")).toEqual({
    id: project,
    state: "accepted",
  });
  const effects = platform.effects.length;
  expect(await invite("user-cora", "VIEW")).toEqual({
    id: project,
    state: "accepted",
  });
  expect(await invite("someone@example.org", "VIEW")).toEqual({
    id: project,
    state: "pending",
  });
  expect(platform.effects).toHaveLength(effects);
  expect(await permissionsOf(lab)).toEqual({
    "user-ada": "ADMINISTER",
    "user-cora": "CONTRIBUTE",
    "user-noa": "VIEW",
    "user-una": "CONTRIBUTE",
    "user-vic": "VIEW",
  });
});

test.each([
  [{ invitee: "user-noa" }, "InvalidInput"],
  [{ invitee: "user-noa", level: "NONE" }, "InvalidInput"],
  [{ level: "VIEW" }, "InvalidInput"],
  [{ invitee: "noa", level: "VIEW" }, "InvalidInput"],
  [{ invitee: "PUBLIC", level: "UPLOAD" }, "InvalidInput"],
  [{ invitee: "user-nobody", level: "VIEW" }, "ResourceNotFound"],
])("an invitation of %j is %s", async (input, error) => {
  const { call, project } = openLab();
  expect((await call(`/${project}/invite`, input)).error).toBe(error);
});

test("what is public is seen by everybody, but found without scope by members only", async () => {
  const { call, project, newRecord } = openLab();
  const id = await newRecord();
  await call(`/${project}/invite`, { invitee: "PUBLIC", level: "VIEW" });
  const noa = { token: "noa-token" };
  expect((await call(`/${id}/describe`, {}, noa)).status).toBe(200);
  expect((await call("/system/findDataObjects", {}, noa)).body["results"]).toEqual([]);
  const scoped = await call("/system/findDataObjects", { scope: { project } }, noa);
  expect(scoped.body["results"]).toHaveLength(1);
  const projects = async (input: JsonObject) =>
    (await call("/system/findProjects", { level: "VIEW", ...input }, noa)).body["results"];
  expect(await projects({ public: true })).toEqual([
    { id: project, level: "VIEW", permissionSources: ["PUBLIC"], public: true },
  ]);
  expect(await projects({ explicitPermission: true })).toEqual([]);
  expect(await projects({ public: false })).toEqual([]);
  expect((await call(`/${project}/leave`, {}, noa)).status).toBe(200);
});

test("permissions are only decreased, and null takes a member away", async () => {
  const lab = openLab();
  const { call, project } = lab;
  const decrease = async (input: JsonObject, name = "ada") =>
    (
      await call(`/${project}/decreasePermissions`, input, {
        token: `${name}-token`,
      })
    ).error;
  expect(
    await decrease({
      "user-cora": "VIEW",
      "user-vic": null,
      "user-una": "ADMINISTER",
    }),
  ).toBeUndefined();
  expect(await permissionsOf(lab)).toEqual({
    "user-ada": "ADMINISTER",
    "user-cora": "VIEW",
    "user-una": "UPLOAD",
  });
  expect(await decrease({ "user-cora": "SOME" })).toBe("InvalidInput");
  expect(await decrease({ "user-cora": null }, "una")).toBe("PermissionDenied");
  expect(await decrease({ "user-ada": "VIEW" })).toBe("InvalidState");
});

test("a member leaves, but the last administrator does not", async () => {
  const lab = openLab();
  const { call, project } = lab;
  const leave = async (name: string) =>
    (await call(`/${project}/leave`, {}, { token: `${name}-token` })).error;
  expect(await leave("vic")).toBeUndefined();
  expect(await leave("vic")).toBe("PermissionDenied");
  expect(await leave("ada")).toBe("InvalidState");
  await call(`/${project}/invite`, {
    invitee: "user-cora",
    level: "ADMINISTER",
  });
  expect(await leave("ada")).toBeUndefined();
  expect(await leave("ada")).toBe("PermissionDenied");
});

test("a token reaches no further than its scope, whatever its user may do", async () => {
  const lab = openLab();
  const { call, project, otherProject, platform, newRecord } = lab;
  const id = await newRecord();
  await platform.control.addToken("user-ada", "upload-only", {
    projects: { "*": "UPLOAD" },
  });
  await platform.control.addToken("user-ada", "one", {
    projects: { [project]: "VIEW" },
  });
  const as = async (token: string, path: string, input: JsonObject = {}) =>
    await call(path, input, { token });
  expect((await as("upload-only", "/record/new", { project })).status).toBe(200);
  const remove = await as("upload-only", `/${project}/removeObjects`, {
    objects: [id],
  });
  expect(remove.error).toBe("PermissionDenied");
  // The level is the user's: a refusal can contradict it.
  expect((await as("upload-only", `/${project}/describe`)).body["level"]).toBe("ADMINISTER");
  expect((await as("one", "/record/new", { project })).error).toBe("PermissionDenied");
  expect((await as("one", `/${otherProject}/describe`)).error).toBe("PermissionDenied");
  const found = await as("one", "/system/findProjects", { level: "VIEW" });
  expect(found.body["results"]).toMatchObject([{ id: project }]);
  await platform.restore(platform.snapshot());
  expect((await as("one", "/record/new", { project })).error).toBe("PermissionDenied");
  await platform.control.addToken("user-ada", "one");
  expect((await as("one", "/record/new", { project })).status).toBe(200);
});

test("a scope that cannot be is refused", async () => {
  const { platform } = openLab();
  const scope = { projects: { everything: "VIEW" } } as const;
  await expect(platform.control.addToken("user-ada", "x", scope)).rejects.toThrow("everything");
});
