import type { Json, JsonObject } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Lab, openLab, unknownProject, unknownRecord } from "../platform.test-support.ts";

async function find({ call }: Lab, input: JsonObject): Promise<readonly string[]> {
  const { body, error, text } = await call("/system/findDataObjects", input);
  if (error !== undefined) throw new Error(text);
  return (body["results"] as readonly JsonObject[]).map((result) => result["id"] as string);
}

/** Pages through a whole search, as the official client does. */
async function walk({ call }: Lab, input: JsonObject): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  for (let starting: Json | undefined; starting !== null; ) {
    const page = await call("/system/findDataObjects", {
      ...input,
      ...(starting === undefined ? {} : { starting }),
    });
    if (page.error !== undefined) throw new Error(page.text);
    pages.push((page.body["results"] as readonly JsonObject[]).map(({ id }) => id as string));
    starting = page.body["next"] as Json;
  }
  return pages;
}

/** Records made one second apart, oldest first. */
async function make(lab: Lab, inputs: readonly JsonObject[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const input of inputs) {
    await lab.clock.advance(1000);
    ids.push(await lab.newRecord({ parents: true, ...input }));
  }
  return ids;
}

test("the newest modified comes first, ties by id; next is null on the last page", async () => {
  const lab = openLab();
  const scope = { project: lab.project };
  const ids = await make(
    lab,
    Array.from({ length: 8 }, () => ({})),
  );
  await lab.call(`/${ids[2] ?? ""}/addTags`, { project: lab.project, tags: ["moved"] });
  const newestFirst = [...ids].reverse();
  const [seventh, third] = [ids[7] ?? "", ids[2] ?? ""];
  const sorted = [
    ...[seventh, third].sort(),
    ...newestFirst.filter((id) => id !== third && id !== seventh),
  ];
  expect(await find(lab, { scope })).toEqual(sorted);
  const pages = await walk(lab, { scope, limit: 3 });
  expect(pages.map((page) => page.length)).toEqual([3, 3, 2]);
  expect(pages.flat()).toEqual(sorted);
  expect((await walk(lab, { scope, limit: 4 })).map((page) => page.length)).toEqual([4, 4]);
});

test("next names the first result of the next page", async () => {
  const lab = openLab();
  const [oldest, newest] = await make(lab, [{}, {}]);
  const { body } = await lab.call("/system/findDataObjects", { limit: 1 });
  expect(body).toEqual({
    results: [{ project: lab.project, id: newest }],
    next: { project: lab.project, id: oldest },
  });
});

test("created sorts within a scope, both ways", async () => {
  const lab = openLab();
  const scope = { project: lab.project };
  const ids = await make(lab, [{}, {}, {}]);
  await lab.call(`/${ids[0] ?? ""}/rename`, { project: lab.project, name: "later" });
  const sortBy = { field: "created", ordering: "ascending" };
  expect((await walk(lab, { scope, sortBy, limit: 1 })).flat()).toEqual(ids);
  expect(await find(lab, { scope, sortBy: { field: "created", ordering: "descending" } })).toEqual(
    [...ids].reverse(),
  );
});

test("a cursor whose object changed goes on from where it stands now, from a removed one where it stood", async () => {
  const lab = openLab();
  const scope = { project: lab.project };
  const ids = await make(lab, [{}, {}, {}, {}]);
  const [a = "", b = "", c = "", d = ""] = ids;
  const first = await lab.call("/system/findDataObjects", { scope, limit: 2 });
  expect(first.body["next"]).toEqual({ project: lab.project, id: b });
  const starting = first.body["next"] as Json;
  await lab.call(`/${lab.project}/removeObjects`, { objects: [b] });
  expect(await find(lab, { scope, starting })).toEqual([a]);
  await lab.clock.advance(1);
  await lab.call(`/${a}/rename`, { project: lab.project, name: "x" });
  expect(await find(lab, { scope, starting: { project: lab.project, id: a } })).toEqual([a, d, c]);
});

