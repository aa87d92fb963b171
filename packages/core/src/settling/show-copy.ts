import type { ObjectRow, ObjectState } from "../data-object.ts";
import { classOfId, fromLocalKey, type LocalKey, type ObjectId } from "../ids.ts";
import type { Write } from "../store.ts";

export interface CopyInput {
  readonly epoch: number;
  readonly key: LocalKey;
  /** The platform's id, and what it shows. */
  readonly id: ObjectId;
  readonly described: ObjectState;
}

/** A copy that nobody here asked for by name is on the platform: it is shown. Relaxed, fenced; nothing where it is here. */
export function showCopy(input: CopyInput): Write<void> {
  const { epoch, key } = input;
  return {
    durability: "relaxed",
    reads: { objects: [key] },
    fence: epoch,
    decide: (rows) => ({
      puts: rows.object(key) === undefined ? [{ table: "objects", row: copyRow(input) }] : [],
      result: undefined,
    }),
  };
}

export function copyRow({ key, id: realId, described: view }: Omit<CopyInput, "epoch">): ObjectRow {
  const of = { key, ...fromLocalKey(key), realId, class: classOfId(realId) } as const;
  return { version: 1, ...of, view, pending: 0, parked: 0 };
}
