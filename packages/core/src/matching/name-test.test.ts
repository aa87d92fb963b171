import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nameTest } from "./name-test.ts";

const glob = (pattern: string, name: string): boolean => nameTest({ glob: pattern })(name);

describe("names", () => {
  test("match exactly, cases included", () => {
    expect(nameTest("a*")("a*")).toBe(true);
    expect(nameTest("a*")("ab")).toBe(false);
    expect(nameTest("A")("a")).toBe(false);
  });

  test("globs know *, ? and the backslash, and no brackets", () => {
    expect(glob("S-*.fastq", "S-0041.fastq")).toBe(true);
    expect(glob("S-*.fastq", "S-0041.fastq.gz")).toBe(false);
    expect(glob("*", "")).toBe(true);
    expect(glob("?", "\u{1F9EC}")).toBe(true);
    expect(glob("a\\*b", "a*b")).toBe(true);
    expect(glob("a\\*b", "aXb")).toBe(false);
    expect(glob("a\\\\", "a\\")).toBe(true);
    expect(glob("a\\", "a\\")).toBe(true);
    expect(glob("[ab]", "a")).toBe(false);
    expect(glob("[ab]", "[ab]")).toBe(true);
    expect(glob("a.c", "abc")).toBe(false);
    expect(glob("a*\nb", "a\n\nb")).toBe(true);
  });

  test("globs equal the regular expressions they stand for", () => {
    const part = fc.constantFrom("*", "?", "a", "b", "\\*", "\\?", "\\a");
    const name = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 7 }), name, (parts, text) => {
        const source = parts
          .map((item) => (item === "*" ? ".*" : item === "?" ? "." : `[${item.at(-1)}]`))
          .join("");
        expect(glob(parts.join(""), text)).toBe(new RegExp(`^${source}$`, "su").test(text));
      }),
    );
  });

  test("no glob takes for ever", () => {
    expect(glob(`${"*a".repeat(50)}b`, "a".repeat(5000))).toBe(false);
  });

  test("regular expressions match anywhere unless anchored", () => {
    expect(nameTest({ regexp: "00\\d+" })("S-0041")).toBe(true);
    expect(nameTest({ regexp: "^00" })("S-0041")).toBe(false);
    expect(nameTest({ regexp: "^s-", flags: "i" })("S-0041")).toBe(true);
    expect(nameTest({ regexp: "^.$" })("\u{1F9EC}")).toBe(true);
  });

  test("regular expressions may escape punctuation that needs no escape, as in PCRE", () => {
    expect(nameTest({ regexp: "S\\-0\\_1\\@" })("S-0_1@")).toBe(true);
    expect(nameTest({ regexp: "[a\\-z]\\\\\\-" })("-\\-")).toBe(true);
    expect(nameTest({ regexp: "\\/\\." })("/.")).toBe(true);
  });

  test("what this engine would read differently from PCRE is no expression here", () => {
    for (const regexp of ["\\Aa", "a\\Z", "\\h", "a++", "(?>a)", "(", "["]) {
      expect(() => nameTest({ regexp })).toThrow(SyntaxError);
    }
  });
});
