import {
  attachContent,
  attachRefusal,
  type Clock,
  cloneObject,
  type CreatableClass,
  createObjects,
  type CreateRequest,
  type EditRequest,
  editObject,
  type FolderRequest,
  HoldfastError,
  type LocalKey,
  type LocalWriteContext,
  type NewContent,
  type ObjectId,
  type ObjectRow,
  type OperationId,
  parseClone,
  parseCreate,
  parseEdit,
  parseFolderOperation,
  parseProjectEdit,
  type ProjectId,
  projectKey,
  removeFolderTree,
  type Random,
  type Store,
} from "@holdfast/core";
import type { FolderEdit } from "../folders.ts";
import type { CloneDestination } from "../object-handle.ts";
import type { ObjectEdit } from "../objects.ts";
import type { ProjectEdit } from "../projects.ts";
import type { CreationInput } from "../creation.ts";
import type { ContentTarget, Created, Edited } from "../wire.ts";
import type { KeyBook } from "./key-book.ts";
import { findObject, keysOfMentions, parseLocalKey } from "./object-keys.ts";

export interface WriterPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly user: string;
  readonly keys: KeyBook;
  /** The platform's clock minus the device's, as last known. */
  readonly serverOffsetMs: () => number | undefined;
}

/**
 * The local writes of one page. They reach the store in the order of the calls, also when one of them has to
 * look something up first: an edit must never be overtaken by the close that was called after it.
 */
