import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json, JsonText } from "../json.ts";
import { type MergedDetails, mergeDetails } from "./merge-details.ts";

function merge(base: string, ours: string, theirs: string): MergedDetails {
  return mergeDetails({
    base: base as JsonText,
    ours: ours as JsonText,
    theirs: theirs as JsonText,
  });
}

const documents = fc.dictionary(
  fc.constantFrom("a", "b", "c"),
  fc.oneof(
    fc.integer(),
    fc.constantFrom("x", null, true),
    fc.array(fc.integer(), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom("d", "e"), fc.integer()),
  ),
) as fc.Arbitrary<Json>;

describe("merging details", () => {
  test("keeps what one side changed, at any depth, and what either removed", () => {
    const merged = merge(
      '{"a":1,"b":{"c":1,"d":2},"gone":1,"theirs":1}',
      '{"a":2,"b":{"c":1,"d":3},"theirs":1,"mine":{"x":1}}',
      '{"a":1,"b":{"c":9,"d":2},"gone":1,"new":[1]}',
    );
    expect(merged.paths).toEqual([]);
    expect(JSON.parse(merged.ours)).toEqual({ a: 2, b: { c: 9, d: 3 }, new: [1], mine: { x: 1 } });
    expect(merged.theirs).toBe(merged.ours);
  });

  test("names the paths that both sides changed in their own way, and takes either there", () => {
    const merged = merge(
      '{"a":{"x/y":1,"k":1},"list":[1,2],"gone":1}',
      '{"a":{"x/y":2,"k":5},"list":[2],"m~":1}',
      '{"a":{"x/y":3,"k":1},"list":[1,2,3],"gone":2,"m~":2}',
    );
    expect(merged.paths).toEqual(["/a/x~1y", "/list", "/gone", "/m~0"]);
    expect(JSON.parse(merged.ours)).toEqual({ a: { "x/y": 2, k: 5 }, list: [2], "m~": 1 });
    expect(JSON.parse(merged.theirs)).toEqual({
      a: { "x/y": 3, k: 5 },
      list: [1, 2, 3],
      gone: 2,
      "m~": 2,
    });
  });

  test("takes a link for one value, and a list at the root for one", () => {
    const link = (id: string): string => `{"l":{"$dnanexus_link":{"project":"p","id":"${id}"}}}`;
    expect(merge(link("a"), link("b"), link("c")).paths).toEqual(["/l"]);
    expect(merge("[1]", "[2]", "[1,1]").paths).toEqual([""]);
    expect(merge("{}", "[]", '{"a":1}').paths).toEqual([""]);
  });

  test("keeps all digits, also where the platform has rounded them", () => {
    const digits = "0.12345678901234567890";
    const rounded = "0.12345678901234568";
    const changed = merge(
      `{"n":${digits},"m":1}`,
      `{"n":${digits},"m":2}`,
      `{"n":${rounded},"m":1}`,
    );
    expect(changed).toMatchObject({ paths: [], ours: `{"n":${digits},"m":2}` });
    const theirs = merge('{"n":1,"m":1}', '{"n":1.10,"m":1}', `{"n":1,"m":${digits}}`);
    expect(theirs.ours).toBe(`{"n":1.10,"m":${digits}}`);
  });

  test("with one side unchanged is the other side, as it stands", () => {
    fc.assert(
      fc.property(documents, documents, (base, other) => {
        const [before, after] = [JSON.stringify(base), JSON.stringify(other)];
        expect(merge(before, after, before)).toEqual({ ours: after, theirs: after, paths: [] });
        expect(JSON.parse(merge(before, before, after).ours)).toEqual(other);
        expect(JSON.parse(merge(before, after, after).ours)).toEqual(other);
      }),
    );
  });

  test("is the same whoever is called ours", () => {
    fc.assert(
      fc.property(documents, documents, documents, (base, left, right) => {
        const texts = [base, left, right].map((value) => JSON.stringify(value));
        const [before = "", one = "", two = ""] = texts;
        const here = merge(before, one, two);
        const there = merge(before, two, one);
        expect(JSON.parse(here.ours)).toEqual(JSON.parse(there.theirs));
        expect(new Set(here.paths)).toEqual(new Set(there.paths));
      }),
    );
  });
});
