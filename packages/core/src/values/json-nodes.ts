import type { JsonText } from "../json.ts";

/**
 * A JSON value that has lost nothing: numbers keep their source, and every value knows where in the text it stands
 * (`start` inclusive, `end` exclusive).
 */
export type JsonNode =
  | {
      readonly type: "object";
      readonly members: ReadonlyMap<string, JsonNode>;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly type: "array";
      readonly items: readonly JsonNode[];
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly type: "string";
      readonly value: string;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly type: "number";
      readonly source: string;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly type: "literal";
      readonly value: boolean | null;
      readonly start: number;
      readonly end: number;
    };

/**
 * Reads a JSON text without losing a digit.
 * @throws SyntaxError when it is no JSON, is nested deeper than `maxNodeDepth`, or names a key of an object twice,
 * since nobody can say which of the two was meant.
 */
export function parseJsonNodes(text: string): JsonNode {
  // The engine's own parser judges the syntax: what follows may rely on it.
  JSON.parse(text);
  return new Reader(text).read();
}

/**
 * The source text of a value inside a JSON text, such as `details` inside an answer: `sourceAt(body, ["details"])`.
 * Undefined where the path leads nowhere.
 * @throws SyntaxError as `parseJsonNodes` does.
 */
export function sourceAt(text: string, path: readonly (string | number)[]): JsonText | undefined {
  let node: JsonNode | undefined = parseJsonNodes(text);
  for (const key of path) {
    if (node?.type === "object" && typeof key === "string") node = node.members.get(key);
    else if (node?.type === "array" && typeof key === "number") node = node.items[key];
    else return undefined;
  }
  return node === undefined ? undefined : (text.slice(node.start, node.end) as JsonText);
}

/** The same meaning: keys in any order, numbers by their decimal value, however they are written. */
export function equalNodes(left: JsonNode, right: JsonNode): boolean {
  switch (left.type) {
    case "object":
      return (
        right.type === "object" &&
        left.members.size === right.members.size &&
        [...left.members].every(([key, value]) => {
          const other = right.members.get(key);
          return other !== undefined && equalNodes(value, other);
        })
      );
    case "array":
      return (
        right.type === "array" &&
        left.items.length === right.items.length &&
        left.items.every((item, index) => equalNodes(item, right.items[index] as JsonNode))
      );
    case "number":
      return right.type === "number" && equalNumbers(left.source, right.source);
    case "string":
    case "literal":
      return right.type === left.type && right.value === left.value;
  }
}

function equalNumbers(left: string, right: string): boolean {
  return left === right || normalNumber(left) === normalNumber(right);
}

/** One spelling for each decimal value: sign, digits without zeros at either end, power of ten. */
export function normalNumber(source: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const power =
    BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${power}`;
}

/** Where the string token that begins at `start` (its first quote) ends, exclusive. The text must be JSON. */
export function endOfString(text: string, start: number): number {
  let end = start;
  do end = text.indexOf('"', end + 1);
  while (isEscaped(text, end));
  return end + 1;
}

function isEscaped(text: string, quote: number): boolean {
  let first = quote;
  while (text.charCodeAt(first - 1) === backslash) first -= 1;
  return (quote - first) % 2 === 1;
}

/** The text a string token stands for. */
export function stringOfToken(token: string): string {
  return token.includes("\\") ? (JSON.parse(token) as string) : token.slice(1, -1);
}

const backslash = 0x5c;
/** Deeper texts are not read: recursion must end before the stack does. */
export const maxNodeDepth = 2000;

const scalarEnd = /[,\]}\s]/g;

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonNode {
    this.#skipSpace();
    const start = this.#at;
    switch (this.#text[start]) {
      case "{":
      case "[":
        return this.#readNested(start);
      case '"':
        return { type: "string", value: this.#readString(), start, end: this.#at };
      default:
        return this.#readScalar(start);
    }
  }

  #readNested(start: number): JsonNode {
    this.#depth += 1;
    if (this.#depth > maxNodeDepth) {
      throw new SyntaxError(`nested more than ${maxNodeDepth} levels deep`);
    }
    const nested =
      this.#text[start] === "{"
        ? ({ type: "object", members: this.#readMembers() } as const)
        : ({ type: "array", items: this.#readItems() } as const);
    this.#depth -= 1;
    return { ...nested, start, end: this.#at };
  }

  #readMembers(): ReadonlyMap<string, JsonNode> {
    const members = new Map<string, JsonNode>();
    while (this.#isMore("}")) {
      const key = this.#readString();
      if (members.has(key)) {
        throw new SyntaxError(`the key ${JSON.stringify(key)} stands twice in one object`);
      }
      this.#skipSpace();
      this.#at += 1;
      members.set(key, this.read());
    }
    return members;
  }

  #readItems(): readonly JsonNode[] {
    const items: JsonNode[] = [];
    while (this.#isMore("]")) items.push(this.read());
    return items;
  }

  /** Steps over the opening bracket or comma; false, and over the closing one, at the end. */
  #isMore(closing: string): boolean {
    this.#skipSpace();
    const ended = this.#text[this.#at] === closing;
    this.#at += 1;
    if (ended) return false;
    this.#skipSpace();
    if (this.#text[this.#at] !== closing) return true;
    this.#at += 1;
    return false;
  }

  #readString(): string {
    this.#skipSpace();
    const start = this.#at;
    this.#at = endOfString(this.#text, start);
    return stringOfToken(this.#text.slice(start, this.#at));
  }

  #readScalar(start: number): JsonNode {
    scalarEnd.lastIndex = start;
    const end = scalarEnd.exec(this.#text)?.index ?? this.#text.length;
    this.#at = end;
    const source = this.#text.slice(start, end);
    if (source === "true" || source === "false") {
      return { type: "literal", value: source === "true", start, end };
    }
    if (source === "null") return { type: "literal", value: null, start, end };
    return { type: "number", source, start, end };
  }

  #skipSpace(): void {
    const text = this.#text;
    for (;;) {
      const unit = text.charCodeAt(this.#at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.#at += 1;
    }
  }
}
