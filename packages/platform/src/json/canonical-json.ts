import type { Json } from "@holdfast/core";
import { endOfString, skipSpace } from "./source-text.ts";

/** Digits that a double might not hold, or an exponent: rare, and worth the slower reading. */
const unusualNumber = /\d[\d.]{15}|\d[eE]/;

/**
 * JSON text with its keys sorted and no white space: equal for equal input, and for nothing else. Numbers that no
 * double can hold stand as they were written, so that two of them that differ do not become one.
 *
 * @param text - JSON that was parsed before, and whose nesting is bounded.
 */
export function canonicalText(text: string, parsed: Json): string {
  return write(unusualNumber.test(text) ? new Reader(text).read() : parsed);
}

class NumberSource {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Source = string | number | boolean | null | NumberSource | readonly Source[] | SourceHash;
type SourceHash = { readonly [key: string]: Source };

function write(value: Source): string {
  if (value instanceof NumberSource) return value.text;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(write).join(",")}]`;
  const members = Object.keys(value)
    .sort(byCodeUnit)
    .map((key) => `${JSON.stringify(key)}:${write(value[key] as Source)}`);
  return `{${members.join(",")}}`;
}

function isArray(value: readonly Source[] | SourceHash): value is readonly Source[] {
  return Array.isArray(value);
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

const punctuation = "{}[],:";
const literal = /[^\s,:[\]{}"]+/y;

/** Reads JSON that is known to be well formed, keeping the source of unusual numbers. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Source {
    const next = this.#token();
    if (next === "{") return this.#hash();
    if (next === "[") return this.#array();
    const value = JSON.parse(next) as string | number | boolean | null;
    return typeof value === "number" && String(value) !== next && unusualNumber.test(next)
      ? new NumberSource(next)
      : value;
  }

  #hash(): SourceHash {
    const members = new Map<string, Source>();
    for (let next = this.#token(); next !== "}"; next = this.#token()) {
      if (next === ",") continue;
      const key = JSON.parse(next) as string;
      this.#token();
      members.set(key, this.read());
    }
    return Object.fromEntries(members);
  }

  #array(): readonly Source[] {
    const items: Source[] = [];
    for (;;) {
      const before = this.#at;
      const next = this.#token();
      if (next === "]") return items;
      if (next === ",") continue;
      this.#at = before;
      items.push(this.read());
    }
  }

  #token(): string {
    const start = skipSpace(this.#text, this.#at);
    this.#at = this.#endOfToken(start);
    return this.#text.slice(start, this.#at);
  }

  #endOfToken(start: number): number {
    const first = this.#text.charAt(start);
    if (first === '"') return endOfString(this.#text, start);
    if (punctuation.includes(first)) return start + 1;
    literal.lastIndex = start;
    literal.test(this.#text);
    return literal.lastIndex;
  }
}
