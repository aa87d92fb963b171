import type { ObjectRow } from "../data-object.ts";
import type { OutboxRow } from "../operation.ts";
import { hasInput } from "../input/parse-change.ts";
import { canSaveAsNew } from "./save-as-new.ts";

/** What a person may decide about an operation. */
export type Choice = "retry" | "edit" | "saveAsNew" | "discard";

/** What makes sense to offer for an operation as it stands now; by the time of the choice it may have moved on. */
export function choicesFor(row: OutboxRow, object: ObjectRow | undefined): readonly Choice[] {
  const isParked = row.parked !== undefined;
  if (row.request !== undefined) return isParked ? ["retry", "discard"] : [];
  const choices: Choice[] = [];
  const isClosedToIt = object !== undefined && canSaveAsNew(row, object);
  // The object will never take it: a retry parks it again at once, and so would an edit.
  if (isParked && !isClosedToIt) choices.push("retry");
  if (hasInput(row.operation) && !isClosedToIt) choices.push("edit");
  if (isClosedToIt) choices.push("saveAsNew");
  choices.push("discard");
  return choices;
}
