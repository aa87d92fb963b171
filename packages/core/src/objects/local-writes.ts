import { applyOperation } from "./apply.ts";
import { assert } from "../assert.ts";
import { sizeOfParts } from "../content.ts";
import { contentDeletes, wholeContent } from "../contents/content-rows.ts";
import type { ObjectRow, ObjectState } from "../data-object.ts";
import type { Failure, PlatformFailure } from "../failure.ts";
import {
  type ContentName,
  drawCreate,
  fromLocalKey,
  isProvisionalId,
  type LocalKey,
  newOperationId,
  type ObjectId,
  type OperationId,
  type ProjectId,
  type ProvisionalId,
  toLocalKey,
} from "../ids.ts";
import { lifecycleAnswer, methodOf } from "./lifecycle.ts";
import { initialize, waitsForName } from "./initialize-from.ts";
import type { FolderRequest } from "../input/parse-folder-operation.ts";
import { pathsOf } from "../planning/folder-order.ts";
import { folderRefusal, foldersAsked } from "./project-folders.ts";
import { baseOf, passed, relocationOf, withRelocation } from "./relocations.ts";
import { referencesOf } from "../values/references.ts";
import { projectAnswer } from "./project-methods.ts";
import { holdsClose } from "./rebuild-view.ts";
import { newProjectRow } from "./project-row.ts";
import { failureAt } from "../input/input-fields.ts";
import {
  type AttachOperation,
  isFolderOperation,
  type Operation,
  type OutboxRow,
  type Sequence,
} from "../operation.ts";
import type { CreateRequest, NewContent } from "../input/parse-create.ts";
import type { EditRequest } from "../input/parse-edit.ts";
import type { EpochMs, Random } from "../ports.ts";
import type { Decision, Delete, Put, Reads, Rows, Subtree, Write } from "../store.ts";

/** Objects made or edited in one write: more would hold up every other write for too long. */
export const maxObjectsPerWrite = 50_000;

export interface LocalWriteContext {
  /** The bound user: who creates. */
  readonly user: string;
  /** Device time of the call. */
  readonly at: EpochMs;
  readonly random: Random;
  /**
   * The platform's clock minus the device's, as last known. Handed in and not read with the rows: a write that reads
   * nothing, as most creates do, need not wait for the database before it is decided. Default: 0.
   */
  readonly serverOffsetMs?: number;
  /**
   * The local keys of objects mentioned (in details, property values, `initializeFrom`) whose key is not their id in
   * the project of the writer: those of other projects, and those made here but named by their real id. Default: none.
   */
  readonly keys?: ReadonlyMap<string, LocalKey>;
}

export interface CreatedObject {
  readonly key: LocalKey;
  readonly id: ProvisionalId;
  readonly operation: OperationId;
}

/** Edits of one object, in order, all or none. */
export interface ObjectEdits {
  readonly key: LocalKey;
  readonly edits: readonly AnyEdit[];
}

/** Edits that an app calls, and the attaching of content, which comes by a way of its own. */
export type AnyEdit =
  | EditRequest
  | FolderRequest
  | { readonly operation: AttachOperation; readonly references: readonly [] };

export interface EditedObject {
  readonly key: LocalKey;
  /** One for each edit, in the same order. */
  readonly operations: readonly OperationId[];
}

export type EditResult = EditedObject | { readonly key: LocalKey; readonly failure: Failure };

/**
 * Makes 1 to `maxObjectsPerWrite` objects, all or none, in the order given: for each a row that shows at once, and an
 * outbox row with its nonce and key (design §4.2).
 *
 * Fails with `ResourceNotFound` where an object made here that is mentioned, or is to be initialised from, is no longer
 * here; `failure.details.index` says which input was refused.
 */
