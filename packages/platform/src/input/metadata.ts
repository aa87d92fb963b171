import {
  detailsProblem,
  folderProblem,
  type Json,
  type JsonObject,
  nameProblem,
  propertyKeyProblem,
  propertyValueProblem,
  tagProblem,
  typeProblem,
} from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import type { Limits } from "../limits.ts";
import { byteLength } from "./byte-length.ts";
import { asHash, keyOf, member, requiredArray } from "./fields.ts";

// The values of DO §5.1. What may stand in them is core's to say, how much of them the platform's limits.

export function asName(value: Json | undefined, limits: Limits): string {
  if (typeof value !== "string") throw invalidInput(`expected ${keyOf("name")} to be a string`);
  refuse(nameProblem(value), "name");
  refuse(tooLong(value, limits), "name");
  return value;
}

/** Each tag once, in the order of arrival. */
export function asTags(input: JsonObject, limits: Limits): readonly string[] {
  return texts(input, { key: "tags", problem: tagProblem, what: "a tag" }, limits);
}

/** Each type once, in the order of arrival. */
export function asTypes(input: JsonObject, limits: Limits): readonly string[] {
  return texts(input, { key: "types", problem: typeProblem, what: "a type name" }, limits);
}

/** What properties an object has from its creation on: no null among them. */
export function asProperties(value: Json | undefined, limits: Limits): ReadonlyMap<string, string> {
  const changes = asPropertyChanges(value);
  for (const [key, text] of changes) {
    if (text === null) refuse(`the value of ${JSON.stringify(key)} must be a string`, "properties");
  }
  refuseMoreThan(limits.entries, changes.size, "properties");
  return changes as ReadonlyMap<string, string>;
}

/** Null takes a property away. */
export function asPropertyChanges(value: Json | undefined): ReadonlyMap<string, string | null> {
  const hash = asHash(value, keyOf("properties"));
  const changes = new Map<string, string | null>();
  for (const [key, text] of Object.entries(hash)) {
    refuse(propertyKeyProblem(key), "properties");
    if (text !== null) refuse(propertyValueProblem(text), "properties");
    changes.set(key, text as string | null);
  }
  return changes;
}

/** Absolute, without doubled or trailing slashes (CS §2.1). */
export function asFolder(value: Json | undefined, key: string): string {
  if (typeof value !== "string") throw invalidInput(`expected ${keyOf(key)} to be a string`);
  refuse(folderProblem(value), key);
  const path = value.replaceAll(/\/{2,}/g, "/");
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** @param text - the details as they were written, without white space. */
export function checkDetails(value: Json, text: string, limits: Limits): void {
  refuse(detailsProblem(exponent.test(text) ? withoutInfinity(text) : value), "details");
  const bytes = byteLength(text);
  if (bytes > limits.detailsBytes) {
    throw invalidInput(`details have ${bytes} bytes; at most ${limits.detailsBytes} are taken`);
  }
}

const exponent = /\d[eE]/;

/** `1e400` is a fine number of JSON, but none of a double: only its text is kept, so only its text counts. */
function withoutInfinity(text: string): Json {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? 0 : value,
  ) as Json;
}

/** The ids linked to, depth first, each once (DO §3.2). */
export function linksIn(details: Json): readonly string[] {
  const links = new Set<string>();
  collectLinks(details, links);
  return [...links];
}

/** As many as an object may have after a change. */
export function refuseMoreThan(limit: number, count: number, key: string): void {
  if (count > limit) throw invalidInput(`${keyOf(key)}: at most ${limit} are taken, not ${count}`);
}

function collectLinks(value: Json, links: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "$dnanexus_link" && !Array.isArray(value) && typeof inner === "string") {
      links.add(inner);
    } else {
      collectLinks(inner as Json, links);
    }
  }
}

interface TextList {
  readonly key: "tags" | "types";
  readonly problem: (value: unknown) => string | undefined;
  readonly what: string;
}

function texts(input: JsonObject, list: TextList, limits: Limits): readonly string[] {
  const kept = new Set<string>();
  for (const item of requiredArray(input, list.key)) {
    if (typeof item !== "string") {
      throw invalidInput(
        `expected ${keyOf(list.key)} to be an array of valid strings for ${list.what}`,
      );
    }
    const problem = list.problem(item) ?? tooLong(item, limits);
    if (problem !== undefined) {
      throw invalidInput(
        `expected ${keyOf(list.key)} to be an array of valid strings for ${list.what}: ${problem}`,
      );
    }
    kept.add(item);
  }
  refuseMoreThan(limits.entries, kept.size, list.key);
  return [...kept];
}

export function refuse(problem: string | undefined, key: string): void {
  if (problem !== undefined) throw invalidInput(`${keyOf(key)}: ${problem}`);
}

/** Of UTF-8 for one unit of UTF-16. */
const maxBytesPerUnit = 3;

function tooLong(value: string, limits: Limits): string | undefined {
  if (value.length * maxBytesPerUnit <= limits.textBytes) return undefined;
  const bytes = byteLength(value);
  return bytes > limits.textBytes
    ? `at most ${limits.textBytes} bytes of UTF-8 are taken, not ${bytes}`
    : undefined;
}

/** A key that is given, for fields whose null or absence means something else. */
export function given(input: JsonObject, key: string): boolean {
  return member(input, key) !== undefined;
}
