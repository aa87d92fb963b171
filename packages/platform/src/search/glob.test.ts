import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesGlob, toGlob } from "./glob.ts";

test.each([
  ["sample-1.txt", "sample-*.txt", true],
  ["sample-1.txt", "sample-?.txt", true],
  ["sample-12.txt", "sample-?.txt", false],
  ["a*b", "a\\*b", true],
  ["axb", "a\\*b", false],
  ["[x]", "[x]", true],
  ["x", "[x]", false],
  ["", "*", true],
  ["", "", true],
  ["a", "", false],
  ["a\\b", "a\\\\b", true],
  ["😀", "?", true],
  ["aaab", "*a*b", true],
  ["ab", "ab**", true],
])("%j matches %j: %s", (text, glob, expected) => {
  expect(matchesGlob(text, toGlob(glob))).toBe(expected);
});

test("it agrees with a regular expression made from the pattern", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 8 });
  const patterns = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?"), maxLength: 8 });
  fc.assert(
    fc.property(letters, patterns, (text, glob) => {
      const source = glob.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
      expect(matchesGlob(text, toGlob(glob))).toBe(new RegExp(`^${source}$`).test(text));
    }),
  );
});

test("a pattern of many stars is no trap", () => {
  expect(matchesGlob("a".repeat(5000), toGlob(`${"*a".repeat(50)}b`))).toBe(false);
});
