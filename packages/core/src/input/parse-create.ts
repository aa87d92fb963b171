import {
  type DetailsResult,
  detailsOfSource,
  detailsOfValue,
  emptyDetails,
} from "../values/details-text.ts";
import { HoldfastError } from "../failure.ts";
import type { ContentPart } from "../content.ts";
import {
  type ContentName,
  classOfId,
  type DataObjectClass,
  isObjectId,
  type ProjectId,
  type ProvisionalId,
} from "../ids.ts";
import { InputFields, refuseInput, required } from "./input-fields.ts";
import type { CreateInput, InheritedField, InitializeFrom } from "../operation.ts";
import { ownFieldsOf } from "../objects/own-fields.ts";
import { parseOwn } from "./parse-own.ts";
import { parseProperties } from "./parse-properties.ts";
import { embeddedProblem } from "../values/provisional-text.ts";
import {
  folderProblem,
  nameProblem,
  normalFolder,
  tagProblem,
  typeProblem,
} from "../values/values.ts";
import { kindOf, quoted } from "../values/words.ts";

const inheritedFields: readonly InheritedField[] = [
  "name",
  "types",
  "tags",
  "properties",
  "details",
  "hidden",
];

/** A create an app asked for, valid as far as it can be judged without looking at other objects. */
export interface CreateRequest {
  readonly class: DataObjectClass;
  readonly project: ProjectId;
  readonly input: CreateInput;
  /** Provisional ids in details and property values. */
  readonly references: readonly ProvisionalId[];
  /** The ids that the details link to. */
  readonly links: readonly string[];
  readonly initializeFrom?: InitializeFrom;
  /** Of a file: what it is made with. */
  readonly content?: NewContent;
}

/** Content that is whole on this device, and is to be a file's. */
export interface NewContent {
  readonly name: ContentName;
  readonly parts: readonly ContentPart[];
}

/** Classes that can be made here: an applet needs what no offline store has, and the others have services of their own. */
export type CreatableClass = "record" | "file" | "workflow";

const commonFields: readonly string[] = [
  "project",
  "name",
  "folder",
  "parents",
  "types",
  "tags",
  "properties",
  "details",
  "detailsText",
  "hidden",
];

const createFields: Readonly<Record<CreatableClass, readonly string[]>> = {
  record: [...commonFields, "close", "initializeFrom"],
  file: [...commonFields, ...ownFieldsOf("file")],
  workflow: [...commonFields, ...ownFieldsOf("workflow"), "initializeFrom"],
};

export const creatableClasses: readonly CreatableClass[] = Object.keys(
  createFields,
) as CreatableClass[];

/**
 * Reads the input of `/record/new` (DO §6), `/file/new` (DO §7.1) or `/workflow/new` (CS §6), less the nonce, which is
 * drawn here. Instead of `details` it may hold `detailsText`, the JSON text of them, in which numbers keep all digits. Repeated types and tags collapse, the
 * folder is normalised, nothing of the input is kept by reference.
 * @throws HoldfastError `InvalidInput`, or `InvalidType` where `project` is a string but no project's id.
 */
export function parseCreate(objectClass: CreatableClass, value: unknown): CreateRequest {
  if (!creatableClasses.includes(objectClass)) {
    refuseInput(`what is made here is one of ${creatableClasses.join(", ")}`);
  }
  const fields = new InputFields(value, objectClass, createFields[objectClass]);
  const { properties, references: inProperties } = parseProperties(
    fields.get("properties") ?? {},
    fields.at("properties"),
  );
  const details = parseDetailsFields(fields) ?? {
    text: emptyDetails,
    links: [],
    references: [],
  };
  const { own, references: inOwn } = parseOwn(objectClass, fields);
  const initializeFrom = parseInitializeFrom(objectClass, fields);
  return {
    class: objectClass,
    project: fields.project("project"),
    input: {
      name: fields.checked("name", embeddedProblem(nameProblem)) ?? null,
      folder: normalFolder(fields.checked("folder", embeddedProblem(folderProblem)) ?? "/"),
      parents: fields.boolean("parents") ?? false,
      types: distinct(fields.checkedList("types", typeProblem)),
      tags: distinct(fields.checkedList("tags", embeddedProblem(tagProblem))),
      properties,
      details: details.text,
      hidden: fields.boolean("hidden") ?? false,
      close: fields.boolean("close") ?? false,
      ...(own === undefined ? undefined : { own }),
    },
    references: [...new Set([...details.references, ...inProperties, ...inOwn])],
    links: details.links,
    ...(initializeFrom === undefined ? undefined : { initializeFrom }),
  };
}

/** Reads `details` or `detailsText`; undefined where neither is given. @throws HoldfastError `InvalidInput`. */
export function parseDetailsFields(
  fields: InputFields,
): Exclude<DetailsResult, { readonly failure: unknown }> | undefined {
  const hasText = fields.has("detailsText");
  if (hasText && fields.has("details")) {
    refuseInput(`${fields.at("details")} and detailsText are two ways to give one thing; give one`);
  }
  if (!hasText && !fields.has("details")) return undefined;
  const result = hasText
    ? detailsOfSource(fields.get("detailsText"))
    : detailsOfValue(fields.get("details"));
  if ("failure" in result) throw new HoldfastError(result.failure);
  return result;
}

function parseInitializeFrom(
  objectClass: CreatableClass,
  fields: InputFields,
): InitializeFrom | undefined {
  if (!fields.has("initializeFrom")) return undefined;
  const source = new InputFields(fields.get("initializeFrom"), fields.at("initializeFrom"), [
    "project",
    "id",
  ]);
  const id = required(source.get("id"), source.at("id"));
  if (!isObjectId(id) || classOfId(id) !== objectClass) {
    const given = typeof id === "string" ? quoted(id) : kindOf(id);
    refuseInput(`${source.at("id")} must be the id of a ${objectClass}, not ${given}`);
  }
  const given = (field: string): boolean => fields.has(field);
  return {
    project: source.project("project"),
    id,
    fields: inheritedFields.filter(
      (field) => !given(field) && !(field === "details" && given("detailsText")),
    ),
  };
}

function distinct(values: readonly string[] = []): readonly string[] {
  return [...new Set(values)];
}
