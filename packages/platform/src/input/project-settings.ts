import { isEntityId, isJsonObject, type Json, type JsonObject } from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import { regions } from "../assumed.ts";
import type { Limits } from "../limits.ts";
import type { ProjectSettings } from "../world/project.ts";
import { keyOf, member, optionalBoolean, optionalChoice, optionalString } from "./fields.ts";
import { asName, asProperties, asTags, given } from "./metadata.ts";

/** What `/project/new` and `/project-xxxx/update` take alike; what is not given is absent (CS §1.2). */
export function asProjectSettings(input: JsonObject, limits: Limits): Partial<ProjectSettings> {
  return withoutAbsent({
    name: given(input, "name") ? asName(member(input, "name"), limits) : undefined,
    summary: optionalString(input, "summary"),
    description: optionalString(input, "description"),
    billTo: asBillTo(input),
    protected: optionalBoolean(input, "protected"),
    restricted: optionalBoolean(input, "restricted"),
    downloadRestricted: optionalBoolean(input, "downloadRestricted"),
    externalUploadRestricted: optionalBoolean(input, "externalUploadRestricted"),
    containsPHI: optionalBoolean(input, "containsPHI"),
    databaseUIViewOnly: optionalBoolean(input, "databaseUIViewOnly"),
    previewViewerRestricted: optionalBoolean(input, "previewViewerRestricted"),
    databaseResultsRestricted: asAmount(input, "databaseResultsRestricted"),
    monthlyComputeLimit: asAmount(input, "monthlyComputeLimit"),
    monthlyEgressBytesLimit: asAmount(input, "monthlyEgressBytesLimit"),
    defaultSymlink: asHashOrNull(input, "defaultSymlink"),
    drive: asDrive(input),
  });
}

/** What only `update` takes. */
export function asUpdatedSettings(input: JsonObject): Partial<ProjectSettings> {
  return withoutAbsent({
    destroyProtected: optionalBoolean(input, "destroyProtected"),
    httpsAppIsolatedBrowsing: optionalBoolean(input, "httpsAppIsolatedBrowsing"),
    httpsAppIsolatedBrowsingOptions: asHashOrNull(input, "httpsAppIsolatedBrowsingOptions"),
    allowedExecutables: asExecutables(input),
  });
}

/** What only `new` takes: they are changed by methods of their own, or never. */
export function asFirstSettings(input: JsonObject, limits: Limits): Partial<ProjectSettings> {
  return withoutAbsent({
    region: optionalChoice(input, "region", regions),
    tags: given(input, "tags") ? asTags(input, limits) : undefined,
    properties: given(input, "properties")
      ? asProperties(member(input, "properties"), limits)
      : undefined,
  });
}

type Given<Fields> = {
  readonly [Key in keyof Fields]?: Fields[Key] | undefined;
};

function withoutAbsent(fields: Given<ProjectSettings>): Partial<ProjectSettings> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function asBillTo(input: JsonObject): string | undefined {
  const billTo = optionalString(input, "billTo");
  if (billTo === undefined || /^(user|org)-./.test(billTo)) return billTo;
  throw invalidInput(`expected ${keyOf("billTo")} to be the ID of a user or an org`);
}

function asAmount(input: JsonObject, key: keyof ProjectSettings): number | null | undefined {
  const value = member(input, key);
  if (value === undefined || value === null) return value;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalidInput(`expected ${keyOf(key)} to be a whole number from 0 on, or null`);
}

function asHashOrNull(input: JsonObject, key: keyof ProjectSettings): Json | undefined {
  const value = member(input, key);
  if (value === undefined || value === null || isJsonObject(value)) return value;
  throw invalidInput(`expected ${keyOf(key)} to be a hash or null`);
}

function asDrive(input: JsonObject): string | null | undefined {
  const value = member(input, "drive");
  if (value === undefined || value === null) return value;
  if (isEntityId(value) && value.startsWith("drive-")) return value;
  throw invalidInput(`expected ${keyOf("drive")} to be the ID of a drive, or null`);
}

function asExecutables(input: JsonObject): readonly string[] | null | undefined {
  const value = member(input, "allowedExecutables");
  if (value === undefined || value === null) return value;
  const ids: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (Array.isArray(value) && ids.every(isExecutable)) return ids;
  throw invalidInput(
    `expected ${keyOf("allowedExecutables")} to be an array of IDs of executables, or null`,
  );
}

function isExecutable(value: unknown): value is string {
  return typeof value === "string" && /^(applet|app|workflow|globalworkflow)-./.test(value);
}
