import type { DataObjectClass, JsonObject, State } from "@holdfast/core";
import { noFolder } from "../api-error.ts";
import { createdResolutionMs } from "../assumed.ts";
import { member, optionalBoolean, requiredProject } from "../input/fields.ts";
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
import type { Output } from "../json/json-writer.ts";
import type { Copy, DataObject } from "../world/data-object.ts";
import type { FileState } from "../world/file-state.ts";
import type { Project } from "../world/project.ts";
import { sortedEntries } from "../world/world.ts";
import { projectAt } from "./access.ts";
import { type Call, recordEffect } from "./call.ts";
import type { Body } from "./route.ts";

interface Details {
  readonly text: string;
  readonly links: readonly string[];
}

/** What the `new` of every class takes (DO §6, §7.1). What is not given is undefined, so that a source can supply it. */
export interface NewObject {
  readonly project: string;
  readonly folder: string;
  readonly parents: boolean;
  readonly name: string | undefined;
  readonly tags: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
  readonly hidden: boolean | undefined;
  readonly properties: ReadonlyMap<string, string> | undefined;
  readonly details: Details | undefined;
}

export function asNewObject(input: JsonObject, { text, limits }: Body<JsonObject>): NewObject {
  const optional = <Value>(key: string, read: () => Value): Value | undefined =>
    given(input, key) ? read() : undefined;
  return {
    project: requiredProject(input),
    folder: optional("folder", () => asFolder(member(input, "folder"), "folder")) ?? "/",
    parents: optionalBoolean(input, "parents") ?? false,
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
  };
}

/** The project it shall be in, which has the folder or gets it. The level is judged later (DO §1.7). */
export function projectOfNew(call: Call, { project: id, folder, parents }: NewObject): Project {
  const project = projectAt(call, id, "VIEW");
  if (!parents && !project.folders.has(folder)) {
    throw noFolder(folder, project.id);
  }
  return project;
}

/** What a class adds to what all of them have. */
export interface NewClass {
  readonly class: DataObjectClass;
  readonly state: State;
  /** Supplies what the input does not give. */
  readonly source?: Copy | undefined;
  readonly file?: FileState;
  /** What only the class has, as it is described. */
  readonly own?: JsonObject;
}

/** Makes the object, logs it and answers its id. Whether that is allowed was asked before. */
export function createObject(call: Call, input: NewObject, own: NewClass): Output {
  const project = projectOfNew(call, input);
  const folders = call.world.addFolders(project, input.folder);
  const object = make(call, input, own);
  call.world.addObject(object);
  record(call, object, folders);
  return { id: object.id };
}

/** Given inputs win over the source's; its name is taken even where it is only its own id (DO §6). */
function make(
  call: Call,
  input: NewObject,
  { source, file, own: extra, ...own }: NewClass,
): DataObject {
  const entity = call.nonce === undefined ? [] : [call.user.id, call.route, call.nonce];
  const id = call.world.newId(own.class, entity);
  const object: DataObject = {
    id,
    class: own.class,
    created: call.at - (call.at % createdResolutionMs),
    createdBy: call.user.id,
    origin: input.project,
    state: own.state,
    hidden: input.hidden ?? source?.object.hidden ?? false,
    types: input.types ?? source?.object.types ?? [],
    details: input.details?.text ?? source?.object.details ?? "{}",
    links: input.details?.links ?? source?.object.links ?? [],
    ...(file === undefined ? {} : { file }),
    ...(extra === undefined ? {} : { own: extra }),
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
      ...(object.file === undefined ? {} : { media: [null, object.file.media] }),
      ...(object.own === undefined ? {} : { own: [null, object.own] }),
      name: [null, copy.name],
      folder: [null, copy.folder],
      tags: [null, copy.tags],
      properties: [null, sortedEntries(copy.properties)],
    },
  );
}