export function createObjects(
  requests: readonly CreateRequest[],
  context: LocalWriteContext,
): Write<readonly CreatedObject[]> {
  assertCount(requests.length);
  const mentions = new Mentions(context);
  for (const request of requests) mentions.addCreate(request);
  return {
    durability: "strict",
    reads: mentions.reads(),
    decide(rows) {
      const draft = new Draft(rows, context);
      const result: CreatedObject[] = [];
      for (const [index, request] of requests.entries()) {
        const created = draft.createWhole(request);
        if ("failure" in created) {
          return {
            failure: requests.length === 1 ? created.failure : failureAt(created.failure, index),
          };
        }
        result.push(created);
      }
      return { puts: draft.puts(), result };
    },
  };
}

/**
 * Edits one object. Fails, having changed nothing, with what the platform would answer: `ResourceNotFound` for an
 * object that is not here, `InvalidState` for a fixed field after the close.
 */
export function editObject(edits: ObjectEdits, context: LocalWriteContext): Write<EditedObject> {
  const many = editObjects([edits], context);
  return {
    ...many,
    decide(rows) {
      const decision = many.decide(rows);
      if ("failure" in decision) return decision;
      const [only] = decision.result;
      assert(only !== undefined, "one object was edited");
      return "failure" in only
        ? { failure: only.failure }
        : { puts: decision.puts ?? [], result: only };
    },
  };
}

/**
 * Gives an open file the content that was kept for it: an operation of its lane. Fails with `InvalidState` where it has content
 * already or is not open, `InvalidType` for what is no file, `ResourceNotFound`, and `StorageFailed` where the
 * content is gone.
 */
export function attachContent(
  { key, content }: { readonly key: LocalKey; readonly content: NewContent },
  context: LocalWriteContext,
): Write<EditedObject> {
  return {
    durability: "strict",
    reads: { objects: [key], contents: [content.name] },
    decide(rows) {
      const draft = new Draft(rows, context);
      const attached = draft.attach(key, content);
      if ("failure" in attached) return { failure: attached.failure };
      return { puts: draft.puts(), deletes: draft.deletes(), result: attached };
    },
  };
}

/** Edits many objects in one write, each on its own: what refuses one leaves the others be. */
export function editObjects(
  objects: readonly ObjectEdits[],
  context: LocalWriteContext,
): Write<readonly EditResult[]> {
  assertCount(objects.length);
  const mentions = new Mentions(context);
  for (const object of objects) mentions.addEdits(object);
  return {
    durability: "strict",
    reads: mentions.reads(),
    decide(rows): Decision<readonly EditResult[]> {
      const draft = new Draft(rows, context);
      const result = objects.map((object) => draft.edit(object));
      return { puts: draft.puts(), result };
    },
  };
}

/** The name under which an operation touches a folder: `project-xxxx:/path`. */
export function folderTouched(project: ProjectId, folder: string): string {
  return `${project}:${folder}`;
}

function assertCount(objects: number): void {
  assert(
    objects > 0 && objects <= maxObjectsPerWrite,
    `a write is of 1 to ${maxObjectsPerWrite} objects, not ${objects}`,
  );
}

function keyOf(id: ObjectId, project: ProjectId, context: LocalWriteContext): LocalKey {
  return context.keys?.get(id) ?? toLocalKey(project, id);
}

/** Collects what a write must read. */
class Mentions {
  readonly #context: LocalWriteContext;
  readonly #objects = new Set<LocalKey>();
  readonly #lanes = new Set<LocalKey>();
  readonly #aliases = new Set<ProvisionalId>();
  readonly #contents: ContentName[] = [];
  readonly #subtrees: Subtree[] = [];

  constructor(context: LocalWriteContext) {
    this.#context = context;
  }

  addCreate({ project, references, initializeFrom, content }: CreateRequest): void {
    this.#addReferences(references, project);
    if (content !== undefined) this.#contents.push(content.name);
    if (initializeFrom === undefined) return;
    this.#objects.add(keyOf(initializeFrom.id, initializeFrom.project, this.#context));
  }

