import type { ObjectState } from "./data-object.ts";
import type { DataObjectClass, ObjectId, ProjectId } from "./ids.ts";
import type { JsonText } from "./json.ts";

/** A describe answer that could be believed. */
export interface Described {
  readonly id: ObjectId;
  readonly class: DataObjectClass;
  /** Of the copy described, which need not be the one asked for (DO §5.2). */
  readonly project: ProjectId;
  readonly state: ObjectState;
  /** The reserved `.holdfast-key`, where the copy carries one; `state.properties` omits it. */
  readonly key?: string;
}

/** What must be asked for so that `fromDescribe` can read the answer. */
export const describeFields: readonly string[] = [
  "id", "class", "project", "name", "folder", "state", "hidden", "types", "tags", "properties", "details",
  "created", "modified", "createdBy",
];

/**
 * Reads one untrusted describe answer. Details keep their source text, with known real ids turned into local ones.
 *
 * @param text - the JSON text of the answer (of one `results[].describe`: see `describesOf`).
 * @param toLocalId - the local id of an object made here; the same id for all others.
 * @returns undefined where a field is missing or has the wrong shape.
 */
export function fromDescribe(
  text: string,
  toLocalId: (id: string) => string,
): Described | undefined {
  void [text, toLocalId];
  throw new Error("not yet");
}

/** One answer of `/system/describeDataObjects`: the text of the describe, or the error's type and status. */
export type BulkDescribe =
  | { readonly describe: JsonText }
  | { readonly errorType: string | undefined; readonly status: number | undefined };

/** Splits a bulk answer, in the order of the question. Undefined where it has not that shape or not `count` results. */
export function describesOf(text: string, count: number): readonly BulkDescribe[] | undefined {
  void [text, count];
  throw new Error("not yet");
}
