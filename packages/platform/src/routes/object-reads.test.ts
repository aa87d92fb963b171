import { expect, test } from "vitest";
import { openLab, unknownProject, unknownRecord } from "../platform.test-support.ts";

test("fields asked for are the only ones, with the id", async () => {
  const { call, newRecord } = openLab();
  const id = await newRecord({ name: "a", tags: ["t"] });
  const describe = async (input: object) => (await call(`/${id}/describe`, input as never)).body;
  expect(await describe({ fields: { name: true, tags: true, nonsense: true } })).toEqual({
    id,
    name: "a",
    tags: ["t"],
  });
  expect(await describe({ fields: {} })).toEqual({ id });
  expect(await describe({ defaultFields: false })).toEqual({ id });
  expect(await describe({ fields: { name: false } })).toEqual({ id });
});

test("defaultFields adds the defaults, from which a field can be taken", async () => {
  const { call, newRecord } = openLab();
  const id = await newRecord({ details: { a: 1 } });
  const { body } = await call(`/${id}/describe`, {
    defaultFields: true,
    fields: { details: true, name: false },
  });
  expect(body).toHaveProperty("state", "open");
  expect(body).toHaveProperty("details", { a: 1 });
  expect(body).not.toHaveProperty("name");
  expect(body).not.toHaveProperty("properties");
});

test("the older booleans add to the defaults, and count for nothing beside fields", async () => {
  const { call, newRecord } = openLab();
  const id = await newRecord({ properties: { p: "1" } });
  const older = await call(`/${id}/describe`, { properties: true, details: true });
  expect(older.body).toMatchObject({ state: "open", properties: { p: "1" }, details: {} });
  const both = await call(`/${id}/describe`, { properties: true, fields: { name: true } });
  expect(Object.keys(both.body)).toEqual(["id", "name"]);
});

test.each([
  { fields: [] },
  { fields: { name: 1 } },
  { fields: null },
  { defaultFields: "yes" },
  { properties: "yes" },
  { project: 7 },
  { project: "lab" },
])("describe of %j is InvalidInput", async (input) => {
  const { call, newRecord } = openLab();
  expect((await call(`/${await newRecord()}/describe`, input)).error).toBe("InvalidInput");
});

test("the project of a read is a hint: the answer says which copy it is", async () => {
  const { call, newRecord, project, otherProject } = openLab();
  const id = await newRecord();
  for (const hint of [project, otherProject, unknownProject, null]) {
    expect((await call(`/${id}/describe`, { project: hint })).body["project"]).toBe(project);
    expect((await call(`/${id}/getDetails`, { project: hint })).text).toBe("{}");
  }
  expect((await call(`/${id}/describe`, { project: id })).error).toBe("InvalidType");
});

test("an object that nobody shows you is not there", async () => {
  const { call, newRecord } = openLab();
  const id = await newRecord();
  for (const method of ["describe", "getDetails", "listProjects"]) {
    expect((await call(`/${id}/${method}`, {}, { token: "noa-token" })).error).toBe(
      "ResourceNotFound",
    );
    expect((await call(`/${id}/${method}`, {}, { token: "vic-token" })).status).toBe(200);
    expect((await call(`/${unknownRecord}/${method}`)).error).toBe("ResourceNotFound");
  }
});

test("listProjects answers the caller's level in each project that holds it", async () => {
  const { call, newRecord, project } = openLab();
  const id = await newRecord();
  expect((await call(`/${id}/listProjects`)).body).toEqual({ [project]: "ADMINISTER" });
  expect((await call(`/${id}/listProjects`, {}, { token: "vic-token" })).body).toEqual({
    [project]: "VIEW",
  });
});

test("describeDataObjects answers each object, or its error, in the order asked", async () => {
  const { call, newRecord, project } = openLab();
  const a = await newRecord({ name: "a", details: { d: 1 } });
  const { body } = await call("/system/describeDataObjects", {
    objects: [
      a,
      unknownRecord,
      { id: a, project, describe: { fields: { name: true } } },
      { id: a, describe: true },
      { id: a, describe: { details: true } },
    ],
    classDescribeOptions: { record: { fields: { state: true } }, "*": { fields: {} } },
  });
  expect(body["results"]).toEqual([
    { describe: { id: a, state: "open" } },
    { error: { type: "ResourceNotFound", message: expect.any(String) as string }, statusCode: 404 },
    { describe: { id: a, name: "a" } },
    { describe: expect.objectContaining({ name: "a", state: "open" }) as object },
    { describe: expect.objectContaining({ state: "open", details: { d: 1 } }) as object },
  ]);
});

test("describeDataObjects takes at most 1,000 objects, each of them an id", async () => {
  const { call } = openLab();
  const describe = async (input: object) =>
    await call("/system/describeDataObjects", input as never);
  const full = await describe({ objects: Array.from({ length: 1000 }, () => unknownRecord) });
  expect(full.body["results"]).toHaveLength(1000);
  for (const input of [
    {},
    { objects: "x" },
    { objects: ["x"] },
    { objects: [{ project: unknownProject }] },
    { objects: [null] },
    { objects: [], classDescribeOptions: [] },
    { objects: Array.from({ length: 1001 }, () => unknownRecord) },
  ]) {
    expect((await describe(input)).error, JSON.stringify(input).slice(0, 60)).toBe("InvalidInput");
  }
});

test("without a hint, or with one that helps nobody, the copy where the object was made answers", async () => {
  const { call } = openLab();
  const create = async (): Promise<string> =>
    (await call("/project/new", { name: "p" })).body["id"] as string;
  const [first, second, third] = [await create(), await create(), await create()];
  for (const [from, to] of [
    [first, second],
    [second, first],
  ] as const) {
    const { body } = await call("/record/new", { project: from, close: true });
    const id = body["id"] as string;
    await call(`/${from}/clone`, { objects: [id], project: to });
    for (const hint of [{}, { project: third }]) {
      expect((await call(`/${id}/describe`, hint)).body["project"]).toBe(from);
    }
    expect((await call(`/${id}/describe`, { project: to })).body["project"]).toBe(to);
  }
});
