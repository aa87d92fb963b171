import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../json.ts";
import {
  equalNodes,
  type JsonNode,
  maxNodeDepth,
  normalNumber,
  parseJsonNodes,
  sourceAt,
} from "./json-nodes.ts";

function valueOf(node: JsonNode): Json {
  switch (node.type) {
    case "object":
      return Object.fromEntries([...node.members].map(([key, member]) => [key, valueOf(member)]));
    case "array":
      return node.items.map(valueOf);
    case "number":
      return Number(node.source);
    case "string":
    case "literal":
      return node.value;
  }
}

const spaces = fc.constantFrom("", " ", "\n\t", "\r\n  ");

/** A JSON text with spaces wherever they may stand. */
const spacedJson = fc
  .tuple(fc.jsonValue(), fc.array(spaces, { minLength: 1, maxLength: 7 }))
  .map(([value, gaps]) => {
    let gap = 0;
    const space = (): string => gaps[gap++ % gaps.length] ?? "";
    const write = (part: unknown): string => {
      const inner = Array.isArray(part)
        ? `[${part.map(write).join(",") || space()}]`
        : typeof part === "object" && part !== null
          ? `{${
              Object.entries(part)
                .map(
                  ([key, member]) => `${space()}${JSON.stringify(key)}${space()}:${write(member)}`,
                )
                .join(",") || space()
            }}`
          : JSON.stringify(part);
      return `${space()}${inner}${space()}`;
    };
    return write(value);
  });

describe("JSON nodes", () => {
  test("read what the engine's parser reads", () => {
    fc.assert(
      fc.property(spacedJson, (text) => {
        expect(valueOf(parseJsonNodes(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test("know the exact source of every value", () => {
    const text = ` {"a" : [ 1.10 , {"b\\"" : 12345678901234567890 } ] , "c":"x]" , "d":{ } } `;
    expect(sourceAt(text, [])).toBe(text.trim());
    expect(sourceAt(text, ["a"])).toBe(`[ 1.10 , {"b\\"" : 12345678901234567890 } ]`);
    expect(sourceAt(text, ["a", 0])).toBe("1.10");
    expect(sourceAt(text, ["a", 1, 'b"'])).toBe("12345678901234567890");
    expect(sourceAt(text, ["c"])).toBe('"x]"');
    expect(sourceAt(text, ["d"])).toBe("{ }");
    for (const path of [["e"], ["a", 2], ["a", "0"], ["c", 0], ["d", "toString"]]) {
      expect(sourceAt(text, path)).toBeUndefined();
    }
  });

  test("refuse a key that stands twice in one object, escaped or not", () => {
    expect(() => parseJsonNodes('{"a":1,"\\u0061":2}')).toThrow(/"a" stands twice/);
    expect(() => parseJsonNodes('[{"a":1},{"a":2}]')).not.toThrow();
    expect(() => parseJsonNodes('{"__proto__":1,"__proto__":2}')).toThrow(SyntaxError);
  });

  test("refuse what is no JSON and what is nested too deep", () => {
    for (const text of ["", "{", "[1,]", '{"a":}', "01", "'a'", "NaN"]) {
      expect(() => parseJsonNodes(text)).toThrow(SyntaxError);
    }
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect(() => parseJsonNodes(nested(maxNodeDepth))).not.toThrow();
    expect(() => parseJsonNodes(nested(maxNodeDepth + 1))).toThrow(SyntaxError);
  });

  test("are equal where they mean the same", () => {
    const equal = (left: string, right: string): boolean =>
      equalNodes(parseJsonNodes(left), parseJsonNodes(right));
    expect(equal('{"a":1.0,"b":[1e2]}', ' { "b":[100],"\\u0061":1 } ')).toBe(true);
    expect(equal("9007199254740993", "9007199254740992")).toBe(false);
    expect(equal('{"a":1}', '{"a":1,"b":1}')).toBe(false);
    expect(equal('{"a":1,"b":1}', '{"a":1,"c":1}')).toBe(false);
    expect(equal("[1,2]", "[2,1]")).toBe(false);
    expect(equal('"1"', "1")).toBe(false);
    expect(equal("null", "false")).toBe(false);
  });

  test("numbers are compared by their decimal value, however large", () => {
    for (const [left, right] of [
      ["1", "1.000"],
      ["-0", "0"],
      ["0e9", "0.00"],
      ["120", "1.2e2"],
      ["1E-2", "0.01"],
      ["1e+400", "10e399"],
      ["100000000000000000000001", "1.00000000000000000000001e23"],
    ] as const) {
      expect(normalNumber(left)).toBe(normalNumber(right));
    }
    for (const [left, right] of [
      ["1", "-1"],
      ["1", "10"],
      ["0.1", "0.10000000000000000001"],
      ["1e400", "1e401"],
    ] as const) {
      expect(normalNumber(left)).not.toBe(normalNumber(right));
    }
  });
});