  addEdits({ key, edits }: ObjectEdits): void {
    this.#objects.add(key);
    const { project } = fromLocalKey(key);
    for (const { operation, references } of edits) {
      this.#addReferences(references, project);
      if (operation.kind === "close") this.#lanes.add(key);
      if (!isFolderOperation(operation)) continue;
      for (const folder of foldersAsked(operation))
        this.#subtrees.push({ project, folder, limit: 1 });
      const from = relocationOf(operation)?.from;
      if (from !== undefined) this.#subtrees.push({ project, folder: from });
    }
  }

  reads(): Reads {
    return {
      objects: [...this.#objects],
      lanes: [...this.#lanes],
      aliases: [...this.#aliases],
      contents: this.#contents,
      subtrees: this.#subtrees,
    };
  }

  #addReferences(references: readonly ProvisionalId[], project: ProjectId): void {
    for (const id of references) {
      this.#aliases.add(id);
      this.#objects.add(keyOf(id, project, this.#context));
    }
  }
}

/** What one write will put: rows of objects as its own operations left them, and its outbox rows. */
export class Draft {
  readonly #rows: Rows;
  readonly #context: LocalWriteContext;
  readonly #objects = new Map<LocalKey, ObjectRow>();
  readonly #outbox: OutboxRow[] = [];
  readonly #contents: Put[] = [];
  readonly #deletes: Delete[] = [];

  /** @param seen - rows that the write has read by other ways than their keys, and will change. */
  constructor(rows: Rows, context: LocalWriteContext, seen: readonly ObjectRow[] = []) {
    this.#rows = rows;
    this.#context = context;
    for (const row of seen) this.#objects.set(row.key, row);
  }

  puts(): readonly Put[] {
    return [
      ...Array.from(this.#objects.values(), (row): Put => ({ table: "objects", row })),
      ...this.#outbox.map((row): Put => ({ table: "outbox", row })),
      ...this.#contents,
    ];
  }

  deletes(): readonly Delete[] {
    return this.#deletes;
  }

  /** With its content, where it has any. */
  createWhole(request: CreateRequest): CreatedObject | { readonly failure: Failure } {
    const created = this.create(request);
    if ("failure" in created || request.content === undefined) return created;
    const attached = this.attach(created.key, request.content);
    return "failure" in attached ? attached : created;
  }

  attach(key: LocalKey, { name, parts }: NewContent): EditResult {
    const row = this.#rows.content(name);
    if (row?.state !== "writing") return { key, failure: contentGone(name) };
    const before = this.#objects.get(key) ?? this.#rows.object(key);
    const refused = before === undefined ? undefined : attachRefusal(before);
    if (refused !== undefined) return { key, failure: refused };
    const operation = { kind: "attach", content: name, size: sizeOfParts(parts) } as const;
    const edited = this.edit({ key, edits: [{ operation, references: [] }] });
    const object = this.#objects.get(key);
    if ("failure" in edited || object === undefined) return edited;
    const { fetching: _, ...rest } = object;
    this.#objects.set(key, { ...rest, content: name });
    this.#contents.push(wholeContent(row, { file: key, parts }));
    this.#deletes.push(...contentDeletes(object, { content: name }));
    return edited;
  }

  create(given: CreateRequest): CreatedObject | { readonly failure: PlatformFailure } {
    const missing = this.#missing(given.references, given.project);
    if (missing !== undefined) return { failure: missing };
    const request = this.#initialized(given);
    if ("failure" in request) return request;
    const { class: objectClass, project, input, references, initializeFrom: inherits } = request;
    const sequence = this.#rows.nextSequence();
    const {
      id,
      operation: operationId,
      nonce,
      key: createKey,
    } = drawCreate(objectClass, sequence, this.#context.random);
    const key = toLocalKey(project, id);
    const operation: Operation = {
      kind: "create",
      class: objectClass,
      input,
      ...(inherits === undefined ? undefined : { inherits }),
    };
    const applied = applyOperation(undefined, operation, {
      ...this.#applyContext(objectClass),
      links: request.links,
    });
    if ("failure" in applied) return applied;
    this.#objects.set(key, {
      version: 1,
      key,
      project,
      id,
      class: objectClass,
      view: applied.state,
      pending: 1,
      parked: 0,
    });
    this.#outbox.push({
      version: 1,
      sequence,
      id: operationId,
      lane: key,
      operation,
      touches: [id, folderTouched(project, input.folder)],
      waitsFor: inherits === undefined ? references : referencesOf(operation),
      madeAt: this.#context.at,
      create: { nonce, key: createKey },
    });
    return { key, id, operation: operationId };
  }

