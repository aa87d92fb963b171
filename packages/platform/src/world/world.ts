import type { EpochMs, Json, State } from "@holdfast/core";
import { nonceLifetimeMs } from "../assumed.ts";
import { drawId, type Seed } from "../chance.ts";
import type { Level } from "../levels.ts";
import { archivalStateOf } from "./archival.ts";
import { BoundedLog } from "./bounded-log.ts";
import type { Content } from "../content/content.ts";
import type { Archival, Copy, CopyFields, DataObject, SharedFields } from "./data-object.ts";
import type { Drive } from "./drive.ts";
import type { Effect } from "./effect.ts";
import { FileSchedule } from "./file-schedule.ts";
import { type FileState, type Part, partJson } from "./file-state.ts";
import { rebased } from "./folder-tree.ts";
import { sortKeyOf, type SortKey } from "./object-index.ts";
import { NonceBook, type NonceReply } from "./nonce-book.ts";
import { Past } from "./past.ts";
import type { Project, ProjectSettings } from "./project.ts";
import type { TokenScope } from "./token-scope.ts";
import { UnsavedRows } from "./unsaved-rows.ts";

/** A person with an account. Of tokens only the SHA-256 is kept. */
export interface User {
  readonly id: string;
  /** 0 for the first one: users are told in the order in which they came. */
  readonly number: number;
  readonly name: string;
  readonly tokenHashes: Set<string>;
  /** By hash: of the tokens that reach less far than the user. */
  readonly tokenScopes: Map<string, TokenScope>;
}

/** Fields that a change really changed: what they were and what they are. */
export type Changed = Record<string, readonly [before: Json, after: Json]>;

export interface WorldStart {
  readonly seed: Seed;
  /** Effects to keep. */
  readonly loggedEffects: number;
  readonly effects?: readonly Effect[];
  readonly droppedEffects?: number;
  /** Ids drawn so far without a nonce. */
  readonly drawnIds?: number;
}

/**
 * All that the platform knows. Every change goes through a method here, which keeps the indexes true and notes the
 * rows that are not yet saved; whether a change is allowed is for the routes to say.
 */
export class World {
  readonly seed: Seed;
  readonly users: Map<string, User> = new Map();
  readonly projects: Map<string, Project> = new Map();
  readonly objects: Map<string, DataObject> = new Map();
  /** By project that is gone: the last places of what was in it. */
  readonly removedPlaces: Map<string, Map<string, SortKey>> = new Map();
  /** The files to which time alone will do something. */
  readonly files: FileSchedule = new FileSchedule();
  readonly drives: Map<string, Drive> = new Map();
  readonly nonces: NonceBook = new NonceBook(nonceLifetimeMs);
  readonly effects: BoundedLog<Effect>;
  readonly unsaved: UnsavedRows = new UnsavedRows();
  /** What a search that lags sees. */
  readonly past: Past = new Past(this.unsaved);
  readonly #usersByToken = new Map<string, User>();
  /** An id is never given twice, not even after its object is gone. */
  readonly #removedIds = new Set<string>();
  #drawnIds: number;
  /** Content that no part has any more. */
  #freed: Content[] = [];

  constructor(start: WorldStart) {
    this.seed = start.seed;
    this.#drawnIds = start.drawnIds ?? 0;
    this.effects = new BoundedLog(start.loggedEffects, start.effects, start.droppedEffects);
    this.unsaved.add("meta", "world");
  }

  get drawnIds(): number {
    return this.#drawnIds;
  }

  userOfToken(tokenHash: string): User | undefined {
    return this.#usersByToken.get(tokenHash);
  }

  addUser(user: User): void {
    this.users.set(user.id, user);
    for (const hash of user.tokenHashes) this.#usersByToken.set(hash, user);
    this.unsaved.add("users", user.id);
  }

