import type { JsonObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { openLab, unknownProject } from "../platform.test-support.ts";

test("paths resolve to nothing, one or many, parallel to the input", async () => {
  const { call, project, otherProject, newRecord, clock } = openLab();
  const first = await newRecord({ name: "n", folder: "/f", parents: true });
  await clock.advance(5);
  const second = await newRecord({ name: "n", folder: "/f", hidden: true });
  const top = await newRecord({ name: "n" });
  const other = await newRecord({ name: "n", project: otherProject });
  const resolve = async (input: JsonObject) =>
    (await call("/system/resolveDataObjects", input)).body["results"];
  const objects = [
    { name: "n" },
    { name: "none" },
    { name: "n", folder: "/" },
    { name: "n", folder: "/no" },
    { name: "n", folder: "/", project: otherProject },
  ];
  expect(await resolve({ objects, project, folder: "/f" })).toEqual([
    [
      { project, id: second },
      { project, id: first },
    ],
    [],
    [{ project, id: top }],
    [],
    [{ project: otherProject, id: other }],
  ]);
  expect(await resolve({ objects: [{ name: "n" }], project })).toEqual([[{ project, id: top }]]);
  expect(await resolve({ objects: [] })).toEqual([]);
});

test.each([
  [{}, "InvalidInput"],
  [{ objects: [{ name: "n" }] }, "InvalidInput"],
  [{ objects: [{}], project: unknownProject }, "InvalidInput"],
  [{ objects: ["n"], project: unknownProject }, "InvalidInput"],
  [{ objects: [{ name: "n", folder: "f" }], project: unknownProject }, "InvalidInput"],
  [{ objects: [{ name: "n" }], project: unknownProject }, "ResourceNotFound"],
  [
    { objects: Array.from({ length: 1001 }, () => ({ name: "n" })), project: unknownProject },
    "InvalidInput",
  ],
])("resolving %j is %s", async (input, error) => {
  const { call } = openLab();
  expect((await call("/system/resolveDataObjects", input)).error).toBe(error);
});

test("describeProjects answers or refuses each project by itself", async () => {
  const { call, project, otherProject } = openLab();
  const { body } = await call(
    "/system/describeProjects",
    {
      projects: [
        { id: project, describe: { fields: { name: true, level: true } } },
        project,
        otherProject,
        unknownProject,
      ],
    },
    { token: "vic-token" },
  );
  expect(body["results"]).toMatchObject([
    { describe: { id: project, name: "Lab", level: "VIEW" } },
    { describe: { id: project, region: "aws:us-east-1" } },
    { error: { type: "PermissionDenied" }, statusCode: 401 },
    { error: { type: "ResourceNotFound" }, statusCode: 404 },
  ]);
  expect((await call("/system/describeProjects", { projects: ["x"] })).error).toBe("InvalidInput");
});

test("everybody may ask for somebody's handle", async () => {
  const { call, platform } = openLab();
  await platform.control.addUser({ name: "zoë" });
  const { body } = await call("/user-vic/describe", {}, { token: "noa-token" });
  expect(body).toMatchObject({
    id: "user-vic",
    class: "user",
    handle: "vic",
    billTo: "user-vic",
  });
  expect((await call("/user-vic/describe", { fields: { handle: true } })).body).toEqual({
    id: "user-vic",
    handle: "vic",
  });
  expect((await call(`/user-${encodeURIComponent("zoë")}/describe`)).body["handle"]).toBe("zoë");
  expect((await call("/user-nobody/describe")).error).toBe("ResourceNotFound");
  expect((await call("/user-%E0%A4%A/describe")).error).toBe("ResourceNotFound");
});

test("nothing runs here, so no execution is found", async () => {
  const { call, project } = openLab();
  for (const method of [
    "findJobs",
    "findExecutions",
    "findAnalyses",
    "findApps",
    "findGlobalWorkflows",
  ]) {
    const { body } = await call(`/system/${method}`, { project, describe: true, limit: 10 });
    expect(body).toEqual({ results: [], next: null });
    expect((await call(`/system/${method}`, { limit: 0 })).error).toBe("InvalidInput");
  }
});

test("a search is narrowed by region and by level", async () => {
  const { call, project, newRecord } = openLab();
  const id = await newRecord();
  const find = async (input: JsonObject) =>
    (await call("/system/findDataObjects", input, { token: "una-token" })).body["results"];
  expect(await find({ region: ["azure:westus", "aws:us-east-1"] })).toEqual([{ project, id }]);
  expect(await find({ region: "azure:westus" })).toEqual([]);
  expect(await find({ level: "UPLOAD" })).toEqual([{ project, id }]);
  expect(await find({ level: "CONTRIBUTE" })).toEqual([]);
});