  /** @param options - `checksFolders`: refuse what folders that are known here do not take. Default true. */
  edit(
    { key, edits }: ObjectEdits,
    { checksFolders = true }: { readonly checksFolders?: boolean } = {},
  ): EditResult {
    const row = this.#objects.get(key) ?? this.#rows.object(key) ?? newProjectRow(key);
    if (row === undefined || row.removed) return { key, failure: notHere(fromLocalKey(key).id) };
    let view: ObjectState = row.view;
    let isRemoved = false;
    const queued: Queued[] = [];
    for (const edit of edits) {
      const { operation, references } = edit;
      if (isRemoved) return { key, failure: notHere(row.id) };
      isRemoved = operation.kind === "remove";
      const missing = this.#missing(references, row.project);
      if (missing !== undefined) return { key, failure: missing };
      const applied =
        (checksFolders ? this.#folderRefusal(row.project, view, operation) : undefined) ??
        applyOperation(view, operation, this.#applyContext(row.class));
      if ("failure" in applied) {
        return { key, failure: { ...applied.failure, object: row.realId ?? row.id } };
      }
      queued.push({ edit, touches: touchesOf(row, view, operation) });
      if (operation.kind !== "close" || !this.#holdsClose(row)) view = applied.state;
    }
    if (edits.length === 0) return { key, operations: [] };
    const base = baseOf(row);
    const isMoved = edits.some(({ operation }) => operation.kind === "move");
    this.#objects.set(key, {
      ...row,
      ...(row.relocations !== undefined && isMoved
        ? { relocations: passed(row.relocations) }
        : undefined),
      view,
      ...(base === undefined ? undefined : { base }),
      pending: row.pending + edits.length,
      ...(isRemoved ? { removed: true } : undefined),
    });
    return {
      key,
      operations: queued.map((one) => {
        const { id, sequence, operation } = this.#enqueue(row, one);
        this.#relocate(row.project, sequence, operation);
        return id;
      }),
    };
  }

  #holdsClose({ key, parked }: ObjectRow): boolean {
    return parked > 0 && this.#rows.lane(key).some(holdsClose);
  }