  addToken(user: User, tokenHash: string, scope?: TokenScope): void {
    user.tokenHashes.add(tokenHash);
    if (scope === undefined) user.tokenScopes.delete(tokenHash);
    else user.tokenScopes.set(tokenHash, scope);
    this.#usersByToken.set(tokenHash, user);
    this.unsaved.add("users", user.id);
  }

  revokeToken(tokenHash: string): void {
    const user = this.#usersByToken.get(tokenHash);
    if (user === undefined) return;
    this.#usersByToken.delete(tokenHash);
    user.tokenHashes.delete(tokenHash);
    user.tokenScopes.delete(tokenHash);
    this.unsaved.add("users", user.id);
  }

  /** A project is found by its number, or a created thing by the nonce, so that the order of calls does not matter. */
  newId(className: string, entity: readonly string[]): string {
    if (entity.length === 0) {
      this.#drawnIds += 1;
      this.unsaved.add("meta", "world");
      return this.#freeId(className, ["counter", this.#drawnIds]);
    }
    return this.#freeId(className, ["nonce", ...entity]);
  }

  addProject(project: Project): void {
    this.projects.set(project.id, project);
    this.unsaved.add("projects", project.id);
  }

  /** `NONE` takes the member away. */
  setLevel(project: Project, user: string, level: Level): void {
    if (level === "NONE") project.permissions.delete(user);
    else project.permissions.set(user, level);
    this.unsaved.add("projects", project.id);
  }

  /** `update` raises the version whatever it changes; tags and properties leave it alone [assumed, CS §1.2]. */
  editProject(
    project: Project,
    settings: Partial<ProjectSettings>,
    { at, raisesVersion = true }: { readonly at: EpochMs; readonly raisesVersion?: boolean },
  ): Changed {
    const changed = differences(project.settings, settings);
    project.settings = { ...project.settings, ...settings };
    if (raisesVersion) project.version += 1;
    if (raisesVersion || Object.keys(changed).length > 0) {
      project.modified = at;
      this.unsaved.add("projects", project.id);
    }
    return changed;
  }

  /** Takes the project away with everything in it. */
  removeProject(project: Project): void {
    for (const copy of project.index.all()) this.removeCopy(copy);
    this.projects.delete(project.id);
    this.removedPlaces.set(project.id, project.removed);
    this.unsaved.add("projects", project.id);
  }

  /** A new drive, or another state of one. */
  putDrive(drive: Drive): void {
    this.drives.set(drive.id, drive);
    this.unsaved.add("meta", "world");
  }

  /** Adds the folder and its missing parents, and names what was added. */
  addFolders(project: Project, path: string): readonly string[] {
    const added = project.folders.missing(path);
    for (const folder of added) project.folders.add(folder);
    if (added.length > 0) this.unsaved.add("projects", project.id);
    return added;
  }

  /** Takes a folder without objects away, and every one below it. */
  removeFolder(project: Project, path: string): void {
    project.folders.remove(path);
    this.unsaved.add("projects", project.id);
  }

  /** Gives a folder another path: everything in it and below goes along, and none of it counts as modified (O1). */
  moveFolder(project: Project, from: string, to: string): void {
    const paths = project.folders.within(from);
    const copies = paths.flatMap((path) => [...project.index.inFolder(path)]);
    project.folders.remove(from);
    for (const path of paths) project.folders.add(rebased(path, from, to));
    for (const copy of copies) this.moveCopy(copy, rebased(copy.folder, from, to));
    this.unsaved.add("projects", project.id);
  }

  /** Puts a copy in another folder of its project, which is no modification [assumed, O1]. */
  moveCopy(copy: Copy, folder: string): void {
    const { index } = this.#projectOf(copy);
    this.past.note(copy);
    index.remove(copy);
    copy.folder = folder;
    index.add(copy);
    this.unsaved.add("objects", copy.object.id);
  }

  /** Where the content of a copy is from now on, which is no modification [assumed, CS §5.5]. */
  setArchival(copy: Copy, archival: Archival | undefined): Changed {
    const before = archivalStateOf(copy) ?? null;
    this.past.note(copy);
    copy.archival = archival;
    this.files.update(copy.object);
    this.unsaved.add("objects", copy.object.id);
    return { archivalState: [before, archivalStateOf(copy) ?? null] };
  }

