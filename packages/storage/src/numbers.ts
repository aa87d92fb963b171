import type { ChangeRecord, Numbers } from "./schema.ts";
import { resultOf } from "./transaction.ts";

const noNumbers: Numbers = { change: 0, sequence: 0, hasParts: false };

/** @param transaction - must cover `changes`. */
export async function readNumbers(transaction: IDBTransaction): Promise<Numbers> {
  const changes = transaction.objectStore("changes");
  const cursor = await resultOf(changes.openCursor(null, "prev"));
  if (cursor === null) return noNumbers;
  const { change, hasParts, sequence } = cursor.value as ChangeRecord;
  return { change, hasParts, sequence };
}
