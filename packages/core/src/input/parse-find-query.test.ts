import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusalOf as refusal } from "./parse.test-support.ts";
import { parseFindQuery } from "./parse-find-query.ts";
import { sampleProject, sampleProvisionalId, sampleRealId } from "../testing/sample-rows.ts";

const refusalOf = (query: unknown): string => refusal(() => parseFindQuery(query));
const project = sampleProject();

describe("a query", () => {
  test("may say everything the platform's can", () => {
    const query = {
      class: "record",
      state: "any",
      visibility: "either",
      name: { regexp: "^S-", flags: "i" },
      id: [sampleRealId(1), sampleProvisionalId(2)],
      type: { $and: ["A", { $or: ["B", "C"] }] },
      tags: "t",
      properties: { a: "1", b: true, c: false, d: { $ne: "2" }, $or: [{ e: "1" }, { $and: [] }] },
      link: [sampleRealId(1)],
      scope: { project, folder: "/x", recurse: false },
      modified: { after: 0 },
      created: { after: 1, before: 2 },
      sortBy: { field: "created", ordering: "descending" },
      limit: 10,
      offset: 0,
    };
    expect(parseFindQuery(query)).toEqual(query);
  });

  test("without a field has none, and undefined is no field", () => {
    expect(
      Object.keys(parseFindQuery({ name: undefined, scope: { project, recurse: undefined } })),
    ).toEqual(["scope"]);
    expect(parseFindQuery({})).toEqual({});
  });

  test("has its folder made normal", () => {
    expect(parseFindQuery({ scope: { project, folder: "/x//y/" } })).toEqual({
      scope: { project, folder: "/x/y" },
    });
  });

  test("is refused with the place and what to do", () => {
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [undefined, /query must be a plain object, not undefined/],
      [{ tag: "t" }, /unknown field "tag"; there are .*tags/],
      [{ describe: true }, /unknown field "describe"/],
      [{ class: "gtable" }, /query\.class must be one of record, file, /],
      [{ state: "removed" }, /query\.state must be one of open, closing, closed, abandoned, any/],
      [{ visibility: true }, /query\.visibility must be one of visible, hidden, either/],
      [{ name: "" }, /query\.name: a name must not be empty/],
      [{ name: { glob: "a", regexp: "b" } }, /either glob or regexp/],
      [{ name: { glob: 1 } }, /a pattern that is a string/],
      [{ name: { glob: "a", flags: "i" } }, /goes with regexp only/],
      [{ name: { regexp: "a", flags: "g" } }, /query\.name\.flags must be one of i/],
      [{ name: { regexp: "(" } }, /query\.name\.regexp cannot be read: /],
      [{ id: sampleRealId(1) }, /query\.id must be an array of ids/],
      [{ id: ["record-1"] }, /query\.id\[0\] must be the id of a data object/],
      [{ id: Array.from({ length: 1001 }, () => sampleRealId(1)) }, /at most 1000 ids, not 1001/],
      [{ type: "a-b" }, /query\.type: "a-b" is not a valid type/],
      [{ type: ["A"] }, /query\.type must be a plain object, not an array/],
      [{ type: { $and: ["A"], $or: ["B"] } }, /either \$and or \$or/],
      [{ tags: { $or: "t" } }, /query\.tags\.\$or must be an array/],
      [{ tags: { $or: ["t", 1] } }, /query\.tags\.\$or\[1\] must be a plain object, not a number/],
      [{ properties: "a" }, /query\.properties must be a plain object of conditions/],
      [{ properties: { a: null } }, /query\.properties\["a"\] must be a string, true \(present\)/],
      [{ properties: { a: { $ne: 1 } } }, /\.\$ne must be a string/],
      [{ properties: { a: { $gt: "1" } } }, /unknown field "\$gt"/],
      [{ properties: { $and: {} } }, /query\.properties\["\$and"\] must be an array/],
      [{ link: "x" }, /query\.link must be the id of an object/],
      [
        { scope: { folder: "/" } },
        /query\.scope\.project must be the id of a project, not undefined/,
      ],
      [{ scope: { project, folder: "x" } }, /query\.scope\.folder: .* must start with/],
      [{ modified: { after: "-1w" } }, /query\.modified\.after must be a whole number/],
      [{ modified: { after: 1.5 } }, /whole number/],
      [{ created: new Date() }, /query\.created must be a plain object, not a Date/],
      [{ sortBy: { field: "created", ordering: "ascending" } }, /query\.sortBy needs a scope/],
      [
        { scope: { project }, sortBy: { field: "name", ordering: "ascending" } },
        /sortBy\.field must be one of created/,
      ],
      [{ limit: 0 }, /query\.limit must be 1 or more/],
      [{ limit: -1 }, /whole number, 0 or more/],
      [{ offset: Number.NaN }, /whole number/],
    ];
    for (const [query, message] of cases) expect(refusalOf(query)).toMatch(message);
    expect(refusalOf({ scope: { project: "p" } })).toMatch(/^InvalidType: query\.scope\.project/);
  });

  test("nested deeper than any stack is refused", () => {
    let type: unknown = "A";
    let properties: unknown = {};
    for (let level = 0; level < 10_000; level++) {
      type = { $and: [type] };
      properties = { $or: [properties] };
    }
    expect(refusalOf({ type })).toMatch(/nested too deep/);
    expect(refusalOf({ properties })).toMatch(/nested too deep/);
  });

  test("is judged, never thrown over, whatever it is", () => {
    const field = fc.constantFrom(
      "class",
      "name",
      "id",
      "type",
      "tags",
      "properties",
      "link",
      "scope",
      "modified",
      "sortBy",
      "limit",
    );
    fc.assert(
      fc.property(fc.dictionary(field, fc.anything()), (query) => {
        expect(refusalOf(query)).toMatch(/^(accepted$|InvalidInput: |InvalidType: )/);
      }),
    );
  });
});
