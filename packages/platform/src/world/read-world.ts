import {
  classOfId,
  detailsProblem,
  folderProblem,
  isObjectId,
  isProjectId,
  type Json,
  type JsonObject,
  nameProblem,
  type ObjectId,
  propertyKeyProblem,
  propertyValueProblem,
  type State,
  states,
  tagProblem,
  typeProblem,
} from "@holdfast/core";
import type { Seed } from "../chance.ts";
import { linksIn } from "../input/metadata.ts";
import { nestingOf, withoutSpace } from "../json/source-text.ts";
import { levels } from "../levels.ts";
import { lifecycle } from "../lifecycle.ts";
import { defaultLimits } from "../limits.ts";
import type { Copy, DataObject } from "./data-object.ts";
import { driveClouds } from "./drive.ts";
import type { Effect } from "./effect.ts";
import { parentOf } from "./folder-tree.ts";
import { defaultSettings, Project, type ProjectSettings } from "./project.ts";
import type { TokenScope } from "./token-scope.ts";
import { readArchival, readFile, readPart, readPastPart } from "./read-files.ts";
import { nextNumber, World } from "./world.ts";
import { Place } from "./world-reader.ts";

/**
 * A world from a file that nobody vouches for.
 * @throws WorldFileError naming the path of the first thing that cannot be.
 */
export function readWorld(file: unknown, loggedEffects: number): World {
  const root = new Place(file, "world");
  root.at("format").oneOf(["holdfast-platform-world"]);
  const version = root.at("version");
  if (version.integer() !== 1) {
    throw version.problem(`is ${String(version.value)}; this release reads version 1`);
  }
  const effects = root.at("effects").items().map(readEffect);
  const world = new World({
    seed: readSeed(root.at("meta").at("seed")),
    drawnIds: root.at("meta").at("drawnIds").integer(),
    loggedEffects,
    effects,
    droppedEffects: effects[0]?.number ?? 0,
  });
  const drives = root.at("meta").at("drives");
  if (drives.value !== undefined) for (const place of drives.items()) readDrive(world, place);
  for (const place of root.at("users").items()) readUser(world, place);
  for (const place of root.at("projects").items()) readProject(world, place);
  for (const place of root.at("objects").items()) readObject(world, place);
  // The first worlds had no files.
  const parts = root.at("parts");
  if (parts.value !== undefined) for (const place of parts.items()) readPart(world, place);
  for (const place of root.at("removed").items()) readRemoved(world, place);
  // The first worlds had no search that lags.
  const past = root.at("past");
  if (past.value !== undefined) for (const place of past.items()) readPast(world, place);
  for (const place of root.at("nonces").items()) readNonce(world, place);
  return world;
}

const sha256Hex = /^[0-9a-f]{64}$/;
const userId = /^user-.+$/;

function readSeed(place: Place): Seed {
  return typeof place.value === "number" ? place.value : place.string();
}

function readDrive(world: World, place: Place): void {
  const id = place.at("id").matching(/^drive-[0-9a-zA-Z]{24}$/, "a drive's ID");
  world.putDrive({
    id: unique(world.drives, place.at("id"), id),
    owner: place.at("owner").matching(userId, "a user's ID"),
    name: place.at("name").string(),
    cloud: place.at("cloud").oneOf(driveClouds),
    isDisabled: place.at("isDisabled").boolean(),
  });
}

function readUser(world: World, place: Place): void {
  const hashes = place
    .at("tokenHashes")
    .items()
    .map((hash) => hash.matching(sha256Hex, "a SHA-256 in hex"));
  world.addUser({
    id: unique(world.users, place.at("id"), place.at("id").matching(userId, "a user's ID")),
    number: readNumber(place.at("number"), world.users),
    name: place.at("name").string(),
    tokenHashes: new Set(hashes),
    tokenScopes: readScopes(place.at("tokenScopes"), hashes),
  });
}

function readScopes(place: Place, hashes: readonly string[]): Map<string, TokenScope> {
  const scopes = new Map<string, TokenScope>();
  if (place.value === undefined) return scopes;
  for (const [hash, scope] of place.members()) {
    if (!hashes.includes(hash)) throw scope.problem("names no token of the user");
    const projects = scope.members().map(([project, level]) => {
      if (project !== "*" && !isProjectId(project)) throw level.problem("names no project");
      return [project, level.oneOf(levels)] as const;
    });
    scopes.set(hash, { projects: Object.fromEntries(projects) });
  }
  return scopes;
}