  /** The copies of an object that are billed to the same account as this one, itself too. */
  copiesOfAccount({ object, project }: Copy): readonly Copy[] {
    const billTo = this.projects.get(project)?.settings.billTo;
    return [...object.copies.values()].filter(
      (copy) => this.projects.get(copy.project)?.settings.billTo === billTo,
    );
  }

  /** One more copy of an object, in a project that has none. */
  addCopy(copy: Copy): void {
    this.past.noteNew(copy);
    copy.object.copies.set(copy.project, copy);
    this.#projectOf(copy).index.add(copy);
    this.files.update(copy.object);
    this.unsaved.add("objects", copy.object.id);
  }

  addObject(object: DataObject): void {
    this.objects.set(object.id, object);
    for (const copy of object.copies.values()) {
      this.past.noteNew(copy);
      this.#projectOf(copy).index.add(copy);
    }
    this.files.update(object);
    this.unsaved.add("objects", object.id);
  }

  /** What all copies share. A change moves `modified` of every copy, an assignment of the same does not. */
  editObject(object: DataObject, fields: Partial<SharedFields>, at: EpochMs): Changed {
    const changed = differences(object, fields);
    if (Object.keys(changed).length > 0) {
      for (const copy of object.copies.values()) {
        this.past.note(copy);
        this.#projectOf(copy).index.remove(copy);
      }
      Object.assign(object, fields);
      for (const copy of object.copies.values()) {
        copy.modified = at;
        this.#projectOf(copy).index.add(copy);
      }
      this.#touch(object, at);
    }
    return changed;
  }

  /** Another state of a file, and with it what it waits for from now on. */
  moveFile(
    object: DataObject,
    { state, closesAt }: { readonly state: State; readonly closesAt?: EpochMs },
    at: EpochMs,
  ): Changed {
    const file = fileOf(object);
    file.closesAt = closesAt;
    file.abandonedAt = state === "abandoned" ? at : undefined;
    return this.editObject(object, { state }, at);
  }

  /** Another part in the place of one, or of none. That is activity, but no change of metadata. */
  setPart(object: DataObject, index: number, { part, at }: PartChange): Changed {
    const { parts } = fileOf(object);
    const before = parts.get(index);
    parts.set(index, part);
    if (before?.state === "complete") this.#free(before.content, part);
    this.unsaved.add("parts", `${object.id}/${index}`);
    this.#touch(object, at);
    const changed = [partJson(before), partJson(part)] as const;
    return JSON.stringify(changed[0]) === JSON.stringify(changed[1])
      ? {}
      : { [`parts.${index}`]: changed };
  }

  /** A part of a saved world: it changes nothing. */
  loadPart(object: DataObject, index: number, part: Part): void {
    fileOf(object).parts.set(index, part);
    this.unsaved.add("parts", `${object.id}/${index}`);
  }

  /** Content that no part has any more, for whoever keeps it; each is told once. */
  takeFreed(): readonly Content[] {
    const freed = this.#freed;
    if (freed.length > 0) this.#freed = [];
    return freed;
  }

  /** What one copy has of its own. */
  editCopy(copy: Copy, fields: Partial<CopyFields>, at: EpochMs): Changed {
    const changed = differences(copy, fields);
    if (Object.keys(changed).length > 0) {
      const { index } = this.#projectOf(copy);
      this.past.note(copy);
      index.remove(copy);
      Object.assign(copy, fields);
      copy.modified = at;
      index.add(copy);
      this.#touch(copy.object, at);
    }
    return changed;
  }

