import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type DetailsResult,
  detailsOfSource,
  detailsOfValue,
  equalDetails,
  losesDigits,
  parseDetails,
  referencesIn,
  replaceIds,
} from "./details-text.ts";
import type { JsonText } from "../json.ts";
import { sampleProvisionalId, sampleRealId } from "../testing/sample-rows.ts";

const [a, b] = [sampleProvisionalId(1), sampleProvisionalId(2)];

function textOf(result: DetailsResult): string {
  if ("failure" in result) throw new Error(result.failure.message);
  return result.text;
}

function refusalOf(result: DetailsResult): string {
  return "failure" in result ? `${result.failure.code}: ${result.failure.message}` : "accepted";
}

/** The text with every character of its strings escaped. */
function escapeStrings(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, (token) => {
    const value = JSON.parse(token) as string;
    const units = Array.from(
      { length: value.length },
      (_, index) => `\\u${value.charCodeAt(index).toString(16).padStart(4, "0")}`,
    );
    return `"${units.join("")}"`;
  });
}

describe("details as text", () => {
  test("of a value is its JSON, with links and references", () => {
    const details = { donor: { $dnanexus_link: a }, note: b, n: 1.5 };
    expect(detailsOfValue(details)).toEqual({
      text: JSON.stringify(details),
      links: [a],
      references: [a, b],
    });
  });

  test("of a source text is that very text: no digit is rewritten", () => {
    const source = ' { "n" : 12345678901234567890, "m": 1.10, "s": "\\u0041" } ';
    expect(textOf(detailsOfSource(source))).toBe(source);
  });

  test("is refused with the platform's error type and a reason", () => {
    expect(refusalOf(detailsOfValue("text"))).toMatch(
      /^InvalidInput: details must be an object or an array/,
    );
    expect(refusalOf(detailsOfValue({ a: undefined }))).toMatch(
      /^InvalidInput: details\.a: undefined/,
    );
    expect(refusalOf(detailsOfValue({ note: `about ${a}` }))).toMatch(
      /details\.note holds a provisional id/,
    );
    expect(refusalOf(detailsOfSource(1))).toMatch(/must be a string of JSON/);
    expect(refusalOf(detailsOfSource("{a:1}"))).toMatch(
      /^InvalidInput: the text of details is no JSON: /,
    );
    expect(refusalOf(detailsOfSource("1"))).toMatch(/must be an object or an array/);
    expect(refusalOf(detailsOfSource('{"a":1,"a":2}'))).toMatch(/the key "a" stands twice/);
    expect(refusalOf(detailsOfSource('{"$dnanexus_link":1}'))).toMatch(/as a string/);
    expect(refusalOf(detailsOfSource(`{"note":"\\u0061 ${a}"}`))).toMatch(/details\.note holds/);
    expect(refusalOf(detailsOfSource("[".repeat(5000) + "]".repeat(5000)))).toMatch(
      /nested more than 1000/,
    );
  });

  test("means the same after a round trip", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())),
        (value) => {
          const text = textOf(detailsOfValue(value)) as JsonText;
          expect(parseDetails(text)).toEqual(JSON.parse(JSON.stringify(value)));
          expect(equalDetails(text, escapeStrings(text) as JsonText)).toBe(true);
          expect(textOf(detailsOfSource(text))).toBe(text);
        },
      ),
    );
  });
});

describe("numbers", () => {
  test("that no double can hold are recognised", () => {
    for (const lost of [
      "9007199254740993",
      "0.12345678901234567890",
      "1e400",
      "123456789012345678",
      "1e-400",
    ]) {
      expect(losesDigits(`[${lost}]` as JsonText)).toBe(true);
    }
    for (const kept of [
      "1",
      "1.10",
      "-0",
      "1e2",
      "9007199254740992",
      "123456789012345680000",
      "0.1",
    ]) {
      expect(losesDigits(`[${kept}]` as JsonText)).toBe(false);
    }
    expect(losesDigits('{"9007199254740993":"9007199254740993"}' as JsonText)).toBe(false);
    expect(losesDigits('{"a":"\\"","b":9007199254740993}' as JsonText)).toBe(true);
  });

  test("written by this engine never lose digits", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(losesDigits(JSON.stringify(value) as JsonText)).toBe(false);
      }),
    );
  });
});

describe("replacing ids", () => {
  const real = new Map<string, string>([
    [a, sampleRealId(7)],
    [b, sampleRealId(8)],
  ]);

  test("touches whole strings only, keys and values, and no other character", () => {
    const text = ` {"x": "${a}" ,"${b}" :[ "${a} ", 1.10, "\\"${a}" ],"y":"\\\\"} `;
    expect(replaceIds(text, real)).toBe(
      ` {"x": "${sampleRealId(7)}" ,"${sampleRealId(8)}" :[ "${a} ", 1.10, "\\"${a}" ],"y":"\\\\"} `,
    );
  });

  test("finds escaped spellings", () => {
    expect(replaceIds(escapeStrings(`["${a}"]`), real)).toBe(`["${sampleRealId(7)}"]`);
  });

  test("leaves what it does not know", () => {
    const text = `["${sampleProvisionalId(3)}"]`;
    expect(replaceIds(text, real)).toBe(text);
    expect(replaceIds(text, () => undefined)).toBe(text);
  });

  test("equals replacing in the parsed value, on any JSON", () => {
    // No key is a lone backslash: V8 13.6 then reads the key "\"" of a later object of the same shape as "\\".
    const word = fc.constantFrom(a, b, `${a}x`, "-hold", "\\\\", '"', "file-hold", sampleRealId(1));
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(word, fc.string(), fc.integer(), fc.constant(null)),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(word, tie("tree"), { maxKeys: 3 }),
      ),
    }));
    const swap = (value: unknown): unknown => {
      if (typeof value === "string") return real.get(value) ?? value;
      if (Array.isArray(value)) return value.map(swap);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [swap(key), swap(item)]),
      );
    };
    fc.assert(
      fc.property(tree, fc.boolean(), (value, isEscaped) => {
        const text = JSON.stringify(value);
        const replaced = replaceIds(isEscaped ? escapeStrings(text) : text, real);
        expect(JSON.parse(replaced)).toEqual(swap(value));
        expect(referencesIn(text as JsonText).every((id) => text.includes(id))).toBe(true);
        expect(referencesIn(replaced as JsonText)).toEqual([]);
      }),
    );
  });

  test("is quick on a long string full of quotes and backslashes", () => {
    const text = JSON.stringify({ [a]: '\\"'.repeat(1_000_000) });
    expect(replaceIds(text, real).length).toBe(text.length);
  });
});
