import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspectDetails, maxDetailsDepth } from "./inspect-details.ts";
import type { Json } from "../json.ts";
import { linksOf, linksOfText } from "./links.ts";
import type { JsonText } from "../json.ts";
import { sampleProvisionalId, sampleRealId } from "../testing/sample-rows.ts";

const link = (id: string): Json => ({ $dnanexus_link: id });
const problemOf = (details: unknown): string | undefined => inspectDetails(details).problem;

describe("links", () => {
  test("are found depth first, each once, in arrays and hashes", () => {
    const [a, b, c] = [sampleRealId(1), "project-000000000000000000000000", sampleRealId(3)];
    expect(linksOf({ x: [link(b), { y: link(a) }], z: link(b), last: link(c) })).toEqual([b, a, c]);
    expect(linksOf(link(a))).toEqual([a]);
    expect(linksOf([link(a), link(a)])).toEqual([a]);
    expect(linksOf({ text: "$dnanexus_link" })).toEqual([]);
  });

  test("are found in text however the key is escaped", () => {
    const text = `{"a":{"\\u0024dnanexus_link":"${sampleRealId(1)}"}}` as JsonText;
    expect(linksOfText(text)).toEqual([sampleRealId(1)]);
  });

  test("stand alone in their hash, as a string that is an id", () => {
    expect(problemOf({ a: { $dnanexus_link: sampleRealId(1), b: 1 } })).toMatch(
      /^details\.a: a link must have no key but/,
    );
    for (const value of [1, null, {}, [], { id: sampleRealId(1) }]) {
      expect(problemOf({ a: { $dnanexus_link: value } })).toMatch(/^details\.a: .* as a string/);
    }
    for (const id of [
      "",
      "record-1",
      `record-${"0".repeat(23)}`,
      `record-${"0".repeat(25)}`,
      "user-ada",
    ]) {
      expect(problemOf([0, { $dnanexus_link: id }])).toMatch(/^details\[1\]: .* must be an id/);
    }
  });
});

describe("details", () => {
  test("name the path of whatever JSON cannot carry", () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = { again: [loop] };
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [
        { a: { "b c": [1, undefined] } },
        /^details\.a\["b c"\]\[1\]: undefined cannot be written as JSON$/,
      ],
      [{ a: () => 1 }, /^details\.a: a function cannot/],
      [{ a: Symbol("s") }, /^details\.a: a symbol cannot/],
      [{ a: 1n }, /^details\.a: a bigint cannot/],
      [{ a: Number.NaN }, /^details\.a: NaN is no JSON number/],
      [[Number.POSITIVE_INFINITY], /^details\[0\]: Infinity is no JSON number/],
      [{ a: new Date(0) }, /^details\.a: a Date is no plain object/],
      [{ a: new Map() }, /^details\.a: a Map is no plain object/],
      [{ a: new Uint8Array(1) }, /^details\.a: a Uint8Array is no plain object/],
      [loop, /^details\.self\.again\[0\]: the value contains itself$/],
      [[undefined, 1], /^details\[0\]: undefined/],
    ];
    for (const [details, message] of cases) expect(problemOf(details)).toMatch(message);
  });

  test("may mention one value twice: only what contains itself is endless", () => {
    const shared = { a: 1 };
    expect(problemOf({ x: shared, y: [shared] })).toBeUndefined();
    expect(problemOf(Object.assign(Object.create(null) as object, { a: 1 }))).toBeUndefined();
  });

  test("deeper than any stack are refused, not overflowed", () => {
    const nested = (levels: number): unknown => {
      let value: unknown = 1;
      for (let level = 0; level < levels; level++) value = [value];
      return value;
    };
    expect(problemOf(nested(maxDetailsDepth))).toBeUndefined();
    expect(problemOf(nested(maxDetailsDepth + 1))).toMatch(/nested more than 1000 levels deep/);
    expect(problemOf(nested(100_000))).toMatch(/nested more than 1000 levels deep/);
  });

  test("tell provisional ids that stand alone from those inside a longer text", () => {
    const [a, b] = [sampleProvisionalId(1), sampleProvisionalId(2)];
    const found = inspectDetails({ a: [a, link(b)], [b]: a });
    expect(found.references).toEqual([a, b]);
    expect(found.embedded).toBeUndefined();
    expect(inspectDetails({ note: { x: `see ${a}` } }).embedded).toMatch(
      /^details\.note\.x holds a provisional id/,
    );
    expect(inspectDetails({ [`${a}!`]: 1 }).embedded).toMatch(/^details holds a provisional id/);
    expect(inspectDetails({ note: "record-hold1" }).embedded).toBeUndefined();
  });

  test("accept exactly what survives JSON, links aside", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const accepted = problemOf(value) === undefined;
        expect(accepted).toBe(typeof value === "object" && value !== null);
      }),
    );
  });
});