  #folderRefusal(
    project: ProjectId,
    state: ObjectState,
    operation: Operation,
  ): { readonly failure: PlatformFailure } | undefined {
    if (!isFolderOperation(operation)) return undefined;
    const holdsObjects = (folder: string): boolean =>
      this.#rows.within({ project, folder, limit: 1 }).length > 0;
    const failure = folderRefusal(operation, { state, holdsObjects });
    return failure === undefined ? undefined : { failure };
  }

  /** What lies in a folder goes where the folder goes, in the view of each. */
  #relocate(project: ProjectId, sequence: Sequence, operation: Operation): void {
    const move = relocationOf(operation);
    if (move === undefined || move.from === move.to) return;
    for (const row of this.#rows.within({ project, folder: move.from })) {
      this.#objects.set(row.key, withRelocation(row, sequence, move));
    }
  }

  #enqueue(row: ObjectRow, { edit: { operation, references }, touches }: Queued): OutboxRow {
    const sequence = this.#rows.nextSequence();
    const id = newOperationId(sequence, this.#context.random);
    const queued: OutboxRow = {
      version: 1,
      sequence,
      id,
      lane: row.key,
      operation,
      touches,
      // Its own create goes first anyway.
      waitsFor: references.filter((reference) => reference !== row.id),
      madeAt: this.#context.at,
      ...(row.clonedTo !== undefined && travels(operation)
        ? { follows: row.clonedTo.map((project) => toLocalKey(project, row.id)) }
        : undefined),
    };
    this.#outbox.push(queued);
    return queued;
  }

  #initialized(request: CreateRequest): CreateRequest | { readonly failure: PlatformFailure } {
    const { initializeFrom } = request;
    if (initializeFrom === undefined) return request;
    const { id, project } = initializeFrom;
    const source = this.#rows.object(keyOf(id, project, this.#context));
    if (source !== undefined && !source.removed) {
      const whole = initialize(request, source);
      if (!waitsForName(request, source)) return whole;
      return { ...whole, initializeFrom: { ...initializeFrom, id: source.id, fields: ["name"] } };
    }
    // The platform is asked before the create is sent.
    if (source === undefined && !isProvisionalId(id)) return request;
    return { failure: notHere(id) };
  }

  #missing(references: readonly ProvisionalId[], project: ProjectId): PlatformFailure | undefined {
    for (const id of references) {
      const key = keyOf(id, project, this.#context);
      const row = this.#objects.get(key) ?? this.#rows.object(key);
      // What the platform has named can be mentioned also while it is being removed: nobody there looks (DO §3.2).
      const isHere = row === undefined ? undefined : row.removed === undefined;
      if (isHere !== true && this.#rows.alias(id) === undefined) return notHere(id);
    }
    return undefined;
  }

  #applyContext(objectClass: ObjectRow["class"]): Parameters<typeof applyOperation>[2] {
    const { user, at, serverOffsetMs = 0 } = this.#context;
    return { class: objectClass, user, at: at + serverOffsetMs };
  }
}

/** Whether a clone takes along what it sets (CS §4). */
function travels({ kind }: Operation): boolean {
  switch (kind) {
    case "rename":
    case "setProperties":
    case "addTags":
    case "removeTags":
      return true;
    default:
      return false;
  }
}

interface Queued {
  readonly edit: AnyEdit;
  readonly touches: readonly string[];
}

/** What says where an object is touches the folders, too. */
function touchesOf(
  { id, project }: ObjectRow,
  { folder }: ObjectState,
  operation: AnyEdit["operation"],
): readonly string[] {
  if (isFolderOperation(operation)) {
    return [id, ...pathsOf(operation).map((path) => folderTouched(project, path))];
  }
  const from = folderTouched(project, folder);
  if (operation.kind === "remove") return [id, from];
  if (operation.kind !== "move") return [id];
  return [...new Set([id, from, folderTouched(project, operation.folder)])];
}

function contentGone(name: ContentName): Failure {
  return {
    code: "StorageFailed",
    message: `${name} was given up before its file was there; attach it again`,
  };
}

/** Why an object takes no content, as it is now: only an open file does that has none. */
export function attachRefusal(row: ObjectRow): Failure | undefined {
  const { id, realId = id, content, view } = row;
  if (content !== undefined) {
    const message = `${realId} has content already; discard its attaching first, or make another file`;
    return { code: "InvalidState", message, object: realId };
  }
  const answer =
    row.class === "project"
      ? projectAnswer("attach")
      : lifecycleAnswer(row.class, view.state, methodOf("attach"));
  if (answer.allowed) return undefined;
  const message = `attach: ${realId} is a ${row.class} that is ${view.state}; only an open file takes content`;
  return { code: answer.error, message, object: realId };
}

/** What the platform would say of an object that is not on this device. */
export function notHere(id: ObjectId): PlatformFailure {
  const hint = isProvisionalId(id)
    ? "it was never made on this device, or was discarded or removed"
    : "it is not on this device; look it up first, or check the id and its project";
  return { code: "ResourceNotFound", message: `there is no object ${id}: ${hint}`, object: id };
}
