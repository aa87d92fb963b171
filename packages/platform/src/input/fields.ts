import { isJsonObject, isObjectId, isProjectId, type Json, type JsonObject } from "@holdfast/core";
import { ApiError, invalidInput } from "../api-error.ts";

/** The value of a key that the body itself has; inherited ones do not count. */
export function member(input: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(input, key) ? input[key] : undefined;
}

export function asHash(value: Json | undefined, what: string): JsonObject {
  if (!isJsonObject(value)) throw invalidInput(`expected ${what} to be a hash`);
  return value;
}

export function optionalHash(input: JsonObject, key: string): JsonObject | undefined {
  const value = member(input, key);
  return value === undefined ? undefined : asHash(value, keyOf(key));
}

export function optionalString(input: JsonObject, key: string): string | undefined {
  const value = member(input, key);
  if (value === undefined || typeof value === "string") return value;
  throw invalidInput(`expected ${keyOf(key)} to be a string`);
}

export function requiredString(input: JsonObject, key: string): string {
  const value = optionalString(input, key);
  if (value === undefined)
    throw invalidInput(`expected ${keyOf(key)} to be a string; it is missing`);
  return value;
}

export function optionalBoolean(input: JsonObject, key: string): boolean | undefined {
  const value = member(input, key);
  if (value === undefined || typeof value === "boolean") return value;
  throw invalidInput(`expected ${keyOf(key)} to be a boolean`);
}

export function requiredBoolean(input: JsonObject, key: string): boolean {
  const value = optionalBoolean(input, key);
  if (value === undefined)
    throw invalidInput(`expected ${keyOf(key)} to be a boolean; it is missing`);
  return value;
}

export function optionalInteger(input: JsonObject, key: string): number | undefined {
  const value = member(input, key);
  if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value)))
    return value;
  throw invalidInput(`expected ${keyOf(key)} to be an integer`);
}

export function optionalArray(input: JsonObject, key: string): readonly Json[] | undefined {
  const value = member(input, key);
  if (value === undefined || Array.isArray(value)) return value as readonly Json[] | undefined;
  throw invalidInput(`expected ${keyOf(key)} to be an array`);
}

export function requiredArray(input: JsonObject, key: string): readonly Json[] {
  const value = optionalArray(input, key);
  if (value === undefined)
    throw invalidInput(`expected ${keyOf(key)} to be an array; it is missing`);
  return value;
}

/** Ids of data objects, each once; none where the key is not given. */
export function asObjectIds(input: JsonObject, key: string): readonly string[] {
  const ids = optionalArray(input, key) ?? [];
  if (ids.every(isObjectId)) return [...new Set(ids)];
  throw invalidInput(`expected ${keyOf(key)} to be an array of data object IDs`);
}

/** One of a few words. */
export function optionalChoice<Choice extends string>(
  input: JsonObject,
  key: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = member(input, key);
  if (value === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw invalidInput(`expected ${keyOf(key)} to be one of ${choices.join(", ")}`);
}

/** A project or container id: another entity's is InvalidType, anything else InvalidInput (DO §3.1). */
export function asProjectId(value: Json | undefined, what: string): string {
  if (isProjectId(value)) return value;
  if (typeof value === "string" && entityId.test(value)) {
    throw new ApiError("InvalidType", `expected ${what} to be the ID of a project or container`);
  }
  throw invalidInput(`expected ${what} to be the ID of a project`);
}

export function requiredProject(input: JsonObject): string {
  return asProjectId(member(input, "project"), keyOf("project"));
}

/** The hint of a read. The command-line client sends null where it has none. */
export function optionalProject(input: JsonObject): string | undefined {
  const value = member(input, "project");
  return value === undefined || value === null ? undefined : asProjectId(value, keyOf("project"));
}

export function keyOf(key: string): string {
  return `key "${key}" of input`;
}

const entityId = /^[a-z]+-[0-9a-zA-Z]{24}$/;