  /** Takes one copy away, and the object with its last one. */
  removeCopy(copy: Copy): void {
    const { object } = copy;
    const project = this.#projectOf(copy);
    this.past.note(copy);
    project.index.remove(copy);
    this.addRemoved(project, sortKeyOf(copy));
    object.copies.delete(copy.project);
    this.unsaved.add("objects", object.id);
    if (object.copies.size > 0) {
      this.files.update(object);
      return;
    }
    this.objects.delete(object.id);
    this.files.remove(object);
    for (const [index, part] of object.file?.parts ?? []) {
      this.unsaved.add("parts", `${object.id}/${index}`);
      if (part.state === "complete") this.#free(part.content);
    }
  }

  /** Remembers the last place of a copy that is gone. */
  addRemoved(project: Project, place: SortKey): void {
    project.removed.set(place.id, place);
    this.#noteRemoved(project.id, place);
  }

  /** The same of a project that is gone itself: its objects' ids are not given again either. */
  addRemovedWithProject(project: string, place: SortKey): void {
    const places = this.removedPlaces.get(project) ?? new Map<string, SortKey>();
    places.set(place.id, place);
    this.removedPlaces.set(project, places);
    this.#noteRemoved(project, place);
  }

  #noteRemoved(project: string, { id }: SortKey): void {
    this.#removedIds.add(id);
    this.unsaved.add("removed", `${project}/${id}`);
  }

  addNonce(reply: NonceReply): void {
    this.nonces.add(reply);
    this.unsaved.add("nonces", reply.key);
    for (const key of this.nonces.expire(reply.at)) this.unsaved.add("nonces", key);
  }

  addEffect(effect: Omit<Effect, "number">): void {
    const number = this.effects.count;
    const { dropped } = this.effects;
    this.effects.add({ number, ...effect });
    this.unsaved.add("effects", String(number));
    for (let gone = dropped; gone < this.effects.dropped; gone++) {
      this.unsaved.add("effects", String(gone));
    }
  }

  #touch(object: DataObject, at: EpochMs): void {
    if (object.file !== undefined) object.file.activeAt = at;
    this.files.update(object);
    this.unsaved.add("objects", object.id);
  }

  #free(content: Content, successor?: Part): void {
    // The same bytes again have the same name.
    const kept = successor?.state === "complete" ? successor.content : undefined;
    if (content.kind === "inline") return;
    if (kept?.kind !== "stored" || kept.name !== content.name) this.#freed.push(content);
  }

  #projectOf(copy: Copy): Project {
    const project = this.projects.get(copy.project);
    if (project === undefined) throw new Error(`Broken invariant: no project ${copy.project}`);
    return project;
  }

  #freeId(className: string, entity: readonly (string | number)[]): string {
    for (let round = 0; ; round++) {
      const id = drawId(className, this.seed, round === 0 ? entity : [...entity, round]);
      if (!this.objects.has(id) && !this.projects.has(id) && !this.#removedIds.has(id)) return id;
    }
  }
}

interface PartChange {
  readonly part: Part;
  readonly at: EpochMs;
}

function fileOf({ id, file }: DataObject): FileState {
  if (file === undefined) throw new Error(`Broken invariant: ${id} is no file`);
  return file;
}

/** The number of the next user or project. */
export function nextNumber(there: ReadonlyMap<string, { readonly number: number }>): number {
  return ([...there.values()].at(-1)?.number ?? -1) + 1;
}

function differences<Fields extends object>(current: Fields, wanted: Partial<Fields>): Changed {
  const changed: Changed = {};
  for (const key of Object.keys(wanted) as (keyof Fields & string)[]) {
    const before = toJson(current[key]);
    const after = toJson(wanted[key]);
    if (JSON.stringify(before) !== JSON.stringify(after)) changed[key] = [before, after];
  }
  return changed;
}

function toJson(value: unknown): Json {
  return value instanceof Map ? sortedEntries(value) : (value as Json);
}

/** A map as a JSON hash whose keys are sorted: equal maps give equal text, whatever order they grew in. */
export function sortedEntries<Value extends Json>(
  map: ReadonlyMap<string, Value>,
): { readonly [key: string]: Value } {
  return Object.fromEntries(
    [...map].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)),
  );
}
