import { keyProperty, type ObjectState, type State, states } from "../data-object.ts";
import {
  classOfId,
  dataObjectClasses,
  isObjectId,
  isProjectId,
  isProvisionalId,
  type ObjectId,
  type ProjectId,
  type RowClass,
} from "../ids.ts";
import { isJsonObject, type Json, type JsonObject, type JsonText } from "../json.ts";
import { type JsonNode, parseJsonNodes } from "../values/json-nodes.ts";
import { linksOfText } from "../values/links.ts";
import { fromPartsMap, type PlatformPart } from "./parts-map.ts";
import { describedOwnFields } from "../objects/own-fields.ts";

/** A describe answer that could be believed. Ids in it are real ones. */
export interface Described {
  readonly id: ObjectId;
  readonly class: RowClass;
  /** Of the copy described, which need not be the one asked for (DO §5.2). */
  readonly project: ProjectId;
  readonly state: ObjectState;
  /** The reserved `.holdfast-key`, where the copy carries one; `state.properties` omits it. */
  readonly key?: string;
  /** Of a file, where they were asked for (DO §7.4). */
  readonly parts?: readonly PlatformPart[];
}

/** What must be asked for so that `fromDescribe` can read the answer: details and properties are no defaults. */
export const describeFields: readonly string[] = [
  "id",
  "class",
  "project",
  "name",
  "folder",
  "state",
  "hidden",
  "types",
  "tags",
  "properties",
  "details",
  "created",
  "modified",
  "createdBy",
  // What only some classes have.
  ...dataObjectClasses.flatMap(describedOwnFields),
];

/**
 * Reads one untrusted describe answer (DO §5.2). Details keep their source text, digits included.
 *
 * @param text - the JSON text of the answer, or of one of `describesOf`.
 * @returns undefined where a field is missing or has the wrong shape.
 */
export function fromDescribe(text: string): Described | undefined {
  const answer = read(text);
  if (answer === undefined) return undefined;
  const { value, node } = answer;
  const { id, class: objectClass, project } = value;
  if (!isObjectId(id) || isProvisionalId(id) || classOfId(id) !== objectClass) return undefined;
  if (!isProjectId(project)) return undefined;
  const details = textOf(text, node, "details");
  const described = details === undefined ? undefined : readState(value, details);
  if (described === undefined) return undefined;
  const parts = fromPartsMap(value.parts);
  if (value.parts !== undefined && parts === undefined) return undefined;
  const own = ownOf(text, node, id);
  return {
    id,
    class: classOfId(id),
    project,
    ...described,
    state: { ...described.state, ...(own === undefined ? undefined : { own }) },
    ...(parts === undefined ? undefined : { parts }),
  };
}

/**
 * What the class has of its own, as far as it is told, in its source text. A workflow without a title shows its name as
 * one, or its id where it has no name: no title that anybody gave (CS §6).
 */
function ownOf(
  text: string,
  node: Extract<JsonNode, { type: "object" }>,
  id: ObjectId,
): JsonText | undefined {
  const members = describedOwnFields(classOfId(id)).flatMap((name) => {
    const value = textOf(text, node, name);
    if (value === undefined) return [];
    const shown = [JSON.stringify(id), textOf(text, node, "name")];
    const isDefault = name === "title" && shown.includes(value);
    return [`${JSON.stringify(name)}:${isDefault ? "null" : value}`];
  });
  return members.length === 0 ? undefined : (`{${members.join(",")}}` as JsonText);
}

/** One result of `/system/describeDataObjects`: the text of the describe, or the error's type and status. */
export type BulkDescribe =
  | { readonly describe: JsonText }
  | { readonly errorType: string | undefined; readonly status: number | undefined };

/**
 * Splits a bulk answer, in the order of the question.
 * @returns undefined where it has not that shape, or not `count` results.
 */
export function describesOf(text: string, count: number): readonly BulkDescribe[] | undefined {
  const answer = read(text);
  const results = answer?.node.members.get("results");
  const values = answer?.value.results;
  if (results?.type !== "array" || !Array.isArray(values)) return undefined;
  if (results.items.length !== count) return undefined;
  return results.items.map((item, index) => bulkDescribe(text, item, (values as Json[])[index]));
}

function bulkDescribe(text: string, item: JsonNode, value: Json | undefined): BulkDescribe {
  if (item.type === "object" && isJsonObject(value)) {
    const describe = textOf(text, item, "describe");
    if (describe !== undefined && isJsonObject(value.describe)) return { describe };
    const { error, statusCode } = value;
    const type = isJsonObject(error) ? error.type : undefined;
    return {
      errorType: typeof type === "string" ? type : undefined,
      status: typeof statusCode === "number" ? statusCode : undefined,
    };
  }
  return { errorType: undefined, status: undefined };
}

interface Answer {
  readonly value: JsonObject;
  readonly node: Extract<JsonNode, { type: "object" }>;
}

function read(text: string): Answer | undefined {
  try {
    const value = JSON.parse(text) as Json;
    const node = parseJsonNodes(text);
    return isJsonObject(value) && node.type === "object" ? { value, node } : undefined;
  } catch (error) {
    // No JSON, a key named twice, or nested deeper than any stack: none of it can be believed.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function textOf(text: string, node: JsonNode, key: string): JsonText | undefined {
  const member = node.type === "object" ? node.members.get(key) : undefined;
  return member === undefined ? undefined : (text.slice(member.start, member.end) as JsonText);
}

function readState(
  value: JsonObject,
  details: JsonText,
): { readonly state: ObjectState; readonly key?: string } | undefined {
  const { id, name, folder, state, hidden, types, tags, created, modified, createdBy } = value;
  const properties = stringsByKey(value.properties);
  const isWhole =
    isText(name) &&
    typeof folder === "string" &&
    folder.startsWith("/") &&
    isState(state) &&
    typeof hidden === "boolean" &&
    isTexts(types) &&
    isTexts(tags) &&
    typeof value.details === "object" &&
    value.details !== null &&
    isInstant(created) &&
    isInstant(modified) &&
    isJsonObject(createdBy) &&
    isText(createdBy.user);
  if (!isWhole || properties === undefined) return undefined;
  const { [keyProperty]: key, ...visible } = properties;
  return {
    state: {
      name: name === id ? null : name,
      folder,
      state,
      hidden,
      types,
      tags,
      properties: visible,
      details,
      links: linksOfText(details),
      created,
      modified,
      createdBy: createdBy.user as string,
    },
    ...(key === undefined ? undefined : { key }),
  };
}

function isText(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isState(value: Json | undefined): value is State {
  return states.some((state) => state === value);
}

function isInstant(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function stringsByKey(value: Json | undefined): Readonly<Record<string, string>> | undefined {
  if (!isJsonObject(value)) return undefined;
  const isRecord = Object.values(value).every((item) => typeof item === "string");
  return isRecord ? (value as Readonly<Record<string, string>>) : undefined;
}