export class Writer {
  readonly #ports: WriterPorts;
  #inLine = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(ports: WriterPorts) {
    this.#ports = ports;
  }

  /** @throws HoldfastError the refusal, in the platform's words; nothing is written then. */
  async create(
    objectClass: CreatableClass,
    input: CreationInput,
    content?: NewContent,
  ): Promise<Created> {
    const request = parseCreate(objectClass, input);
    const [created] = await this.createAll([
      content === undefined ? request : { ...request, content },
    ]);
    return created as Created;
  }

  /** All or none, in one transaction. */
  async createAll(requests: readonly CreateRequest[]): Promise<readonly Created[]> {
    if (requests.length === 0) return [];
    const mentions = mentionsOf(requests);
    return await this.#inTurn(
      mentions.size === 0 ? undefined : () => keysOfMentions(this.#ports.store, mentions),
      (keys) => this.#ports.store.write(createObjects(requests, this.#context(keys))),
    );
  }

  async edit({ object, kind, ...input }: ObjectEdit): Promise<Edited> {
    const request = parseEdit(kind, input);
    const key = parseLocalKey(object);
    if (key !== undefined && request.references.length === 0) {
      return await this.#withKey(key, (found) => this.#edit(found, request));
    }
    return await this.#inTurn(
      async () => await this.#lookUp(object, request),
      ({ found, keys }) => this.#edit(found, request, keys),
    );
  }

  /** Gives an open file content that is whole. */
  async attach(object: string, content: NewContent): Promise<Edited> {
    const key = await this.#attachable(object);
    return await this.#inTurn(undefined, async () => {
      const write = attachContent({ key, content }, this.#context());
      const { operations } = await this.#ports.store.write(write);
      return { key, operation: operations[0] } as Edited;
    });
  }

  /** Refuses now what would be refused once all of the content has come. @throws HoldfastError. */
  async checkTarget(target: ContentTarget): Promise<void> {
    if ("input" in target) parseCreate("file", target.input);
    else await this.#attachable(target.object);
  }

  async #attachable(object: string): Promise<LocalKey> {
    const found = await findObject(this.#ports.store, object);
    const failure = "failure" in found ? found.failure : attachRefusal(found.row);
    if (failure !== undefined) throw new HoldfastError(failure);
    return (found as { readonly row: ObjectRow }).row.key;
  }

  /** The copy of an object in another project. */
  async clone(object: string, destination: CloneDestination): Promise<Created> {
    const request = parseClone(destination);
    const key = parseLocalKey(object);
    const write = (source: LocalKey): Promise<Created> =>
      this.#ports.store.write(cloneObject(source, request, this.#context()));
    if (key !== undefined) return await this.#withKey(key, write);
    return await this.#inTurn(async () => {
      const found = await findObject(this.#ports.store, object);
      if ("failure" in found) throw new HoldfastError(found.failure);
      return found.row.key;
    }, write);
  }

  /** The project need not be known here. */
  async editProject(project: ProjectId, edit: ProjectEdit): Promise<Edited> {
    const { kind, ...input } = edit;
    const request = parseProjectEdit(kind, input);
    const mentions = new Map(request.references.map((id) => [id, project] as const));
    return await this.#inTurn(
      mentions.size === 0 ? undefined : () => keysOfMentions(this.#ports.store, mentions),
      (keys) => this.#edit(projectKey(project), request, keys),
    );
  }

  async editFolder(project: ProjectId, edit: FolderEdit): Promise<Edited> {
    const { kind, ...input } = edit;
    const request = parseFolderOperation(kind, input);
    return await this.#inTurn(undefined, () => this.#edit(projectKey(project), request));
  }

  async #withKey<Value>(key: LocalKey, issue: (key: LocalKey) => Promise<Value>): Promise<Value> {
    const found = this.#ports.keys.resolve(key);
    if (typeof found === "string") return await this.#inTurn(undefined, () => issue(found));
    return await this.#inTurn(() => found, issue);
  }

  /** With all that is known here to lie in it. */
  async removeFolderTree(
    project: ProjectId,
    folder: string,
  ): Promise<Edited & { readonly operations: readonly OperationId[] }> {
    const { operation } = parseFolderOperation("removeFolder", { folder });
    const tree = { project, folder: operation.folder };
    return await this.#inTurn(undefined, async () => {
      const removed = await this.#ports.store.write(removeFolderTree(tree, this.#context()));
      return { ...removed, operation: removed.operations.at(-1) as OperationId };
    });
  }

  async #edit(
    key: LocalKey,
    request: EditRequest | FolderRequest,
    keys?: ReadonlyMap<string, LocalKey>,
  ): Promise<Edited> {
    const { operations } = await this.#ports.store.write(
      editObject({ key, edits: [request] }, this.#context(keys)),
    );
    const [operation] = operations;
    return { key, operation } as Edited;
  }

  async #lookUp(
    object: string,
    { references }: EditRequest,
  ): Promise<{ readonly found: LocalKey; readonly keys: ReadonlyMap<string, LocalKey> }> {
    const found = await findObject(this.#ports.store, object);
    if ("failure" in found) throw new HoldfastError(found.failure);
    const { project } = found.row;
    const mentions = new Map(references.map((id) => [id, project] as const));
    return { found: found.row.key, keys: await keysOfMentions(this.#ports.store, mentions) };
  }

  #inTurn<Found, Value>(
    lookUp: (() => Promise<Found>) | undefined,
    issue: (found: Found) => Promise<Value>,
  ): Promise<Value> {
    if (lookUp === undefined && this.#inLine === 0) return issue(undefined as Found);
    this.#inLine += 1;
    const before = this.#last;
    let leave!: () => void;
    this.#last = new Promise((resolve) => {
      leave = resolve;
    });
    return this.#wait(before, lookUp, (found) => {
      try {
        return issue(found);
      } finally {
        leave();
      }
    }).finally(() => {
      leave();
    });
  }

  async #wait<Found, Value>(
    before: Promise<void>,
    lookUp: (() => Promise<Found>) | undefined,
    issue: (found: Found) => Promise<Value>,
  ): Promise<Value> {
    let found: Found;
    try {
      await before;
      found = lookUp === undefined ? (undefined as Found) : await lookUp();
    } finally {
      this.#inLine -= 1;
    }
    return await issue(found);
  }

  #context(keys?: ReadonlyMap<string, LocalKey>): LocalWriteContext {
    const { user, clock, random } = this.#ports;
    const serverOffsetMs = this.#ports.serverOffsetMs();
    return {
      ...{ user, at: clock.now(), random },
      ...(keys === undefined ? {} : { keys }),
      ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }),
    };
  }
}

function mentionsOf(requests: readonly CreateRequest[]): ReadonlyMap<ObjectId, ProjectId> {
  const mentions = new Map<ObjectId, ProjectId>();
  for (const { project, references, initializeFrom } of requests) {
    for (const id of references) mentions.set(id, project);
    if (initializeFrom !== undefined) mentions.set(initializeFrom.id, initializeFrom.project);
  }
  return mentions;
}
