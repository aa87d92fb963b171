import {
  classOfId,
  type DataObjectClass,
  fromLocalKey,
  HoldfastError,
  type Json,
  type LocalKey,
  type ObjectId,
  type OperationId,
  type ProjectId,
  type ObjectDescription,
} from "@holdfast/core";
import { Observable } from "rxjs";
import type { CloneDestination, CreatedHandle, ObjectHandle } from "../object-handle.ts";
import type { ObjectEdit } from "../objects.ts";
import type { Receipt, WaitOptions } from "../receipt.ts";
import type { Created } from "../wire.ts";
import type { Line } from "./line.ts";
import { watchRows } from "./rows-watch.ts";

type EditOf = ObjectEdit extends infer Edit
  ? Edit extends ObjectEdit
    ? Omit<Edit, "object">
    : never
  : never;

export class Handle implements ObjectHandle {
  readonly key: LocalKey;
  readonly #line: Line;
  #id: ObjectId;

  constructor(line: Line, key: LocalKey, id: ObjectId = fromLocalKey(key).id) {
    this.#line = line;
    this.key = key;
    this.#id = id;
  }

  get id(): ObjectId {
    return this.#id;
  }

  get project(): ProjectId {
    return fromLocalKey(this.key).project;
  }

  get class(): DataObjectClass {
    return classOfId(this.#id);
  }

  async describe(options: WaitOptions = {}): Promise<ObjectDescription> {
    const description = await this.#line.send({ kind: "get", object: this.key }, options);
    if (description === null) {
      throw new HoldfastError({
        code: "ResourceNotFound",
        message: "The object is not, or no longer, on this device.",
        object: this.#id,
      });
    }
    this.#id = description.id;
    return description;
  }

  watch(): Observable<ObjectDescription | undefined> {
    const { project, id } = fromLocalKey(this.key);
    const query = { id: [id], scope: { project }, visibility: "either", limit: 1 } as const;
    return new Observable((subscriber) => {
      const subscription = watchRows(this.#line, query).subscribe({
        next: ([row]) => {
          if (row !== undefined) this.#id = row.id;
          subscriber.next(row);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
      return () => subscription.unsubscribe();
    });
  }

  rename(name: string): Promise<Receipt> {
    return this.#edit({ kind: "rename", name });
  }

  setDetails(details: Json): Promise<Receipt> {
    return this.#edit({ kind: "setDetails", details });
  }

  setDetailsText(text: string): Promise<Receipt> {
    return this.#edit({ kind: "setDetails", detailsText: text });
  }

  setProperties(properties: Readonly<Record<string, string | null>>): Promise<Receipt> {
    return this.#edit({ kind: "setProperties", properties });
  }

  addTags(tags: readonly string[]): Promise<Receipt> {
    return this.#edit({ kind: "addTags", tags });
  }

  removeTags(tags: readonly string[]): Promise<Receipt> {
    return this.#edit({ kind: "removeTags", tags });
  }

  addTypes(types: readonly string[]): Promise<Receipt> {
    return this.#edit({ kind: "addTypes", types });
  }

  removeTypes(types: readonly string[]): Promise<Receipt> {
    return this.#edit({ kind: "removeTypes", types });
  }

  setVisibility(visibility: { readonly hidden: boolean }): Promise<Receipt> {
    return this.#edit({ ...visibility, kind: "setVisibility" });
  }

  move(folder: string): Promise<Receipt> {
    return this.#edit({ kind: "move", folder });
  }

  close(): Promise<Receipt> {
    return this.#edit({ kind: "close" });
  }

  remove(): Promise<Receipt> {
    return this.#edit({ kind: "remove" });
  }

  async clone(destination: CloneDestination): Promise<CreatedHandle> {
    const created = await this.#line.send({ kind: "clone", object: this.key, destination });
    return newHandle(this.#line, created, Handle);
  }

  async acked(options: WaitOptions = {}): Promise<void> {
    this.#learn(await this.#line.wait({ until: "allAcked", object: this.key }, options));
  }

  async settled(options: WaitOptions = {}): Promise<void> {
    this.#learn(await this.#line.wait({ until: "settled", object: this.key }, options));
  }

  /** The receipt of an operation on this object. */
  receiptOf(operation: OperationId, object: LocalKey = this.key): Receipt {
    return {
      operation,
      object,
      acked: async (options = {}) => {
        this.#learn(await this.#line.wait({ until: "acked", operation, object }, options));
      },
      settled: async (options = {}) => {
        this.#learn(await this.#line.wait({ until: "settled", operation, object }, options));
      },
    };
  }

  async #edit(edit: EditOf): Promise<Receipt> {
    const { key, operation } = await this.#line.send({
      kind: "edit",
      edit: { object: this.key, ...edit } as ObjectEdit,
    });
    return this.receiptOf(operation, key);
  }

  #learn(id: ObjectId | undefined): void {
    if (id !== undefined) this.#id = id;
  }
}

/** A handle of what this call has made. */
export function newHandle<Of extends Handle>(
  line: Line,
  { key, id, operation }: Created,
  of: new (line: Line, key: LocalKey, id: ObjectId) => Of,
): Of & CreatedHandle {
  const handle = new of(line, key, id);
  return Object.assign(handle, { receipt: handle.receiptOf(operation) });
}
