import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describesOf, fromDescribe } from "./from-describe.ts";
import { sampleProject, sampleProvisionalId, sampleRealId } from "../testing/sample-rows.ts";

const id = sampleRealId(1);
const answer = {
  id,
  class: "record",
  project: sampleProject(),
  name: "n",
  folder: "/a",
  state: "closed",
  hidden: true,
  types: ["T"],
  tags: ["t"],
  properties: { a: "1", ".holdfast-key": "k", __proto__: undefined },
  details: { $dnanexus_link: sampleRealId(2) },
  created: 1,
  modified: 2,
  createdBy: { user: "user-ada", job: "job-1" },
};

function read(change: object): unknown {
  return fromDescribe(JSON.stringify({ ...answer, ...change }));
}

describe("a describe answer", () => {
  test("becomes a state, without the key property", () => {
    expect(read({})).toEqual({
      id,
      class: "record",
      project: sampleProject(),
      key: "k",
      state: {
        name: "n",
        folder: "/a",
        state: "closed",
        hidden: true,
        types: ["T"],
        tags: ["t"],
        properties: { a: "1" },
        details: JSON.stringify(answer.details),
        links: [sampleRealId(2)],
        created: 1,
        modified: 2,
        createdBy: "user-ada",
      },
    });
  });

  test("whose name is its id has none of its own", () => {
    expect(read({ name: id })).toMatchObject({ state: { name: null } });
  });

  test("keeps the digits of its details", () => {
    const details = '{ "n": 0.30000000000000000001, "m": 1e400 }';
    const text = JSON.stringify({ ...answer, details: "here" }).replace('"here"', details);
    expect(fromDescribe(text)?.state.details).toBe(details);
  });

  test.each([
    ["no id", { id: undefined }],
    ["a provisional id", { id: sampleProvisionalId(1) }],
    ["an id of another class", { class: "file" }],
    ["no project", { project: "record-1" }],
    ["an empty name", { name: "" }],
    ["a relative folder", { folder: "a" }],
    ["an unknown state", { state: "removed" }],
    ["a hidden that is no boolean", { hidden: "true" }],
    ["types that are no list", { types: "T" }],
    ["a tag that is no string", { tags: [1] }],
    ["no properties", { properties: undefined }],
    ["a property that is no string", { properties: { a: 1 } }],
    ["no details", { details: undefined }],
    ["details that are a scalar", { details: 1 }],
    ["details that are null", { details: null }],
    ["a time that is none", { modified: "2" }],
    ["a time before all time", { created: -1 }],
    ["nobody who created it", { createdBy: {} }],
  ])("with %s is not believed", (_, change) => {
    expect(read(change)).toBeUndefined();
  });

  test("that is no JSON object, names a key twice or is nested without end is not believed", () => {
    const text = JSON.stringify(answer);
    for (const broken of [
      "",
      "{",
      "[]",
      "null",
      text.slice(0, -1),
      `${text.slice(0, -1)},"id":1}`,
    ]) {
      expect(fromDescribe(broken)).toBeUndefined();
    }
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    expect(fromDescribe(text.replace(/"details":\{[^}]*\}/, `"details":${deep}`))).toBeUndefined();
  });

  test("of any shape is read or not believed, never thrown at", () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(answer)));
    const shape = fc.record(Object.fromEntries(Object.keys(answer).map((key) => [key, anything])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(shape, (change) => {
        const described = read(change);
        if (described !== undefined) expect(described).toHaveProperty("state.details");
      }),
    );
  });
});

describe("a bulk answer", () => {
  const error = { error: { type: "ResourceNotFound", message: "" }, statusCode: 404 };

  test("is split in the order of the question", () => {
    const text = JSON.stringify({ results: [{ describe: answer }, error, {}, 7] });
    const results = describesOf(text, 4);
    expect(results?.[0]).toEqual({ describe: JSON.stringify(answer) });
    expect(results?.slice(1)).toEqual([
      { errorType: "ResourceNotFound", status: 404 },
      { errorType: undefined, status: undefined },
      { errorType: undefined, status: undefined },
    ]);
  });

  test("of another shape or length is not believed", () => {
    const text = JSON.stringify({ results: [error] });
    expect(describesOf(text, 2)).toBeUndefined();
    for (const broken of ["", "[]", "{}", '{"results":{}}', '{"error":{"type":"InvalidInput"}}']) {
      expect(describesOf(broken, 0)).toBeUndefined();
    }
  });
});
