import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  detailsProblem,
  folderProblem,
  nameProblem,
  nonceProblem,
  normalFolder,
  propertyKeyProblem,
  propertyValueProblem,
  tagProblem,
  typeProblem,
  utf8Length,
} from "./values.ts";

const noStrings: readonly unknown[] = [undefined, null, 1, true, [], {}, Symbol("s"), () => 1];

describe("values", () => {
  test("every text field refuses what is no string, and says what to give", () => {
    const checks = [
      nameProblem,
      typeProblem,
      tagProblem,
      propertyKeyProblem,
      propertyValueProblem,
      folderProblem,
      nonceProblem,
    ];
    for (const problemOf of checks) {
      for (const value of noStrings) expect(problemOf(value)).toMatch(/must be a string, not /);
    }
  });

  test("names take anything but the empty string and control characters", () => {
    expect(nameProblem("S-0041 / ü \u{1F9EC}")).toBeUndefined();
    expect(nameProblem("")).toMatch(/must not be empty/);
    expect(nameProblem("a\u001fb")).toMatch(/control characters/);
    expect(nameProblem("a\u007fb")).toBeUndefined();
    expect(nameProblem("a\ud800")).toMatch(/surrogate/);
  });

  test("types take letters, digits, slash and underscore only", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5, unit: "binary" }), (text) => {
        const isLegal =
          text !== "" &&
          [...text].every((character) => {
            const code = character.codePointAt(0) as number;
            return (
              (code >= 47 && code <= 57) ||
              (code >= 65 && code <= 90) ||
              code === 95 ||
              (code >= 97 && code <= 122)
            );
          });
        expect(typeProblem(text) === undefined).toBe(isLegal);
      }),
    );
    expect(typeProblem("BAM/v_1")).toBeUndefined();
    expect(typeProblem("a-b")).toMatch(/"a-b" is not a valid type/);
    expect(typeProblem("Sample\n")).toMatch(/not a valid type/);
  });

  test("a property key has 1 to 100 bytes and a value 0 to 700, counted in UTF-8", () => {
    expect(propertyKeyProblem("k".repeat(100))).toBeUndefined();
    expect(propertyKeyProblem("k".repeat(101))).toMatch(/at most 100 bytes of UTF-8; .* has 101/);
    expect(propertyKeyProblem("ü".repeat(50))).toBeUndefined();
    expect(propertyKeyProblem("ü".repeat(51))).toMatch(/has 102/);
    expect(propertyKeyProblem("$a. b")).toBeUndefined();
    expect(propertyKeyProblem("")).toMatch(/empty/);
    expect(propertyValueProblem("")).toBeUndefined();
    expect(propertyValueProblem("\u{1F9EC}".repeat(175))).toBeUndefined();
    expect(propertyValueProblem("\u{1F9EC}".repeat(176))).toMatch(/has 704/);
  });

  test("the length in UTF-8 is the one an encoder writes", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.nat({ max: 0xffff }).map((c) => String.fromCharCode(c)) }),
        (text) => {
          expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
        },
      ),
    );
  });

  test("a folder is an absolute path of legal names within the limits", () => {
    for (const path of ["/", "//", "/a", "/a//b////c/", "/...", "/a b/ü"]) {
      expect(folderProblem(path)).toBeUndefined();
    }
    expect(folderProblem("a")).toMatch(/must start with "\/"/);
    expect(folderProblem("")).toMatch(/must start with "\/"/);
    expect(folderProblem("/a/../b")).toMatch(/no folder names/);
    expect(folderProblem("/a/.")).toMatch(/no folder names/);
    expect(folderProblem("/a\tb")).toMatch(/control/);
    expect(folderProblem(`/${"n".repeat(2048)}`)).toBeUndefined();
    expect(folderProblem(`/${"n".repeat(2049)}`)).toMatch(/at most 2048 characters/);
    expect(folderProblem(`/${"\u{1F9EC}".repeat(2048)}`)).toBeUndefined();
    expect(folderProblem("/a".repeat(128))).toBeUndefined();
    expect(folderProblem("/a".repeat(129))).toMatch(/at most 128 levels/);
    expect(
      folderProblem(`${`/${"n".repeat(2047)}`.repeat(4)}/${"n".repeat(2046)}`),
    ).toBeUndefined();
    expect(folderProblem(`/${"n".repeat(2047)}`.repeat(5))).toMatch(/fewer than 10240 characters/);
  });

  test("a normal folder has single slashes and none at its end", () => {
    expect(normalFolder("/a//b////c/")).toBe("/a/b/c");
    expect(normalFolder("///")).toBe("/");
    fc.assert(
      fc.property(fc.array(fc.constantFrom("/", "a", "b"), { maxLength: 12 }), (parts) => {
        const path = normalFolder(`/${parts.join("")}`);
        expect(path).toMatch(/^\/$|^(\/[^/]+)+$/);
        expect(normalFolder(path)).toBe(path);
      }),
    );
  });

  test("a nonce has at most 128 bytes", () => {
    expect(nonceProblem("")).toBeUndefined();
    expect(nonceProblem("n".repeat(128))).toBeUndefined();
    expect(nonceProblem("n".repeat(129))).toMatch(/128 bytes/);
  });

  test("details are a hash or an array", () => {
    expect(detailsProblem({})).toBeUndefined();
    expect(detailsProblem([])).toBeUndefined();
    for (const scalar of ["{}", 1, true, null, undefined]) {
      expect(detailsProblem(scalar)).toMatch(/must be an object or an array, not /);
    }
  });
});