test("only what the caller is a member of is found, at the level asked for", async () => {
  const lab = openLab();
  const [id] = await make(lab, [{}]);
  const elsewhere = (await lab.call("/record/new", { project: lab.otherProject })).body["id"];
  const all = await find(lab, {});
  expect(new Set(all)).toEqual(new Set([id, elsewhere]));
  const of = async (token: string, input: JsonObject = {}) =>
    (await lab.call("/system/findDataObjects", input, { token })).body["results"];
  expect(await of("vic-token")).toEqual([{ project: lab.project, id }]);
  expect(await of("vic-token", { level: "UPLOAD" })).toEqual([]);
  expect(await of("noa-token")).toEqual([]);
  const scoped = await lab.call(
    "/system/findDataObjects",
    { scope: { project: lab.otherProject } },
    { token: "vic-token" },
  );
  expect(scoped.error).toBe("PermissionDenied");
  expect(
    (await lab.call("/system/findDataObjects", { scope: { project: unknownProject } })).error,
  ).toBe("ResourceNotFound");
});

test("results of one project are adjacent and pages cross projects", async () => {
  const lab = openLab();
  await make(lab, [{}, {}, {}]);
  for (let count = 0; count < 3; count++) {
    await lab.call("/record/new", { project: lab.otherProject });
  }
  const { body } = await lab.call("/system/findDataObjects", {});
  const projects = (body["results"] as readonly JsonObject[]).map(
    (result) => result["project"] as string,
  );
  expect(projects).toEqual([...projects].sort());
  expect((await walk(lab, { limit: 2 })).flat()).toEqual(await find(lab, {}));
});

test.each<[string, JsonObject, readonly number[]]>([
  ["nothing", {}, [0, 1, 2, 3]],
  ["class", { class: "record" }, [0, 1, 2, 3]],
  ["another class", { class: "file" }, []],
  ["state open", { state: "open" }, [0, 1, 3]],
  ["state closed", { state: "closed" }, [2]],
  ["state any", { state: "any" }, [0, 1, 2, 3]],
  ["hidden", { visibility: "hidden" }, [4]],
  ["either", { visibility: "either" }, [0, 1, 2, 3, 4]],
  ["exact name", { name: "alpha" }, [0]],
  ["name is case-sensitive", { name: "Alpha" }, []],
  ["glob", { name: { glob: "?lpha*" } }, [0, 1]],
  ["regexp anywhere", { name: { regexp: "ph" } }, [0, 1]],
  ["regexp with flag", { name: { regexp: "^ALPHA$", flags: "i" } }, [0]],
  ["type", { type: "A" }, [0, 1]],
  ["type and", { type: { $and: ["A", "B"] } }, [1]],
  ["type or, nested", { type: { $or: ["B", { $and: ["A", "A"] }] } }, [0, 1, 2]],
  ["tags", { tags: "t" }, [0, 2]],
  ["older tag", { tag: { $or: ["t", "u"] } }, [0, 1, 2]],
  ["property value", { properties: { p: "1" } }, [0]],
  ["property present", { properties: { p: true } }, [0, 1]],
  ["property absent", { properties: { p: false } }, [2, 3]],
  ["property not", { properties: { p: { $ne: "1" } } }, [1]],
  ["two properties", { properties: { p: "2", q: true } }, [1]],
  ["property or", { properties: { $or: [{ p: "1" }, { q: "x" }, { none: "1" }] } }, [0, 1]],
  ["property and", { properties: { $and: [{ p: true }, { q: false }] } }, [0]],
  ["folder recursive", { scope: { folder: "/f" } }, [1, 2]],
  ["folder alone", { scope: { folder: "/f", recurse: false } }, [1]],
  ["folder missing", { scope: { folder: "/nowhere" } }, []],
  ["link", { link: unknownRecord }, [3]],
  ["name and folder", { name: "alpha", scope: { folder: "/" } }, [0]],
])("a search for %s", async (_, input, expected) => {
  const lab = openLab();
  const ids = await make(lab, [
    { name: "alpha", types: ["A"], tags: ["t"], properties: { p: "1" } },
    {
      name: "alphabet",
      types: ["A", "B"],
      tags: ["u"],
      properties: { p: "2", q: "x" },
      folder: "/f",
    },
    { name: "c", types: ["B"], tags: ["t"], folder: "/f/g", close: true },
    { name: "d", details: { l: { $dnanexus_link: unknownRecord } } },
    { name: "hidden", hidden: true, types: ["H"] },
  ]);
  const scope = { project: lab.project, ...(input["scope"] as JsonObject | undefined) };
  const found = await find(lab, { ...input, scope });
  expect(found.map((id) => ids.indexOf(id)).sort((a, b) => a - b)).toEqual(expected);
  const unscoped = await find(lab, input["scope"] === undefined ? input : { ...input, scope });
  expect(unscoped).toEqual(found);
});

