import type { Json } from "@holdfast/core";
import { toBase64 } from "../content/base64.ts";
import type { Content } from "../content/content.ts";
import type { Copy, DataObject } from "./data-object.ts";
import { type FileState, type Part, sortedParts } from "./file-state.ts";
import type { PastEntry } from "./past.ts";
import type { Project } from "./project.ts";
import type { RowName } from "./unsaved-rows.ts";
import { sortedEntries, type User, type World } from "./world.ts";
import type {
  CopyRow,
  FileRow,
  MetaRow,
  ObjectRow,
  PartRow,
  PastRow,
  ProjectRow,
  RemovedRow,
  UserRow,
  WorldFile,
} from "./world-file.ts";

export function writeWorld(world: World): WorldFile {
  return {
    format: "holdfast-platform-world",
    version: 1,
    meta: metaRow(world),
    users: [...world.users.values()].map(userRow),
    projects: [...world.projects.values()].map(projectRow),
    objects: sortedRows(world.objects, objectRow),
    parts: sortedRows(world.objects, (object) => partRows(object)).flat(),
    removed: [...removedOf(world)].sort(byProjectAndId),
    past: world.past.entries.map(pastRow),
    nonces: [...world.nonces.all()].sort(
      (left, right) => left.at - right.at || compare(left.key, right.key),
    ),
    effects: world.effects.entries,
  };
}

/** A row as it is now; undefined where there is none any more. */
export function rowOf(world: World, { table, key }: RowName): object | undefined {
  switch (table) {
    case "meta":
      return metaRow(world);
    case "users":
      return optional(world.users.get(key), userRow);
    case "projects":
      return optional(world.projects.get(key), projectRow);
    case "objects":
      return optional(world.objects.get(key), objectRow);
    case "parts":
      return partAt(world, key);
    case "removed": {
      const [project = "", id = ""] = key.split("/");
      const places = world.projects.get(project)?.removed ?? world.removedPlaces.get(project);
      const place = places?.get(id);
      return place === undefined ? undefined : { project, ...place };
    }
    case "past":
      return optional(world.past.entry(Number(key)), pastRow);
    case "nonces":
      return world.nonces.get(key);
    case "effects":
      return world.effects.entries[Number(key) - world.effects.dropped];
  }
}

function metaRow(world: World): MetaRow {
  const { seed, drawnIds, drives } = world;
  if (drives.size === 0) return { seed, drawnIds };
  return { seed, drawnIds, drives: sortedRows(drives, (drive) => ({ ...drive })) };
}

function userRow(user: User): UserRow {
  const { id, number, name, tokenHashes, tokenScopes } = user;
  const row = { id, number, name, tokenHashes: [...tokenHashes].sort(compare) };
  if (tokenScopes.size === 0) return row;
  const scopes = [...tokenScopes].map(([hash, { projects }]) => [hash, projects] as const);
  return { ...row, tokenScopes: sortedEntries(new Map(scopes)) };
}

function projectRow(project: Project): ProjectRow {
  return {
    id: project.id,
    number: project.number,
    created: project.created,
    createdBy: project.createdBy,
    modified: project.modified,
    version: project.version,
    settings: sortedEntries(new Map(Object.entries(settingsRow(project)))),
    permissions: sortedEntries(project.permissions),
    folders: project.folders.all(),
  };
}

function settingsRow({ settings }: Project): { readonly [key: string]: Json } {
  return { ...settings, properties: sortedEntries(settings.properties) };
}

function objectRow(object: DataObject): ObjectRow {
  return {
    id: object.id,
    created: object.created,
    createdBy: object.createdBy,
    origin: object.origin,
    state: object.state,
    hidden: object.hidden,
    types: object.types,
    details: object.details,
    copies: sortedRows(object.copies, copyRow),
    ...(object.file === undefined ? {} : { file: fileRow(object.file) }),
    ...(object.own === undefined ? {} : { own: object.own }),
  };
}

function fileRow({ media, activeAt, closesAt, abandonedAt }: FileState): FileRow {
  return {
    media,
    activeAt,
    ...(closesAt === undefined ? {} : { closesAt }),
    ...(abandonedAt === undefined ? {} : { abandonedAt }),
  };
}

function partRows({ id, file }: DataObject, toRow: typeof partRow = partRow): readonly PartRow[] {
  if (file === undefined) return [];
  return sortedParts(file).map(([index, part]) => toRow(id, index, part));
}

function partAt(world: World, key: string): PartRow | undefined {
  const [id = "", index = ""] = key.split("/");
  const part = world.objects.get(id)?.file?.parts.get(Number(index));
  return part === undefined ? undefined : partRow(id, Number(index), part);
}

function partRow(file: string, index: number, part: Part): PartRow {
  const row = bareRow(file, index, part);
  return part.state === "complete" ? { ...row, ...contentFields(part.content) } : row;
}

function bareRow(file: string, index: number, { state, size, md5 }: Part): PartRow {
  return {
    file,
    index,
    state,
    ...(size === undefined ? {} : { size }),
    ...(md5 === undefined ? {} : { md5 }),
  };
}

function contentFields(content: Content): Pick<PartRow, "base64" | "stored"> {
  return content.kind === "inline" ? { base64: toBase64(content.bytes) } : { stored: content.name };
}

function copyRow(copy: Copy): CopyRow {
  return {
    project: copy.project,
    name: copy.name,
    folder: copy.folder,
    tags: copy.tags,
    properties: sortedEntries(copy.properties),
    modified: copy.modified,
    ...(copy.archival === undefined ? {} : { archival: copy.archival }),
  };
}

function pastRow({ number, at, project, id, before }: PastEntry): PastRow {
  const row = { number, at, project, id };
  if (before === undefined) return row;
  const parts = partRows(before.object, bareRow);
  return { ...row, before: objectRow(before.object), ...(parts.length === 0 ? {} : { parts }) };
}

function* removedOf(world: World): Generator<RemovedRow> {
  for (const { id: project, removed } of world.projects.values()) {
    for (const place of removed.values()) yield { project, ...place };
  }
  for (const [project, removed] of world.removedPlaces) {
    for (const place of removed.values()) yield { project, ...place };
  }
}

function sortedRows<Item, Row>(
  items: ReadonlyMap<string, Item>,
  toRow: (item: Item) => Row,
): readonly Row[] {
  return [...items].sort(([left], [right]) => compare(left, right)).map(([, item]) => toRow(item));
}

function optional<Item>(item: Item | undefined, toRow: (item: Item) => object): object | undefined {
  return item === undefined ? undefined : toRow(item);
}

function byProjectAndId(left: RemovedRow, right: RemovedRow): number {
  return compare(left.project, right.project) || compare(left.id, right.id);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
