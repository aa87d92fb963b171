import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusalOf as refusal } from "./parse.test-support.ts";
import { editKinds, type EditOperation, parseEdit } from "./parse-edit.ts";
import { sampleProvisionalId } from "../testing/sample-rows.ts";

type Kind = EditOperation["kind"];
const a = sampleProvisionalId(1);
const refusalOf = (kind: Kind, input: unknown): string => refusal(() => parseEdit(kind, input));

describe("the input of an edit", () => {
  test("becomes the operation of that name", () => {
    const cases: readonly (readonly [Kind, object, object])[] = [
      ["addTypes", { types: ["A", "A"] }, { types: ["A"] }],
      ["removeTypes", { types: [] }, { types: [] }],
      ["addTags", { tags: ["t", "u"] }, { tags: ["t", "u"] }],
      ["removeTags", { tags: ["t"] }, { tags: ["t"] }],
      ["setVisibility", { hidden: true }, { hidden: true }],
      ["rename", { name: "n" }, { name: "n" }],
      ["setDetails", { details: [1] }, { details: "[1]" }],
      ["setDetails", { detailsText: "[1.0]" }, { details: "[1.0]" }],
      [
        "setProperties",
        { properties: { k: "v", gone: null } },
        { properties: { k: "v", gone: null } },
      ],
      ["move", { folder: "/a/b/" }, { folder: "/a/b" }],
      ["close", {}, {}],
      ["remove", {}, {}],
    ];
    for (const [kind, input, operation] of cases) {
      expect(parseEdit(kind, input)).toEqual({ operation: { kind, ...operation }, references: [] });
    }
    expect(new Set(cases.map(([kind]) => kind))).toEqual(new Set(editKinds));
  });

  test("names the objects it refers to", () => {
    expect(parseEdit("setDetails", { details: [a] }).references).toEqual([a]);
    expect(parseEdit("setProperties", { properties: { k: a } }).references).toEqual([a]);
  });

  test("is refused with the place and what to do", () => {
    const cases: readonly (readonly [Kind, unknown, RegExp])[] = [
      ["addTypes", {}, /addTypes\.types is missing/],
      ["addTypes", ["A"], /addTypes must be a plain object, not an array/],
      ["addTypes", { types: ["-"] }, /addTypes\.types\[0\]: "-" is not a valid type/],
      ["addTags", { tags: [1] }, /addTags\.tags\[0\]: a tag must be a string/],
      ["addTags", { tags: [a] }, /provisional id/],
      ["setVisibility", {}, /setVisibility\.hidden is missing/],
      ["setVisibility", { hidden: "true" }, /must be true or false/],
      ["rename", { name: `about ${a}` }, /provisional id/],
      ["rename", { name: "n", project: "p" }, /unknown field "project"/],
      ["setDetails", {}, /setDetails\.details is missing/],
      ["setDetails", { details: 1 }, /details must be an object or an array/],
      ["setProperties", { properties: { k: 1 } }, /must be a string, not a number/],
      ["setProperties", { properties: { ".holdfast-key": null } }, /reserved/],
      ["close", { force: true }, /close: unknown field "force"/],
    ];
    for (const [kind, input, message] of cases) {
      expect(refusalOf(kind, input)).toMatch(/^InvalidInput: /);
      expect(refusalOf(kind, input)).toMatch(message);
    }
  });

  test("is judged, never thrown over, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...editKinds),
        fc.oneof(
          fc.anything(),
          fc.dictionary(
            fc.constantFrom("types", "tags", "details", "hidden", "name", "properties"),
            fc.anything(),
          ),
        ),
        (kind, input) => {
          expect(refusalOf(kind, input)).toMatch(/^(accepted$|InvalidInput: )/);
        },
      ),
    );
  });
});
