import type { Json, JsonObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { type Lab, openLab, unknownProject, unknownRecord } from "../platform.test-support.ts";

const fixedEdits: readonly (readonly [method: string, input: Json])[] = [
  ["addTypes", { types: ["B"] }],
  ["addTypes", { types: [] }],
  ["removeTypes", { types: ["A"] }],
  ["setDetails", { new: true }],
  ["setDetails", []],
  ["setVisibility", { hidden: true }],
];

const freeEdits: readonly (readonly [method: string, input: JsonObject])[] = [
  ["rename", { name: "new" }],
  ["setProperties", { properties: { p: "2" } }],
  ["addTags", { tags: ["u"] }],
  ["removeTags", { tags: ["t"] }],
];

async function startingRecord({ newRecord }: Lab, close = false): Promise<string> {
  const start = { name: "old", types: ["A"], tags: ["t"], properties: { p: "1" }, details: {} };
  return await newRecord({ ...start, close });
}

test("types are a set in the order of arrival", async () => {
  const lab = openLab();
  const id = await startingRecord(lab);
  await lab.call(`/${id}/addTypes`, { types: ["C", "A", "B", "C"] });
  expect((await lab.describe(id))["types"]).toEqual(["A", "C", "B"]);
  await lab.call(`/${id}/removeTypes`, { types: ["C", "never"] });
  expect((await lab.describe(id))["types"]).toEqual(["A", "B"]);
});

test("tags are a set of one copy", async () => {
  const lab = openLab();
  const { project } = lab;
  const id = await startingRecord(lab);
  await lab.call(`/${id}/addTags`, { project, tags: ["z", "t", "z"] });
  expect((await lab.describe(id))["tags"]).toEqual(["t", "z"]);
  await lab.call(`/${id}/removeTags`, { project, tags: ["t", "never"] });
  expect((await lab.describe(id))["tags"]).toEqual(["z"]);
});

test("properties merge, null takes one away", async () => {
  const lab = openLab();
  const { project } = lab;
  const id = await startingRecord(lab);
  await lab.call(`/${id}/setProperties`, { project, properties: { q: "", p: null, none: null } });
  expect((await lab.describe(id))["properties"]).toEqual({ q: "" });
});

test("the body of setDetails is the details, a hash or an array, and replaces them", async () => {
  const lab = openLab();
  const id = await startingRecord(lab);
  const set = await lab.call(
    `/${id}/setDetails`,
    ` { "n" : 1.50, "l": {"$dnanexus_link": "${id}"} } `,
  );
  expect(set.body).toEqual({ id });
  expect((await lab.call(`/${id}/getDetails`, {})).text).toBe(
    `{"n":1.50,"l":{"$dnanexus_link":"${id}"}}`,
  );
  expect((await lab.describe(id))["links"]).toEqual([id]);
  await lab.call(`/${id}/setDetails`, []);
  expect((await lab.call(`/${id}/getDetails`, {})).text).toBe("[]");
  expect((await lab.describe(id))["links"]).toEqual([]);
});

test.each(["null", '"x"', "1", "true"])("setDetails of %s is refused", async (body) => {
  const lab = openLab();
  const id = await startingRecord(lab);
  expect((await lab.call(`/${id}/setDetails`, body)).error).toBe("InvalidInput");
});

test.each(fixedEdits)(
  "%s of %j is refused on a closed record and changes nothing",
  async (method, input) => {
    const lab = openLab();
    const id = await startingRecord(lab, true);
    const before = JSON.stringify(lab.platform.snapshot());
    expect((await lab.call(`/${id}/${method}`, input)).error).toBe("InvalidState");
    expect(JSON.stringify(lab.platform.snapshot())).toBe(before);
  },
);

test.each(fixedEdits)("%s of %j takes UPLOAD while open", async (method, input) => {
  const lab = openLab();
  const id = await startingRecord(lab);
  expect((await lab.call(`/${id}/${method}`, input, { token: "vic-token" })).error).toBe(
    "PermissionDenied",
  );
  expect((await lab.call(`/${id}/${method}`, input, { token: "noa-token" })).error).toBe(
    "ResourceNotFound",
  );
  expect((await lab.call(`/${id}/${method}`, input, { token: "una-token" })).body).toEqual({ id });
});

test.each(freeEdits)(
  "%s takes UPLOAD while open and CONTRIBUTE once closed",
  async (method, input) => {
    const lab = openLab();
    const open = await startingRecord(lab);
    const closed = await startingRecord(lab, true);
    const edit = async (id: string, name: string) =>
      (
        await lab.call(
          `/${id}/${method}`,
          { project: lab.project, ...input },
          { token: `${name}-token` },
        )
      ).error;
    expect(await edit(open, "vic")).toBe("PermissionDenied");
    expect(await edit(open, "una")).toBeUndefined();
    expect(await edit(closed, "una")).toBe("PermissionDenied");
    expect(await edit(closed, "cora")).toBeUndefined();
    expect(await edit(closed, "noa")).toBe("ResourceNotFound");
  },
);

test.each(freeEdits)("%s must name the project that holds the object", async (method, input) => {
  const lab = openLab();
  const id = await startingRecord(lab);
  const edit = async (project: Json | undefined) =>
    (await lab.call(`/${id}/${method}`, project === undefined ? input : { ...input, project }))
      .error;
  expect(await edit(undefined)).toBe("InvalidInput");
  expect(await edit(null)).toBe("InvalidInput");
  expect(await edit("lab")).toBe("InvalidInput");
  expect(await edit(id)).toBe("InvalidType");
  expect(await edit(unknownProject)).toBe("ResourceNotFound");
  expect(await edit(lab.otherProject)).toBe("ResourceNotFound");
});

test.each<[string, Json]>([
  ["addTypes", {}],
  ["addTypes", { types: ["a b"] }],
  ["removeTypes", { types: "A" }],
  ["setVisibility", {}],
  ["setVisibility", { hidden: 0 }],
  ["rename", {}],
  ["rename", { name: "" }],
  ["setProperties", {}],
  ["setProperties", { properties: { p: 1 } }],
  ["setProperties", { properties: { good: "1", ["k".repeat(101)]: "1" } }],
  ["addTags", { tags: [""] }],
  ["removeTags", { tags: [null] }],
])("%s of %j is refused and changes nothing", async (method, input) => {
  const lab = openLab();
  const id = await startingRecord(lab);
  const before = JSON.stringify(lab.platform.snapshot());
  const answer = await lab.call(`/${id}/${method}`, {
    project: lab.project,
    ...(input as JsonObject),
  });
  expect(answer.error).toBe("InvalidInput");
  expect(JSON.stringify(lab.platform.snapshot())).toBe(before);
});

test.each([...fixedEdits, ...freeEdits, ["close", {}]] as const)(
  "%s of an object that is not there is ResourceNotFound",
  async (method, input) => {
    const { call, project } = openLab();
    const body = method === "setDetails" ? input : { project, ...(input as JsonObject) };
    expect((await call(`/${unknownRecord}/${method}`, body)).error).toBe("ResourceNotFound");
  },
);

test("modified moves with every change and stays for a change of nothing", async () => {
  const lab = openLab();
  const { project, clock } = lab;
  const id = await startingRecord(lab);
  const edits: readonly (readonly [string, Json, boolean])[] = [
    ["rename", { project, name: "old" }, false],
    ["rename", { project, name: "new" }, true],
    ["addTags", { project, tags: ["t"] }, false],
    ["setProperties", { project, properties: { p: "1", no: null } }, false],
    ["setProperties", { project, properties: { p: "2" } }, true],
    ["addTypes", { types: [] }, false],
    ["addTypes", { types: ["B"] }, true],
    ["setDetails", {}, false],
    ["setDetails", { a: 1 }, true],
    ["setVisibility", { hidden: false }, false],
    ["close", {}, true],
    ["close", {}, false],
  ];
  for (const [method, input, changes] of edits) {
    const { length } = lab.platform.effects;
    const before = (await lab.describe(id))["modified"];
    await clock.advance(1);
    expect((await lab.call(`/${id}/${method}`, input)).status).toBe(200);
    expect((await lab.describe(id))["modified"], method).toBe(changes ? clock.now() : before);
    expect(lab.platform.effects, method).toHaveLength(length + (changes ? 1 : 0));
  }
});

test("the effect of an edit says what was and what is", async () => {
  const lab = openLab();
  const id = await startingRecord(lab);
  await lab.call(
    `/${id}/setProperties`,
    { project: lab.project, properties: { b: "2", p: null } },
    { token: "una-token" },
  );
  expect(lab.platform.effects.at(-1)).toMatchObject({
    number: 1,
    user: "user-una",
    route: "/record-xxxx/setProperties",
    id,
    project: lab.project,
    changed: { properties: [{ p: "1" }, { b: "2" }] },
  });
});

test("a close takes UPLOAD where the record was created; repeated it succeeds with detail", async () => {
  const lab = openLab();
  const id = await startingRecord(lab);
  expect((await lab.call(`/${id}/close`, {}, { token: "vic-token" })).error).toBe(
    "PermissionDenied",
  );
  expect((await lab.call(`/${id}/close`, {}, { token: "una-token" })).body).toEqual({ id });
  expect((await lab.describe(id))["state"]).toBe("closed");
  const again = await lab.call(`/${id}/close`, {}, { token: "una-token" });
  expect(again.status).toBe(200);
  expect(again.body).toEqual({ id, detail: expect.any(String) as string });
});

test("properties and tags can be many, but not more than the limit", async () => {
  const lab = openLab({ limits: { entries: 2 } });
  const { project } = lab;
  const id = await lab.newRecord({ tags: ["a"], types: ["A"], properties: { a: "1" } });
  const many = async (method: string, input: JsonObject) =>
    (await lab.call(`/${id}/${method}`, input)).error;
  expect(await many("addTags", { project, tags: ["b", "c"] })).toBe("InvalidInput");
  expect(await many("addTypes", { types: ["B", "C"] })).toBe("InvalidInput");
  expect(await many("setProperties", { project, properties: { b: "1", c: "1" } })).toBe(
    "InvalidInput",
  );
  expect(
    await many("setProperties", { project, properties: { b: "1", c: "1", a: null } }),
  ).toBeUndefined();
});
