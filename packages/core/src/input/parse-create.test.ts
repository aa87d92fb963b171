import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusalOf as refusal } from "./parse.test-support.ts";
import { type CreateRequest, parseCreate } from "./parse-create.ts";
import { sampleProject, sampleProvisionalId, sampleRealId } from "../testing/sample-rows.ts";

const project = sampleProject();
const [a, b] = [sampleProvisionalId(1), sampleProvisionalId(2)];

const parse = (input: object): CreateRequest => parseCreate("record", { project, ...input });
const refusalOf = (input: unknown): string => refusal(() => parseCreate("record", input));
const refused = (input: object): string => refusalOf({ project, ...input });

describe("the input of a create", () => {
  test("is filled with the platform's defaults", () => {
    expect(parse({})).toEqual({
      class: "record",
      project,
      input: {
        name: null,
        folder: "/",
        parents: false,
        types: [],
        tags: [],
        properties: {},
        details: "{}",
        hidden: false,
        close: false,
      },
      references: [],
      links: [],
    });
  });

  test("is taken over: folder normal, sets without repeats, details as text", () => {
    const { input } = parse({
      name: "S-1",
      folder: "//2026/run-7/",
      parents: true,
      types: ["B", "A", "B"],
      tags: ["t", "t"],
      properties: { k: "v", ...Object.fromEntries([["__proto__", "p"]]) },
      details: { n: 1 },
      hidden: true,
      close: true,
    });
    expect(input).toMatchObject({
      name: "S-1",
      folder: "/2026/run-7",
      parents: true,
      types: ["B", "A"],
      tags: ["t"],
      details: '{"n":1}',
      hidden: true,
      close: true,
    });
    expect(Object.entries(input.properties)).toEqual([
      ["k", "v"],
      ["__proto__", "p"],
    ]);
  });

  test("keeps nothing of what it was given by reference", () => {
    const given = { project, types: ["A"], properties: { k: "v" }, details: { n: [1] } };
    const { input } = parseCreate("record", given);
    given.types.push("B");
    given.properties.k = "w";
    given.details.n.push(2);
    expect(input).toMatchObject({ types: ["A"], properties: { k: "v" }, details: '{"n":[1]}' });
  });

  test("may give details as text, which keeps its digits", () => {
    expect(parse({ detailsText: '{"n":12345678901234567890}' }).input.details).toBe(
      '{"n":12345678901234567890}',
    );
    expect(refused({ details: {}, detailsText: "{}" })).toMatch(/^InvalidInput: .* give one/);
    expect(refused({ detailsText: "{" })).toMatch(/^InvalidInput: .* no JSON/);
  });

  test("names the objects it refers to, in details, keys and property values", () => {
    expect(
      parse({ details: { d: { $dnanexus_link: a } }, properties: { p: b, q: a } }).references,
    ).toEqual([a, b]);
  });

  test("counts a field that is undefined as not given", () => {
    expect(parse({ name: undefined, details: undefined }).input).toMatchObject({
      name: null,
      details: "{}",
    });
  });

  test("is refused for a project that is none, with the type the platform uses", () => {
    expect(refusalOf({})).toMatch(
      /^InvalidInput: record\.project must be the id of a project, not undefined/,
    );
    expect(refusalOf({ project: 1 })).toMatch(/^InvalidInput: /);
    expect(refusalOf({ project: sampleRealId(1) })).toMatch(
      /^InvalidType: record\.project must be the id of a project/,
    );
    expect(refusalOf({ project: "project-1" })).toMatch(/^InvalidType: /);
  });

  test("is refused with the place and what to do", () => {
    const cases: readonly (readonly [object, RegExp])[] = [
      [{ nmae: "x" }, /unknown field "nmae"; there are project, name, /],
      [{ nonce: "x" }, /unknown field "nonce"/],
      [{ name: "" }, /record\.name: a name must not be empty/],
      [{ name: null }, /record\.name: a name must be a string, not null/],
      [{ name: 7 }, /record\.name: a name must be a string, not a number/],
      [{ folder: "x" }, /record\.folder: folder path "x" must start with "\/"/],
      [{ parents: "yes" }, /record\.parents must be true or false, not a string/],
      [{ types: "A" }, /record\.types must be an array of strings, not a string/],
      [{ types: ["A", "a-b"] }, /record\.types\[1\]: "a-b" is not a valid type/],
      [{ types: [undefined] }, /record\.types\[0\]: a type must be a string, not undefined/],
      [{ tags: ["", "t"] }, /record\.tags\[0\]: a tag must not be empty/],
      [{ properties: [] }, /record\.properties must be a plain object of strings, not an array/],
      [
        { properties: new Map([["k", "v"]]) },
        /record\.properties must be a plain object of strings, not a Map/,
      ],
      [
        { properties: { k: 1 } },
        /record\.properties\["k"\]: a property value must be a string, not a number/,
      ],
      [{ properties: { k: null } }, /record\.properties\["k"\]: .* not null/],
      [{ properties: { k: "v".repeat(701) } }, /at most 700 bytes/],
      [{ properties: { ["k".repeat(101)]: "v" } }, /at most 100 bytes/],
      [{ properties: { ".holdfast-key": "v" } }, /".holdfast-key" is reserved/],
      [{ details: "x" }, /details must be an object or an array/],
      [{ details: { a: { $dnanexus_link: a, x: 1 } } }, /details\.a: a link must have no key but/],
      [{ hidden: 1 }, /record\.hidden must be true or false/],
      [{ close: null }, /record\.close must be true or false, not null/],
    ];
    for (const [input, message] of cases) {
      expect(refused(input)).toMatch(/^InvalidInput: /);
      expect(refused(input)).toMatch(message);
    }
    for (const input of [undefined, null, [], "x", 1]) {
      expect(refusalOf(input)).toMatch(/^InvalidInput: record must be a plain object, not /);
    }
  });

  test("is refused where a provisional id stands in a text that is never translated", () => {
    for (const input of [
      { name: a },
      { name: `copy of ${a}` },
      { tags: [a] },
      { folder: `/${a}` },
      { properties: { [a]: "v" } },
      { properties: { k: `see ${a}` } },
      { details: { k: `see ${a}` } },
      { details: { [`${a} `]: 1 } },
    ]) {
      expect(refused(input)).toMatch(/^InvalidInput: .*provisional id/);
    }
  });

  test("may come from another record, for the fields it does not give", () => {
    const initializeFrom = { project: sampleProject(2), id: sampleRealId(4) };
    expect(parse({ initializeFrom, name: "n", detailsText: "[]" }).initializeFrom).toEqual({
      ...initializeFrom,
      fields: ["types", "tags", "properties", "hidden"],
    });
    const fileId = sampleRealId(4).replace("record", "file");
    expect(refused({ initializeFrom: { ...initializeFrom, id: fileId } })).toMatch(
      /^InvalidInput: .* id of a record/,
    );
    expect(refused({ initializeFrom: { id: sampleRealId(4) } })).toMatch(
      /^InvalidInput: .*initializeFrom\.project/,
    );
    expect(refused({ initializeFrom: { project } })).toMatch(
      /^InvalidInput: .*initializeFrom\.id is missing/,
    );
    expect(refused({ initializeFrom: { project: "x", id: sampleRealId(4) } })).toMatch(
      /^InvalidType: /,
    );
  });

  test("is judged, never thrown over, whatever it is", () => {
    const field = fc.constantFrom(
      "project",
      "name",
      "folder",
      "types",
      "tags",
      "properties",
      "details",
      "hidden",
      "initializeFrom",
      "x",
    );
    fc.assert(
      fc.property(fc.dictionary(field, fc.anything()), fc.boolean(), (input, isValidProject) => {
        const given: unknown = isValidProject ? { ...input, project } : input;
        expect(refusalOf(given)).toMatch(/^(accepted$|InvalidInput: |InvalidType: )/);
      }),
    );
  });
});
