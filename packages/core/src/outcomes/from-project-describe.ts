import type { Level, ObjectState, ProjectFacts } from "../data-object.ts";
import { isProjectId, type ProjectId, rowIdOfProject } from "../ids.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { unknownProject } from "../objects/project-row.ts";
import type { Described } from "./from-describe.ts";

/** In rising order (CS §1.5); `NONE` for somebody without any. */
export const projectLevels: readonly (Level | "NONE")[] = [
  "NONE",
  "VIEW",
  "UPLOAD",
  "CONTRIBUTE",
  "ADMINISTER",
];

const flags = [
  "protected",
  "restricted",
  "downloadRestricted",
  "externalUploadRestricted",
  "containsPHI",
] as const;

/** The input of `/project-xxxx/describe` whose answer `fromProjectDescribe` can read (CS §1.3). */
export const projectDescribeInput: JsonObject = {
  fields: Object.fromEntries(
    [
      "id",
      "name",
      "level",
      "tags",
      "properties",
      "created",
      "modified",
      "createdBy",
      "region",
      "folders",
      ...flags,
    ].map((field) => [field, true]),
  ),
};

/**
 * Reads one untrusted describe answer of a project (CS §1.3).
 * @returns undefined where a field is missing, has the wrong shape, or is of another project.
 */
export function fromProjectDescribe(body: JsonObject, project: ProjectId): Described | undefined {
  const { id, name, created, modified, createdBy, tags, properties, folders } = body;
  const facts = factsOf(body);
  const isWhole =
    isProjectId(id) &&
    id === project &&
    typeof name === "string" &&
    isInstant(created) &&
    isInstant(modified) &&
    facts !== undefined &&
    isTexts(tags) &&
    isTexts(folders) &&
    isTextsByKey(properties);
  if (!isWhole) return undefined;
  const user = isJsonObject(createdBy) ? createdBy["user"] : undefined;
  const state: ObjectState = {
    ...unknownProject,
    name,
    tags,
    properties,
    created,
    modified,
    // What the system made has no user (CS §1.1).
    createdBy: typeof user === "string" ? user : "",
    project: { facts, folders: folders.filter((path) => path !== "/") },
  };
  return { id: rowIdOfProject(project), class: "project", project, state };
}

export function isProjectLevel(value: unknown): value is Level | "NONE" {
  return projectLevels.some((level) => level === value);
}

function factsOf(body: JsonObject): ProjectFacts | undefined {
  const { region } = body;
  // Nobody's level is null (CS §1.5).
  const level = body["level"] ?? "NONE";
  if (!isProjectLevel(level) || typeof region !== "string") return undefined;
  const isSet = (flag: (typeof flags)[number]): boolean => body[flag] === true;
  return {
    level,
    protected: isSet("protected"),
    restricted: isSet("restricted"),
    downloadRestricted: isSet("downloadRestricted"),
    externalUploadRestricted: isSet("externalUploadRestricted"),
    containsPHI: isSet("containsPHI"),
    region,
  };
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isTextsByKey(value: Json | undefined): value is Readonly<Record<string, string>> {
  return isJsonObject(value) && Object.values(value).every((item) => typeof item === "string");
}

function isInstant(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
