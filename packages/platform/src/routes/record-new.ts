import { isObjectId, type JsonObject } from "@holdfast/core";
import { invalidInput, notFound } from "../api-error.ts";
import { createdResolutionMs } from "../assumed.ts";
import {
  asHash,
  asProjectId,
  keyOf,
  member,
  optionalBoolean,
  requiredProject,
  requiredString,
} from "../input/fields.ts";
import {
  asFolder,
  asName,
  asProperties,
  asTags,
  asTypes,
  checkDetails,
  given,
  linksIn,
} from "../input/metadata.ts";
import { memberText } from "../json/source-text.ts";
import { reaches } from "../levels.ts";
import { initialState } from "../lifecycle.ts";
import type { Copy, DataObject } from "../world/data-object.ts";
import { sortedEntries } from "../world/world.ts";
import { hintedCopy, insufficient, projectAt } from "./access.ts";
import { type Call, recordEffect } from "./call.ts";
import { type Body, defineRoute, type Route } from "./route.ts";

interface Details {
  readonly text: string;
  readonly links: readonly string[];
}

/** What is not given is undefined, so that `initializeFrom` can supply it. */
interface NewRecord {
  readonly project: string;
  readonly folder: string;
  readonly parents: boolean;
  readonly close: boolean;
  readonly name: string | undefined;
  readonly tags: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
  readonly hidden: boolean | undefined;
  readonly properties: ReadonlyMap<string, string> | undefined;
  readonly details: Details | undefined;
  readonly initializeFrom: { readonly id: string; readonly project: string } | undefined;
}

/** DO §6. */
export const recordNew: Route = defineRoute<NewRecord>({
  subject: "record",
  method: "new",
  takesNonce: true,
  parse,
  run: (call, input) => {
    // Everything that must be there is looked up before anyone's level is judged (DO §1.7).
    const project = projectAt(call, input.project, "VIEW");
    if (!input.parents && !project.folders.has(input.folder)) {
      throw notFound(`folder "${input.folder}" in project "${project.id}"`);
    }
    const source = sourceOf(call, input);
    const level = project.levelOf(call.user.id);
    if (!reaches(level, "UPLOAD")) throw insufficient(`project "${project.id}"`, "UPLOAD", level);

    const folders = call.world.addFolders(project, input.folder);
    const object = make(call, input, source);
    call.world.addObject(object);
    record(call, object, folders);
    return { id: object.id };
  },
});

function parse(input: JsonObject, { text, limits }: Body<JsonObject>): NewRecord {
  const optional = <Value>(key: string, read: () => Value): Value | undefined =>
    given(input, key) ? read() : undefined;
  return {
    project: requiredProject(input),
    folder: optional("folder", () => asFolder(member(input, "folder"), "folder")) ?? "/",
    parents: optionalBoolean(input, "parents") ?? false,
    close: optionalBoolean(input, "close") ?? false,
    name: optional("name", () => asName(member(input, "name"), limits)),
    tags: optional("tags", () => asTags(input, limits)),
    types: optional("types", () => asTypes(input, limits)),
    hidden: optionalBoolean(input, "hidden"),
    properties: optional("properties", () => asProperties(member(input, "properties"), limits)),
    details: optional("details", () => {
      const value = member(input, "details") ?? null;
      const source = memberText(text, "details") ?? "";
      checkDetails(value, source, limits);
      return { text: source, links: linksIn(value) };
    }),
    initializeFrom: optional("initializeFrom", () => asSource(input)),
  };
}

function asSource(input: JsonObject): NewRecord["initializeFrom"] {
  const source = asHash(member(input, "initializeFrom"), keyOf("initializeFrom"));
  const id = requiredString(source, "id");
  if (!isObjectId(id) || !id.startsWith("record-")) {
    throw invalidInput('expected key "id" of "initializeFrom" to be the ID of a record');
  }
  const project = asProjectId(member(source, "project"), 'key "project" of "initializeFrom"');
  return { id, project };
}

/** The copy whose metadata are the defaults. The project is no hint here: the record must be in it. */
function sourceOf(call: Call, { initializeFrom }: NewRecord): Copy | undefined {
  if (initializeFrom === undefined) return undefined;
  const { id, project } = initializeFrom;
  projectAt(call, project, "VIEW");
  const copy = hintedCopy(call, id, project);
  if (copy.project !== project) throw notFound(`"${id}" in project "${project}"`);
  return copy;
}

/** Given inputs win over the source's; its name is taken even where it is only its own id (DO §6). */
function make(call: Call, input: NewRecord, source: Copy | undefined): DataObject {
  const entity = call.nonce === undefined ? [] : [call.user.id, call.route, call.nonce];
  const id = call.world.newId("record", entity);
  const object: DataObject = {
    id,
    class: "record",
    created: call.at - (call.at % createdResolutionMs),
    createdBy: call.user.id,
    origin: input.project,
    state: input.close ? "closed" : initialState("record"),
    hidden: input.hidden ?? source?.object.hidden ?? false,
    types: input.types ?? source?.object.types ?? [],
    details: input.details?.text ?? source?.object.details ?? "{}",
    links: input.details?.links ?? source?.object.links ?? [],
    copies: new Map(),
  };
  object.copies.set(input.project, {
    object,
    project: input.project,
    name: input.name ?? source?.name ?? id,
    folder: input.folder,
    tags: input.tags ?? source?.tags ?? [],
    properties: input.properties ?? source?.properties ?? new Map(),
    modified: call.at,
  });
  return object;
}

function record(call: Call, object: DataObject, folders: readonly string[]): void {
  const copy = object.copies.get(object.origin) as Copy;
  recordEffect(
    call,
    { id: object.id, project: object.origin, key: copy.properties.get(call.keyProperty) },
    {
      ...(folders.length === 0 ? {} : { folders: [null, folders] }),
      state: [null, object.state],
      hidden: [null, object.hidden],
      types: [null, object.types],
      details: [null, object.details],
      links: [null, object.links],
      name: [null, copy.name],
      folder: [null, copy.folder],
      tags: [null, copy.tags],
      properties: [null, sortedEntries(copy.properties)],
    },
  );
}