function readProject(world: World, place: Place): void {
  const id = place.at("id");
  if (!isProjectId(id.value)) throw id.problem("must be a project's ID");
  const project = new Project({
    id: unique(world.projects, id, id.value),
    number: readNumber(place.at("number"), world.projects),
    created: place.at("created").integer(),
    createdBy: place.at("createdBy").matching(userId, "a user's ID"),
    settings: readSettings(place.at("settings")),
  });
  project.modified = place.at("modified").integer();
  project.version = place.at("version").integer();
  for (const [user, level] of place.at("permissions").members()) {
    project.permissions.set(user, level.oneOf(levels));
  }
  for (const folder of place.at("folders").items()) {
    const path = folder.checked(folder.string(), folderProblem);
    if (path === "/") continue;
    if (!project.folders.has(parentOf(path))) throw folder.problem("comes before its parent");
    project.folders.add(path);
  }
  world.addProject(project);
}

function readSettings(place: Place): ProjectSettings {
  const flag = (key: keyof typeof defaultSettings): boolean => place.at(key).boolean();
  // What the first worlds did not have stands at its default.
  const later = <Value>(key: keyof ProjectSettings, read: (there: Place) => Value) => {
    const there = place.at(key);
    return there.value === undefined || there.value === null ? undefined : read(there);
  };
  const number = (there: Place): number => there.integer();
  return {
    name: place.at("name").string(),
    summary: place.at("summary").string(),
    description: place.at("description").string(),
    billTo: place.at("billTo").string(),
    region: place.at("region").string(),
    protected: flag("protected"),
    restricted: flag("restricted"),
    downloadRestricted: flag("downloadRestricted"),
    externalUploadRestricted: flag("externalUploadRestricted"),
    containsPHI: flag("containsPHI"),
    databaseUIViewOnly: flag("databaseUIViewOnly"),
    previewViewerRestricted: later("previewViewerRestricted", (there) => there.boolean()) ?? false,
    destroyProtected: later("destroyProtected", (there) => there.boolean()) ?? false,
    httpsAppIsolatedBrowsing:
      later("httpsAppIsolatedBrowsing", (there) => there.boolean()) ?? false,
    httpsAppIsolatedBrowsingOptions:
      later("httpsAppIsolatedBrowsingOptions", (there) => there.hash()) ?? null,
    databaseResultsRestricted: later("databaseResultsRestricted", number) ?? null,
    allowedExecutables: later("allowedExecutables", (there) => there.strings()) ?? null,
    defaultSymlink: later("defaultSymlink", (there) => there.hash()) ?? null,
    drive: later("drive", (there) => there.string()) ?? null,
    monthlyComputeLimit: later("monthlyComputeLimit", number) ?? null,
    monthlyEgressBytesLimit: later("monthlyEgressBytesLimit", number) ?? null,
    tags: place.at("tags").strings(),
    properties: readProperties(place.at("properties")),
  };
}

function readObject(world: World, place: Place): void {
  const object = readShared(place);
  unique(world.objects, place.at("id"), object.id);
  const copies = place.at("copies");
  for (const item of copies.items()) {
    const { folder } = readCopy(object, item);
    const project = world.projects.get(item.at("project").string());
    if (project === undefined) throw item.at("project").problem("names no project of this world");
    if (!project.folders.has(folder)) {
      throw item.at("folder").problem("names no folder of the project");
    }
  }
  if (object.copies.size === 0) throw copies.problem("must name at least one project");
  world.addObject(object);
}

/** The projects and folders of the past may be gone. */
function readPast(world: World, place: Place): void {
  const { entries } = world.past;
  const last = entries.at(-1);
  const [number, at, id, was] = [
    place.at("number"),
    place.at("at"),
    place.at("id"),
    place.at("before"),
  ];
  if (last !== undefined && number.integer() !== last.number + 1) {
    throw number.problem("must be numbered in order");
  }
  if (last !== undefined && at.integer() < last.at) throw at.problem("comes before the last one");
  const project = place.at("project").checked(place.at("project").string(), projectIdProblem);
  const row = { number: number.integer(), at: at.integer(), project, id: id.string() };
  world.past.load({ ...row, before: was.value === undefined ? undefined : readBefore(place) });
}

function projectIdProblem(id: string): string | undefined {
  return isProjectId(id) ? undefined : "must be a project's ID";
}

function readBefore(place: Place): Copy {
  const was = place.at("before");
  const object = readShared(was);
  const id = was.at("id");
  if (object.id !== place.at("id").value) throw id.problem("is not that of the change");
  const parts = place.at("parts");
  if (parts.value !== undefined) for (const part of parts.items()) readPastPart(object, part);
  for (const item of was.at("copies").items()) readCopy(object, item);
  const copy = object.copies.get(place.at("project").string());
  if (copy === undefined || object.copies.size !== 1) {
    throw was.at("copies").problem("must be the one copy of the change");
  }
  return copy;
}

