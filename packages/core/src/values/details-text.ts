import { assert } from "../assert.ts";
import type { PlatformFailure } from "../failure.ts";
import type { ProvisionalId } from "../ids.ts";
import { inspectDetails } from "./inspect-details.ts";
import type { Json, JsonText } from "../json.ts";
import {
  endOfString,
  equalNodes,
  type JsonNode,
  normalNumber,
  parseJsonNodes,
  stringOfToken,
} from "./json-nodes.ts";

/** Details as they are stored, with what their text holds. */
export interface DetailsText {
  readonly text: JsonText;
  /** The ids linked to, local ones as they were given. */
  readonly links: readonly string[];
  /** Provisional ids anywhere in it: their creates come first. */
  readonly references: readonly ProvisionalId[];
}

export type DetailsResult = DetailsText | { readonly failure: PlatformFailure };

/** The details of an object nobody gave any (DO §6). */
export const emptyDetails = "{}" as JsonText;

/** A JavaScript value as details. Never throws: what is no JSON is refused, with the path to it. */
export function detailsOfValue(value: unknown): DetailsResult {
  const { problem, embedded, links, references } = inspectDetails(value);
  const refusal = problem ?? embedded;
  if (refusal !== undefined) return invalid(refusal);
  return { text: JSON.stringify(value) as JsonText, links, references };
}

/** A JSON text as details, kept as it stands: numbers that no double can hold keep their digits (design §4.9). */
export function detailsOfSource(source: unknown): DetailsResult {
  if (typeof source !== "string") return invalid("the text of details must be a string of JSON");
  let value: Json;
  try {
    value = JSON.parse(source) as Json;
  } catch (error) {
    return invalid(`the text of details is no JSON: ${(error as Error).message}`);
  }
  const { problem, embedded, links, references } = inspectDetails(value);
  const refusal = problem ?? embedded ?? repeatedKey(source);
  if (refusal !== undefined) return invalid(refusal);
  return { text: source as JsonText, links, references };
}

/** The value as `JSON.parse` gives it; numbers may lose digits, see `losesDigits`. */
export function parseDetails(text: JsonText): Json {
  return JSON.parse(text) as Json;
}

/** Details without the loss of a digit. */
export function parseDetailsLossless(text: JsonText): JsonNode {
  return parseJsonNodes(text);
}

/** Whether two details mean the same: order of keys and spelling of numbers and strings aside. */
export function equalDetails(left: JsonText, right: JsonText): boolean {
  return left === right || equalNodes(parseJsonNodes(left), parseJsonNodes(right));
}

/** Whether a number in the text would come back changed from `JSON.parse` and `JSON.stringify`. */
export function losesDigits(text: JsonText): boolean {
  // No number of at most 15 digits loses one, unless its exponent leaves the range of doubles.
  if (!/\d[\d.]{15}|\d[eE]/.test(text)) return false;
  let at = 0;
  while (at < text.length) {
    if (text[at] === '"') {
      at = endOfString(text, at);
      continue;
    }
    numberToken.lastIndex = at;
    const token = numberToken.exec(text)?.[0];
    if (token === undefined) {
      at += 1;
      continue;
    }
    const number = Number(token);
    if (!Number.isFinite(number) || normalNumber(token) !== normalNumber(String(number)))
      return true;
    at += token.length;
  }
  return false;
}

const numberToken = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Writes other ids in the place of whole JSON strings, keys and values alike, and leaves every other character as it
 * stands. Strings are compared by what they mean, so that an escaped spelling is found too.
 */
export function replaceIds<Text extends string>(
  text: Text,
  idOf: ReadonlyMap<string, string> | ((id: ProvisionalId) => string | undefined),
): Text {
  // An escaped spelling needs a backslash, every other one this very text.
  if (!text.includes("-hold") && !text.includes("\\u")) return text;
  const lookUp = typeof idOf === "function" ? idOf : (id: ProvisionalId) => idOf.get(id);
  let written = "";
  let copied = 0;
  for (let at = text.indexOf('"'); at >= 0; ) {
    const end = endOfString(text, at);
    const value = end - at > shortestIdToken ? stringOfToken(text.slice(at, end)) : "";
    const id = value.includes("-hold") ? lookUp(value as ProvisionalId) : undefined;
    if (id !== undefined) {
      written += text.slice(copied, at) + JSON.stringify(id);
      copied = end;
    }
    at = text.indexOf('"', end);
  }
  return (written + text.slice(copied)) as Text;
}

/** `"file-hold` + 20 characters + `"`, less one. */
const shortestIdToken = 30;

/** The provisional ids that are whole strings of the text, keys and values alike, each once. */
export function referencesIn(text: JsonText): readonly ProvisionalId[] {
  if (!text.includes("-hold") && !text.includes("\\u")) return [];
  return inspectDetails(JSON.parse(text)).references;
}

function repeatedKey(source: string): string | undefined {
  try {
    parseJsonNodes(source);
    return undefined;
  } catch (error) {
    assert(error instanceof SyntaxError, "JSON that was walked is read again");
    return `details: ${error.message}`;
  }
}

function invalid(message: string): { readonly failure: PlatformFailure } {
  return { failure: { code: "InvalidInput", message } };
}