test("ids are looked up, hidden ones only when asked, unknown ones left out", async () => {
  const lab = openLab();
  const [a = "", hidden = ""] = await make(lab, [{}, { hidden: true }]);
  expect(await find(lab, { id: [a, hidden, unknownRecord] })).toEqual([a]);
  expect(await find(lab, { id: [a, hidden], visibility: "either" })).toEqual([hidden, a]);
  expect(await find(lab, { id: [] })).toEqual([]);
});

test("time ranges include both ends", async () => {
  const lab = openLab();
  const ids = await make(lab, [{}, {}, {}]);
  const [, second = ""] = ids;
  const at = (await lab.describe(second))["modified"] as number;
  for (const field of ["modified", "created"]) {
    expect(await find(lab, { [field]: { after: at, before: at } })).toEqual([second]);
    expect(await find(lab, { [field]: { after: at } })).toHaveLength(2);
    expect(await find(lab, { [field]: { before: at } })).toHaveLength(2);
    expect(await find(lab, { [field]: { after: at + 1, before: at - 1 } })).toEqual([]);
  }
});

test("describe puts the copy's description beside each result", async () => {
  const lab = openLab();
  const [id] = await make(lab, [{ name: "a", details: { d: 1 } }]);
  const results = async (describe: Json) =>
    (await lab.call("/system/findDataObjects", { describe })).body["results"];
  expect(await results(false)).toEqual([{ project: lab.project, id }]);
  expect(await results({ fields: { name: true, size: true } })).toEqual([
    { project: lab.project, id, describe: { id, name: "a" } },
  ]);
  expect(await results({ defaultFields: true, fields: { details: true } })).toMatchObject([
    { describe: { state: "open", details: { d: 1 } } },
  ]);
  expect(await results({ details: true })).toMatchObject([
    { describe: { state: "open", details: { d: 1 } } },
  ]);
});

test.each<JsonObject>([
  { class: "gtable" },
  { class: ["record"] },
  { state: "done" },
  { visibility: true },
  { name: 1 },
  { name: {} },
  { name: { glob: "a", regexp: "a" } },
  { name: { regexp: "(" } },
  { name: { regexp: "a", flags: "g" } },
  { id: unknownRecord },
  { id: ["x"] },
  { id: Array.from({ length: 1001 }, () => unknownRecord) },
  { type: ["A"] },
  { type: { $or: "A" } },
  { type: { $or: [], $and: [] } },
  { type: { $not: [] } },
  { tag: "a", tags: "b" },
  { properties: [] },
  { properties: { a: 1 } },
  { properties: { a: { $ne: 1 } } },
  { properties: { $or: [1] } },
  { link: "x" },
  { scope: {} },
  { scope: "x" },
  { scope: { project: unknownProject, folder: "a" } },
  { scope: { project: unknownProject, recurse: 1 } },
  { level: "SOME" },
  { modified: 1 },
  { modified: { after: "now" } },
  { created: { before: 1.5 } },
  { sortBy: { field: "created" } },
  { sortBy: { field: "name" }, scope: { project: unknownProject } },
  { describe: 1 },
  { describe: { fields: [] } },
  { limit: 0 },
  { limit: 1001 },
  { limit: "1" },
  { starting: unknownRecord },
  { starting: { project: unknownProject, id: unknownRecord } },
  { archivalState: "live" },
  { region: 1 },
])("a search for %j is InvalidInput", async (input) => {
  const { call } = openLab();
  expect((await call("/system/findDataObjects", input)).error).toBe("InvalidInput");
});

