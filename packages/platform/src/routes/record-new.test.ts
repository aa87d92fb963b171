import { expect, test } from "vitest";
import { openLab, unknownProject, unknownRecord } from "../platform.test-support.ts";

const hourMs = 3_600_000;

test("a fresh record has the documented defaults", async () => {
  const { call, project, clock } = openLab();
  clock.jumpWall(234);
  const { body } = await call("/record/new", { project });
  const id = body["id"] as string;
  expect(id).toMatch(/^record-[0-9BFGJKPQVXYZbfgjkpqvxyz]{24}$/);
  const described = await call(`/${id}/describe`);
  expect(described.body).toEqual({
    id,
    project,
    class: "record",
    sponsored: false,
    name: id,
    types: [],
    state: "open",
    hidden: false,
    links: [],
    folder: "/",
    tags: [],
    created: clock.now() - 234,
    modified: clock.now(),
    createdBy: { user: "user-ada" },
  });
});

test("every input is taken, in one call that leaves the record closed", async () => {
  const { call, project, describe, newRecord } = openLab();
  const id = await newRecord({
    name: "S-1",
    folder: "//run//7/",
    parents: true,
    tags: ["b", "a", "b"],
    types: ["Sample", "x/y_1", "Sample"],
    hidden: true,
    properties: { operator: "ada", "$a.b c": "" },
    details: { tissue: "blood", donor: { $dnanexus_link: unknownRecord } },
    close: true,
  });
  expect(await describe(id)).toMatchObject({
    name: "S-1",
    folder: "/run/7",
    tags: ["b", "a"],
    types: ["Sample", "x/y_1"],
    hidden: true,
    properties: { operator: "ada", "$a.b c": "" },
    details: { tissue: "blood", donor: { $dnanexus_link: unknownRecord } },
    links: [unknownRecord],
    state: "closed",
  });
  expect(
    (await call(`/${project}/describe`, { fields: { folders: true } })).body["folders"],
  ).toEqual(["/", "/run", "/run/7"]);
});

test("details keep every digit, in the answer and in the effect log", async () => {
  const { call, project, platform } = openLab();
  const source = '{"big":12345678901234567890,"small":0.10,"huge":1e400,"neg":-0}';
  const created = await call("/record/new", `{"project":"${project}", "details": ${source} }`);
  const details = await call(`/${created.body["id"] as string}/getDetails`);
  expect(details.text).toBe(source);
  expect(platform.effects[0]?.changed["details"]).toEqual([null, source]);
});

test("links are named once each, depth first", async () => {
  const { newRecord, describe } = openLab();
  const [a, b] = ["record-aaaaaaaaaaaaaaaaaaaaaaaa", "file-bbbbbbbbbbbbbbbbbbbbbbbb"];
  const id = await newRecord({
    details: [{ x: [{ $dnanexus_link: b }] }, { $dnanexus_link: a }, { $dnanexus_link: b }],
  });
  expect((await describe(id))["links"]).toEqual([b, a]);
});

