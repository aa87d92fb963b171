import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalText } from "./canonical-json.ts";
import { JsonSource, type Output, writeJson } from "./json-writer.ts";
import { memberText, nestingOf, withoutSpace } from "./source-text.ts";

test("white space goes, but not from within strings", () => {
  expect(withoutSpace(' { "a b" : [ 1 , "x \\" y" ] ,\n\t"c" : "\\\\" } ')).toBe(
    '{"a b":[1,"x \\" y"],"c":"\\\\"}',
  );
});

test("the source of a member keeps its digits", () => {
  const text =
    '{"name": "x, \\"details\\": 1", "details" : {"n": 12345678901234567890.10, "e": 1e400} }';
  expect(memberText(text, "details")).toBe('{"n":12345678901234567890.10,"e":1e400}');
});

test("of equal keys the last one counts, however it is spelt", () => {
  expect(memberText('{"details":{"a":1},"\\u0064etails":[2]}', "details")).toBe("[2]");
  expect(memberText('{"a":{"details":1}}', "details")).toBeUndefined();
  expect(memberText("{}", "details")).toBeUndefined();
});

test("any JSON, however it is indented, gives its members back", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 6 }),
      fc.nat(4),
      (hash, indent) => {
        const text = JSON.stringify(hash, null, indent);
        expect(withoutSpace(text)).toBe(JSON.stringify(hash));
        for (const key of Object.keys(hash)) {
          expect(memberText(text, key)).toBe(JSON.stringify(hash[key]));
        }
      },
    ),
  );
});

test("nesting is counted without recursion", () => {
  expect(nestingOf('{"a":[{"b":"[[[["}]}')).toBe(3);
  expect(nestingOf("1")).toBe(0);
  expect(nestingOf("[".repeat(1_000_000))).toBe(1_000_000);
});

test("canonical text does not depend on the order of keys or on white space", () => {
  const canonical = (text: string) => canonicalText(text, JSON.parse(text));
  expect(canonical('{ "b": [1, {"d": 1, "c": 2}], "a": null }')).toBe(
    '{"a":null,"b":[1,{"c":2,"d":1}]}',
  );
  expect(canonical('{"n": 9007199254740993}')).toBe('{"n":9007199254740993}');
  expect(canonical('{"n":9007199254740993}')).not.toBe(canonical('{"n":9007199254740992}'));
  expect(canonical('{"n":1e2,"x":[ ]}')).toBe('{"n":1e2,"x":[]}');
});

test("canonical text is JSON of the same value, the same for the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const canonical = canonicalText(text, JSON.parse(text));
      expect(JSON.parse(canonical)).toEqual(JSON.parse(text));
      expect(canonicalText(canonical, JSON.parse(canonical))).toBe(canonical);
    }),
  );
});

test("an answer is what JSON.stringify writes, but for source text and undefined members", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(writeJson(value as Output)).toBe(JSON.stringify(value));
    }),
  );
  expect(writeJson({ a: undefined, b: new JsonSource("1e400"), c: [new JsonSource("[]")] })).toBe(
    '{"b":1e400,"c":[[]]}',
  );
});