test("whatever index is used, a search finds what looking at each object finds, in order", async () => {
  const word = fc.constantFrom("a", "b", "c");
  const record = fc.record({
    name: word,
    types: fc.uniqueArray(fc.constantFrom("A", "B", "C")),
    tags: fc.uniqueArray(word),
    folder: fc.constantFrom("/", "/a", "/a/b"),
    properties: fc.dictionary(word, word, { noNullPrototype: true }),
    hidden: fc.boolean(),
  });
  const query = fc.record(
    {
      type: fc.constantFrom("A", "B", { $or: ["A", "C"] }, { $and: ["B", "C"] }),
      tags: fc.constantFrom("a", { $or: ["b", "c"] }),
      properties: fc.oneof(
        fc.dictionary(word, fc.oneof(word, fc.boolean()), { noNullPrototype: true }),
        fc.constant({ $or: [{ a: "b" }, { b: true }] }),
      ),
      scope: fc.record({ folder: fc.constantFrom("/", "/a"), recurse: fc.boolean() }),
      visibility: fc.constantFrom("visible", "hidden", "either"),
      name: fc.constantFrom("a", { glob: "b" }, { glob: "?" }, { regexp: "[ab]" }),
    },
    { requiredKeys: ["scope"] },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { maxLength: 40 }),
      query,
      fc.integer({ min: 1, max: 7 }),
      async (records, input, limit) => {
        const lab = openLab();
        await make(lab, records as readonly JsonObject[]);
        const scope = { ...input.scope, project: lab.project };
        const everything = await lab.call("/system/findDataObjects", {
          scope: { project: lab.project },
          visibility: "either",
          describe: { defaultFields: true, fields: { properties: true } },
        });
        const expected = (everything.body["results"] as readonly JsonObject[])
          .filter(({ describe }) => naive(describe as unknown as Described, input as NaiveQuery))
          .map(({ id }) => id);
        const asked = { ...input, scope } as unknown as JsonObject;
        expect(await find(lab, asked)).toEqual(expected);
        expect((await walk(lab, { ...asked, limit })).flat()).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});

interface Described {
  readonly name: string;
  readonly types: readonly string[];
  readonly tags: readonly string[];
  readonly folder: string;
  readonly hidden: boolean;
  readonly properties: Readonly<Record<string, string>>;
}

type Wanted = string | { readonly $or: readonly string[] } | { readonly $and: readonly string[] };

interface NaiveQuery {
  readonly type?: Wanted;
  readonly tags?: Wanted;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly scope: { readonly folder: string; readonly recurse: boolean };
  readonly visibility?: string;
  readonly name?: string | { readonly glob: string } | { readonly regexp: string };
}

function naive(object: Described, query: NaiveQuery): boolean {
  const { folder, recurse } = query.scope;
  const { visibility = "visible" } = query;
  const below = folder === "/" || `${object.folder}/`.startsWith(`${folder}/`);
  return (
    (recurse ? below : object.folder === folder) &&
    (visibility === "either" || object.hidden === (visibility === "hidden")) &&
    isNamed(object.name, query.name) &&
    has(object.types, query.type) &&
    has(object.tags, query.tags) &&
    hasProperties(object.properties, query.properties ?? {})
  );
}

/** The globs of this test are a name, or any one character. */
function isNamed(name: string, wanted: NaiveQuery["name"]): boolean {
  if (wanted === undefined || typeof wanted === "string") return (wanted ?? name) === name;
  if ("regexp" in wanted) return new RegExp(wanted.regexp).test(name);
  return wanted.glob === "?" || wanted.glob === name;
}

function has(there: readonly string[], wanted: Wanted | undefined): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === "string") return there.includes(wanted);
  return "$or" in wanted
    ? wanted.$or.some((one) => there.includes(one))
    : wanted.$and.every((one) => there.includes(one));
}

function hasProperties(
  there: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    if (key === "$or") {
      return (value as readonly Readonly<Record<string, unknown>>[]).some((one) =>
        hasProperties(there, one),
      );
    }
    return typeof value === "boolean" ? Object.hasOwn(there, key) === value : there[key] === value;
  });
}