test.each([
  ["project missing", { project: undefined }, "InvalidInput"],
  ["project no string", { project: 7 }, "InvalidInput"],
  ["project no id", { project: "lab" }, "InvalidInput"],
  ["project of another class", { project: unknownRecord }, "InvalidType"],
  ["project unknown", { project: unknownProject }, "ResourceNotFound"],
  ["container unknown", { project: "container-000000000000000000000000" }, "ResourceNotFound"],
  ["name empty", { name: "" }, "InvalidInput"],
  ["name null", { name: null }, "InvalidInput"],
  ["name with a control character", { name: "a\nb" }, "InvalidInput"],
  ["name too long", { name: "x".repeat(4097) }, "InvalidInput"],
  ["type with a hyphen", { types: ["a-b"] }, "InvalidInput"],
  ["types no array", { types: "Sample" }, "InvalidInput"],
  ["type no string", { types: [1] }, "InvalidInput"],
  ["tag empty", { tags: [""] }, "InvalidInput"],
  ["property value no string", { properties: { a: 1 } }, "InvalidInput"],
  ["property value null", { properties: { a: null } }, "InvalidInput"],
  ["property key too long", { properties: { ["k".repeat(101)]: "" } }, "InvalidInput"],
  ["property value too long", { properties: { a: "ü".repeat(351) } }, "InvalidInput"],
  ["properties an array", { properties: [] }, "InvalidInput"],
  ["details a scalar", { details: "x" }, "InvalidInput"],
  ["details null", { details: null }, "InvalidInput"],
  [
    "a link with a second key",
    { details: { $dnanexus_link: unknownRecord, a: 1 } },
    "InvalidInput",
  ],
  ["an extended link", { details: { $dnanexus_link: { id: unknownRecord } } }, "InvalidInput"],
  ["a link to no id", { details: { $dnanexus_link: "x" } }, "InvalidInput"],
  ["hidden no boolean", { hidden: "true" }, "InvalidInput"],
  ["close no boolean", { close: 1 }, "InvalidInput"],
  ["parents no boolean", { parents: "yes" }, "InvalidInput"],
  ["folder relative", { folder: "a" }, "InvalidInput"],
  ["folder with ..", { folder: "/a/.." }, "InvalidInput"],
  ["folder missing", { folder: "/nowhere" }, "ResourceNotFound"],
  ["nonce no string", { nonce: 1 }, "InvalidInput"],
  ["nonce too long", { nonce: "ü".repeat(65) }, "InvalidInput"],
  ["source no hash", { initializeFrom: unknownRecord }, "InvalidInput"],
  [
    "source no record",
    { initializeFrom: { id: "file-000000000000000000000000", project: unknownProject } },
    "InvalidInput",
  ],
  ["source without project", { initializeFrom: { id: unknownRecord } }, "InvalidInput"],
])("%s is refused and changes nothing", async (_, input, error) => {
  const { call, project, platform } = openLab();
  const before = JSON.stringify(platform.snapshot());
  const answer = await call("/record/new", JSON.parse(JSON.stringify({ project, ...input })));
  expect(answer.error).toBe(error);
  expect(answer.body["error"]).toMatchObject({ message: expect.stringMatching(/./) as string });
  expect(JSON.stringify(platform.snapshot())).toBe(before);
});

test("creating takes UPLOAD", async () => {
  const { call, project } = openLab();
  const create = async (name: string) =>
    (await call("/record/new", { project }, { token: `${name}-token` })).error;
  expect(await create("una")).toBeUndefined();
  expect(await create("vic")).toBe("PermissionDenied");
  expect(await create("noa")).toBe("PermissionDenied");
});

test("what is missing is said before who may", async () => {
  const { call, project } = openLab();
  const answer = await call("/record/new", { project, folder: "/no" }, { token: "vic-token" });
  expect(answer.error).toBe("ResourceNotFound");
});

test("a source supplies what is not given, but neither its folder nor its state", async () => {
  const { newRecord, describe, project } = openLab();
  const source = await newRecord({
    types: ["T"],
    tags: ["t"],
    properties: { p: "1" },
    details: { d: 1 },
    hidden: true,
    folder: "/a",
    parents: true,
    close: true,
  });
  const copy = await newRecord({ initializeFrom: { id: source, project } });
  expect(await describe(copy)).toMatchObject({
    name: source,
    types: ["T"],
    tags: ["t"],
    properties: { p: "1" },
    details: { d: 1 },
    hidden: true,
    folder: "/",
    state: "open",
  });
  const other = await newRecord({
    initializeFrom: { id: source, project },
    name: "mine",
    types: [],
    hidden: false,
    details: {},
  });
  expect(await describe(other)).toMatchObject({
    name: "mine",
    types: [],
    tags: ["t"],
    hidden: false,
    details: {},
  });
});

test("a source must be in the project named with it, where the caller can see it", async () => {
  const { call, newRecord, project, otherProject } = openLab();
  const source = await newRecord();
  const from = (id: string, where: string) =>
    call("/record/new", { project, initializeFrom: { id, project: where } });
  expect((await from(source, otherProject)).error).toBe("ResourceNotFound");
  expect((await from(unknownRecord, project)).error).toBe("ResourceNotFound");
  const hidden = await call(
    "/record/new",
    { project, initializeFrom: { id: source, project: otherProject } },
    { token: "una-token" },
  );
  expect(hidden.error).toBe("PermissionDenied");
});

