import type { Sequence } from "@holdfast/core";
import type { ChangeRecord } from "./schema.ts";
import { resultOf } from "./transaction.ts";

/** The last numbers given in this database, by whichever store. They stand in the record of the last change. */
export interface Numbers {
  readonly change: number;
  readonly sequence: Sequence;
  /** Whether any row ever went into parts: until then nobody looks for parts to remove. */
  readonly hasParts: boolean;
}

const noNumbers: Numbers = { change: 0, sequence: 0, hasParts: false };

/** @param transaction - must cover `changes`. */
export async function readNumbers(transaction: IDBTransaction): Promise<Numbers> {
  const changes = transaction.objectStore("changes");
  const cursor = await resultOf(changes.openCursor(null, "prev"));
  if (cursor === null) return noNumbers;
  const { change, hasParts, sequence } = cursor.value as ChangeRecord;
  return { change, hasParts, sequence };
}
