import { isJsonObject, type Json, type JsonObject } from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import {
  asHash,
  keyOf,
  member,
  optionalArray,
  optionalBoolean,
  optionalString,
  requiredString,
} from "./fields.ts";

/** What applets and workflows tell people of themselves. */
export function asTexts(input: JsonObject): { readonly [key: string]: string } {
  return {
    title: optionalString(input, "title") ?? "",
    summary: optionalString(input, "summary") ?? "",
    description: optionalString(input, "description") ?? "",
  };
}

/** What runs, and with what: of an applet (CS §6). */
export function asAppletFields(input: JsonObject): JsonObject {
  const runSpec = asHash(member(input, "runSpec"), keyOf("runSpec"));
  const bundled = member(runSpec, "bundledDepends");
  if (bundled !== undefined && !Array.isArray(bundled)) {
    throw invalidInput('expected key "bundledDepends" of "runSpec" to be an array');
  }
  return {
    dxapi: requiredString(input, "dxapi"),
    runSpec,
    ...optionalEntry("inputSpec", asSpec(input, "inputSpec")),
    ...optionalEntry("outputSpec", asSpec(input, "outputSpec")),
    ...optionalEntry("ignoreReuse", optionalBoolean(input, "ignoreReuse")),
    access: member(input, "access") === undefined ? {} : asHash(member(input, "access"), "access"),
    ...asTexts(input),
  };
}

/** An array of hashes with a name and a class; null counts as not given. */
export function asSpec(input: JsonObject, key: string): readonly Json[] | undefined {
  if (member(input, key) === null) return undefined;
  const spec = optionalArray(input, key);
  if (spec === undefined || spec.every(isParameter)) return spec;
  throw invalidInput(`expected ${keyOf(key)} to be an array of hashes with a "name" and a "class"`);
}

function isParameter(value: Json): boolean {
  return (
    isJsonObject(value) && typeof value["name"] === "string" && typeof value["class"] === "string"
  );
}

function optionalEntry(key: string, value: Json | undefined): JsonObject {
  return value === undefined ? {} : { [key]: value };
}