function readShared(place: Place): DataObject {
  const id = place.at("id");
  if (!isObjectId(id.value)) throw id.problem("must be a data object's ID");
  const details = readDetails(place.at("details"));
  return {
    id: id.value,
    class: classOfId(id.value),
    created: place.at("created").integer(),
    createdBy: place.at("createdBy").string(),
    origin: place.at("origin").string(),
    state: readState(place.at("state"), id.value),
    hidden: place.at("hidden").boolean(),
    types: place
      .at("types")
      .items()
      .map((type) => type.checked(type.string(), typeProblem)),
    details: details.text,
    links: linksIn(details.value),
    ...readOwn(place.at("own"), id.value),
    ...(classOfId(id.value) === "file" ? { file: readFile(place.at("file")) } : {}),
    copies: new Map(),
  };
}

/** What only its class has. Records and files keep nothing there. */
function readOwn(place: Place, id: ObjectId): { readonly own?: JsonObject } {
  if (place.value === undefined) return {};
  const objectClass = classOfId(id);
  if (objectClass === "record" || objectClass === "file") {
    throw place.problem(`no ${objectClass} has it`);
  }
  if (objectClass === "workflow") {
    place.at("editVersion").integer();
    for (const stage of place.at("stages").items()) {
      stage.at("id").string();
      stage.at("executable").string();
    }
  }
  return { own: place.hash() };
}

function readState(place: Place, id: ObjectId): State {
  const state = place.oneOf(states);
  if (lifecycle[classOfId(id)][state] === undefined) {
    throw place.problem(`no ${classOfId(id)} is ever ${state}`);
  }
  return state;
}

function readDetails(place: Place): { readonly text: string; readonly value: Json } {
  const text = place.string();
  if (nestingOf(text) > defaultLimits.nesting) throw place.problem("is nested too deeply");
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw place.problem("must be JSON text");
  }
  place.checked(value, detailsProblem);
  return { text: withoutSpace(text), value };
}

function readCopy(object: DataObject, place: Place): Copy {
  const [project, folder, name] = [place.at("project"), place.at("folder"), place.at("name")];
  const copy: Copy = {
    object,
    project: unique(object.copies, project, project.string()),
    name: name.checked(name.string(), nameProblem),
    folder: folder.checked(folder.string(), folderProblem),
    tags: place
      .at("tags")
      .items()
      .map((tag) => tag.checked(tag.string(), tagProblem)),
    properties: readProperties(place.at("properties")),
    modified: place.at("modified").integer(),
    archival: readArchival(place.at("archival"), object),
  };
  object.copies.set(copy.project, copy);
  return copy;
}

function readProperties(place: Place): ReadonlyMap<string, string> {
  return new Map(
    place.members().map(([key, value]) => {
      place.checked(key, propertyKeyProblem);
      return [key, value.checked(value.string(), propertyValueProblem)];
    }),
  );
}

function readRemoved(world: World, place: Place): void {
  const container = place.at("project");
  if (!isProjectId(container.value)) throw container.problem("must be a project's ID");
  const project = world.projects.get(container.value);
  const id = place.at("id").string();
  const modified = place.at("modified").integer();
  const last = { id, modified, created: place.at("created").integer() };
  if (project === undefined) world.addRemovedWithProject(container.value, last);
  else world.addRemoved(project, last);
}

function readNonce(world: World, place: Place): void {
  world.addNonce({
    key: place.at("key").string(),
    inputHash: place.at("inputHash").matching(sha256Hex, "a SHA-256 in hex"),
    reply: place.at("reply").string(),
    at: place.at("at").integer(),
  });
}

function readEffect(place: Place, index: number, all: readonly Place[]): Effect {
  const number = place.at("number");
  const first = all[0]?.at("number").integer() ?? 0;
  if (number.integer() !== first + index) throw number.problem("effects must be numbered in order");
  place.at("at").integer();
  for (const key of ["requestId", "user", "route", "id", "project"]) place.at(key).string();
  for (const [, change] of place.at("changed").members()) {
    if (change.items().length !== 2) throw change.problem("must be [before, after]");
  }
  return place.value as Effect;
}

/** Rows stand in the order of their numbers. */
function readNumber(place: Place, before: Parameters<typeof nextNumber>[0]): number {
  const number = place.integer();
  if (number < nextNumber(before)) throw place.problem("must rise from row to row");
  return number;
}

function unique<Value>(there: ReadonlyMap<string, Value>, place: Place, id: string): string {
  if (there.has(id)) throw place.problem(`${id} is there twice`);
  return id;
}