test("a nonce used again with equal input gives the first answer and creates nothing", async () => {
  const { call, project, platform } = openLab();
  const first = await call("/record/new", { project, name: "a", nonce: "n" });
  const again = await call("/record/new", ` { "nonce":"n", "name":"a", "project":"${project}" }`);
  expect(again.text).toBe(first.text);
  expect(platform.effects).toHaveLength(1);
});

test("a nonce used again with other input is refused, digits of details included", async () => {
  const { call, project } = openLab();
  const input = (n: string) => `{"project":"${project}","details":{"n":${n}},"nonce":"n"}`;
  expect((await call("/record/new", input("9007199254740993"))).status).toBe(200);
  expect((await call("/record/new", input("9007199254740992"))).error).toBe("InvalidInput");
});

test("a nonce is the user's own, and the empty one is none", async () => {
  const { call, project } = openLab();
  const create = async (nonce: string, token: string) =>
    (await call("/record/new", { project, nonce }, { token })).body["id"];
  expect(await create("n", "ada-token")).not.toBe(await create("n", "una-token"));
  expect(await create("", "ada-token")).not.toBe(await create("", "ada-token"));
});

test("a nonce counts for one hour from the first call; later a second object comes to be", async () => {
  const { call, project, clock, platform } = openLab();
  const create = async () => (await call("/record/new", { project, nonce: "n" })).body["id"];
  const first = await create();
  await clock.advance(hourMs - 1);
  expect(await create()).toBe(first);
  await clock.advance(1);
  const second = await create();
  expect(second).not.toBe(first);
  expect(await create()).toBe(second);
  expect(platform.effects.map(({ id, nonce }) => [id, nonce])).toEqual([
    [first, "n"],
    [second, "n"],
  ]);
});

test("a refused call does not use up its nonce", async () => {
  const { call, project } = openLab();
  expect((await call("/record/new", { project, name: "", nonce: "n" })).error).toBe("InvalidInput");
  expect((await call("/record/new", { project, name: "a", nonce: "n" })).status).toBe(200);
});

test("the replica is given even when the object is gone, and its id is never given again", async () => {
  const { call, project, clock } = openLab();
  const input = { project, nonce: "n" };
  const { body } = await call("/record/new", input);
  await call(`/${project}/removeObjects`, { objects: [body["id"] ?? ""] });
  expect((await call("/record/new", input)).body).toEqual(body);
  expect((await call(`/${body["id"] as string}/describe`)).error).toBe("ResourceNotFound");
  await clock.advance(hourMs);
  expect((await call("/record/new", input)).body["id"]).not.toBe(body["id"]);
});

test("ids come from the nonce, so the order of parallel creates does not matter", async () => {
  const ids = async (order: readonly string[]) => {
    const { call, project } = openLab();
    const created: Record<string, unknown> = {};
    for (const nonce of order) {
      created[nonce] = (await call("/record/new", { project, nonce })).body["id"];
    }
    return created;
  };
  const forward = await ids(["a", "b", "c"]);
  const backward = await ids(["c", "b", "a"]);
  expect(backward).toEqual(forward);
  expect(new Set(Object.values(forward)).size).toBe(3);
});

test("the effect of a create names key, nonce, user and what it made", async () => {
  const { call, project, platform } = openLab();
  const answer = await call("/record/new", {
    project,
    nonce: "n",
    folder: "/a/b",
    parents: true,
    properties: { ".holdfast-key": "key-1" },
  });
  expect(platform.effects).toEqual([
    {
      number: 0,
      at: expect.any(Number) as number,
      requestId: answer.headers.get("X-Request-ID"),
      user: "user-ada",
      route: "/record/new",
      id: answer.body["id"],
      project,
      key: "key-1",
      nonce: "n",
      changed: expect.objectContaining({
        folders: [null, ["/a", "/a/b"]],
        state: [null, "open"],
        properties: [null, { ".holdfast-key": "key-1" }],
      }) as object,
    },
  ]);
});
