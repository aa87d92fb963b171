import { expect, test } from "vitest";
import { ApiError } from "./api-error.ts";
import { createPlatform } from "./create-platform.ts";
import { openLab } from "./platform.test-support.ts";

test("a foreign edit needs no token, meets no fault, and is in the effect log but not among the calls", async () => {
  const { platform, newRecord, project, describe } = openLab();
  const id = await newRecord({ name: "mine" });
  const { length } = platform.requests;
  platform.faults.rates([{ rate: 1, fault: "cutBeforeEffect" }]);
  expect(
    await platform.control.act("user-cora", `/${id}/rename`, { project, name: "hers" }),
  ).toEqual({ id });
  platform.faults.clear();
  expect(platform.requests).toHaveLength(length);
  expect(platform.effects.at(-1)).toMatchObject({
    user: "user-cora",
    changed: { name: ["mine", "hers"] },
  });
  expect((await describe(id))["name"]).toBe("hers");
});

test("a foreign edit is refused like any other", async () => {
  const { platform, newRecord } = openLab();
  const id = await newRecord();
  const refused = await platform.control
    .act("user-vic", `/${id}/close`)
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiError);
  expect((refused as ApiError).type).toBe("PermissionDenied");
  await expect(platform.control.act("user-nobody", "/system/whoami")).rejects.toThrow("no user");
});

test("levels can be changed and taken away while others look", async () => {
  const { platform, call, newRecord, project } = openLab();
  const id = await newRecord();
  const look = async () => (await call(`/${id}/describe`, {}, { token: "noa-token" })).status;
  expect(await look()).toBe(404);
  await platform.control.setLevel(project, "user-noa", "VIEW");
  expect(await look()).toBe(200);
  await platform.control.setLevel(project, "user-noa", "NONE");
  expect(await look()).toBe(404);
  await expect(platform.control.setLevel("project-x", "user-noa", "VIEW")).rejects.toThrow(
    "no project",
  );
});

test("users and projects can be added", async () => {
  const { platform, call } = openLab();
  expect(await platform.control.addUser({ name: "zoe", token: "z" })).toBe("user-zoe");
  const project = await platform.control.addProject({
    name: "New",
    permissions: { "user-zoe": "UPLOAD" },
    folders: ["/a/b"],
    protected: true,
  });
  const { body } = await call(
    `/${project}/describe`,
    { fields: { folders: true, protected: true, level: true } },
    { token: "z" },
  );
  expect(body).toEqual({
    id: project,
    folders: ["/", "/a", "/a/b"],
    protected: true,
    level: "UPLOAD",
  });
});

test("options that cannot be are a programmer's mistake", () => {
  expect(() => createPlatform({ users: [{}] })).toThrow("a user needs a name");
  expect(() => createPlatform({ users: [{ name: "a" }, { id: "user-a" }] })).toThrow("already");
  expect(() => createPlatform({ projects: [{ name: "x", id: "lab" }] })).toThrow(
    "no id of a project",
  );
  expect(() =>
    createPlatform({ projects: [{ name: "x", permissions: { "user-x": "VIEW" } }] }),
  ).toThrow("no user");
  expect(() => createPlatform({ projects: [{ name: "x", folders: ["a"] }] })).toThrow(
    "must start with",
  );
});

test("with no options there is a user to act as", () => {
  expect(createPlatform().users).toEqual([{ id: "user-ada", name: "ada" }]);
});
