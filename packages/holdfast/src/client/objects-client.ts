import {
  failureOf,
  type FindQuery,
  HoldfastError,
  type LocalKey,
  type ObjectDescription,
} from "@holdfast/core";
import type { Observable } from "rxjs";
import type { Difference } from "../difference.ts";
import type { ObjectHandle } from "../object-handle.ts";
import type { EditOutcome, ObjectEdit, Objects } from "../objects.ts";
import type { WaitOptions } from "../receipt.ts";
import type { ManyOptions } from "../creation.ts";
import { maxRows } from "../wire.ts";
import { checkList } from "./check-list.ts";
import { Handle } from "./handle.ts";
import type { Line } from "./line.ts";
import { watchDifferences, watchRows } from "./rows-watch.ts";
import { watchTarget } from "./value-watch.ts";

export class ObjectsClient implements Objects {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  async get(
    idOrKey: string,
    { project, ...options }: WaitOptions & { readonly project?: string } = {},
  ): Promise<ObjectHandle | undefined> {
    const where = project === undefined ? {} : { project };
    const found = await this.#line.send({ kind: "get", object: idOrKey, ...where }, options);
    return found === null ? undefined : this.handle(found);
  }

  async fetch(
    id: string,
    options: WaitOptions & { readonly project: string },
  ): Promise<ObjectHandle> {
    const found = await this.get(id, options);
    if (found !== undefined) return found;
    const key = `${options.project}/${id}` as LocalKey;
    await this.#line.wait({ until: "known", object: key }, options);
    return (await this.get(id, options)) ?? this.handle(key);
  }

  handle(object: ObjectDescription | LocalKey): ObjectHandle {
    return typeof object === "string"
      ? new Handle(this.#line, object)
      : new Handle(this.#line, object.key, object.id);
  }

  async find(
    query: FindQuery = {},
    options: WaitOptions = {},
  ): Promise<readonly ObjectDescription[]> {
    const first = await this.#line.send({ kind: "find", query }, options);
    return await this.#line.rest(first, options);
  }

  count(query: FindQuery = {}, options: WaitOptions = {}): Promise<number> {
    return this.#line.send({ kind: "count", query }, options);
  }

  watch(query: FindQuery = {}): Observable<readonly ObjectDescription[]> {
    return watchRows(this.#line, query);
  }

  differences(query: FindQuery = {}): Observable<Difference> {
    return watchDifferences(this.#line, query);
  }

  watchCount(query: FindQuery = {}): Observable<number> {
    return watchTarget(this.#line, { of: "count", query });
  }

  async closeMany(
    objects: readonly string[],
    options: ManyOptions = {},
  ): Promise<readonly EditOutcome[]> {
    checkList(objects, "objects");
    return await this.editMany(
      objects.map((object) => ({ object, kind: "close" })),
      options,
    );
  }

  async editMany(
    edits: readonly ObjectEdit[],
    { onProgress, signal }: ManyOptions = {},
  ): Promise<readonly EditOutcome[]> {
    checkList(edits, "edits");
    for (const [index, edit] of edits.entries()) checkEdit(edit, index);
    const outcomes: EditOutcome[] = [];
    for (let from = 0; from < edits.length; from += maxRows) {
      signal?.throwIfAborted();
      const part = edits.slice(from, from + maxRows);
      outcomes.push(...(await Promise.all(part.map((edit) => this.#edit(edit)))));
      onProgress?.({ done: outcomes.length, of: edits.length });
    }
    return outcomes;
  }

  async #edit(edit: ObjectEdit): Promise<EditOutcome> {
    const { object } = edit;
    try {
      const { key, operation } = await this.#line.send({ kind: "edit", edit });
      return { object, receipt: new Handle(this.#line, key).receiptOf(operation) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      return { object, failure };
    }
  }
}

/** What is no edit at all is the caller's mistake, and no outcome could name its object. */
function checkEdit(edit: unknown, index: number): void {
  if (typeof edit === "object" && edit !== null) return;
  throw new HoldfastError({
    code: "InvalidInput",
    message: `\`edits[${index}]\` must be an edit.`,
  });
}
