import { assert } from "../assert.ts";
import type { ObjectRow } from "../data-object.ts";
import type { Failure } from "../failure.ts";
import { isProvisionalId, type LocalKey, type OperationId } from "../ids.ts";
import { isFixedFieldOperation } from "../objects/lifecycle.ts";
import { type CreatedObject, createObjects } from "../objects/local-writes.ts";
import type { CreateInput, OutboxRow } from "../operation.ts";
import { type Foldable, foldIntoCreate, isFoldable } from "../planning/merge-operations.ts";
import type { Random } from "../ports.ts";
import type { Decision, Put, Rows, Write } from "../store.ts";
import { linksOfText } from "../values/links.ts";
import { referencesOf } from "../values/references.ts";
import { inDoubt, notWaiting } from "./decision-failures.ts";
import { laneMeta, LaneState, type LaneTime } from "./lane-state.ts";

export interface SaveAsNewInput extends LaneTime {
  readonly lane: LocalKey;
  readonly operation: OperationId;
  readonly random: Random;
}

export interface SavedAsNew {
  readonly created: CreatedObject;
  /** What the new object has, and what is in the history now instead of the outbox. */
  readonly saved: readonly OperationId[];
}

type FixedFieldEdit = OutboxRow & { readonly operation: Foldable };

/**
 * Makes an open record of one that somebody closed, and of all parked edits of its fixed fields, which the closed one
 * cannot take any more. What else is pending stays with the closed one. One transaction, strict; of any tab.
 *
 * Fails with `ResourceNotFound` where the operation is no longer in the outbox, and with `InvalidState` where it is no
 * such edit, is in doubt, or the object is still open.
 */
export function saveAsNew(input: SaveAsNewInput): Write<SavedAsNew> {
  const { lane } = input;
  return {
    durability: "strict",
    reads: { objects: [lane], lanes: [lane], meta: laneMeta },
    decide: (rows) => decideSave(rows, input),
  };
}

/** Whether `saveAsNew` takes it. */
export function canSaveAsNew(row: OutboxRow, object: ObjectRow): boolean {
  return reasonAgainst(row, object) === undefined;
}

function decideSave(rows: Rows, input: SaveAsNewInput): Decision<SavedAsNew> {
  const object = rows.object(input.lane);
  const lane = rows.lane(input.lane);
  const row = lane.find((candidate) => candidate.id === input.operation);
  if (object === undefined || row === undefined) return { failure: notWaiting(input.operation) };
  const failure = reasonAgainst(row, object);
  if (failure !== undefined) return { failure };

  const edits = lane.filter(isWaitingEdit);
  const state = new LaneState(rows, object, input);
  const made = create(rows, inputOf(object, edits), { object, user: state.user, input });
  for (const edit of edits) state.end(edit, "savedAsNew", { savedAs: made.created.key });
  const { puts, deletes } = state.finish();
  return {
    puts: [...puts, ...made.puts],
    deletes,
    result: { created: made.created, saved: edits.map(({ id }) => id) },
  };
}

function reasonAgainst(row: OutboxRow, object: ObjectRow): Failure | undefined {
  const of = object.realId ?? object.id;
  const refuse = (message: string): Failure => ({ code: "InvalidState", message, object: of });
  if (row.request !== undefined) return inDoubt(row);
  if (!isWaitingEdit(row)) {
    return refuse(
      `${row.id} is no parked edit of types, details or visibility: retry or discard it`,
    );
  }
  if (object.class !== "record") return refuse("only of a record can a new one be made");
  if ((object.base ?? object.view).state === "open") {
    return refuse(`${of} is still open: retry the change, edit or discard it`);
  }
  return undefined;
}

function isWaitingEdit(row: OutboxRow): row is FixedFieldEdit {
  const { parked, request, operation } = row;
  const isWaiting = parked !== undefined && request === undefined;
  return isWaiting && isFoldable(operation) && isFixedFieldOperation(operation.kind);
}

/** The record as it is seen, unless nobody named it: its own id is no name for another (DO §6). */
function inputOf(object: ObjectRow, edits: readonly FixedFieldEdit[]): CreateInput {
  const { folder, hidden, types, tags, properties, details } = object.view;
  const id = object.realId ?? object.id;
  const name = object.view.name ?? (isProvisionalId(id) ? null : id);
  const open = { folder, hidden, types, tags, properties, details, name };
  let input: CreateInput = { ...open, parents: false, close: false };
  for (const { operation, overridden } of edits) {
    if (overridden === undefined) input = foldIntoCreate(input, operation);
  }
  return input;
}

function create(
  rows: Rows,
  input: CreateInput,
  from: { readonly object: ObjectRow; readonly user: string; readonly input: SaveAsNewInput },
): { readonly created: CreatedObject; readonly puts: readonly Put[] } {
  const { object, user } = from;
  const { at, random } = from.input;
  // What is mentioned was looked for when it was called, and may be gone since: whoever plans the create sees to that.
  const links = linksOfText(input.details);
  const request = {
    class: "record",
    project: object.project,
    input,
    references: [],
    links,
  } as const;
  const decision = createObjects([request], { user, at, random }).decide(rows);
  assert("result" in decision, "what mentions nothing new can be made");
  const { puts = [], result } = decision;
  const [created] = result;
  assert(created !== undefined, "one object was made");
  const waitsFor = referencesOf({ kind: "create", class: "record", input });
  return {
    created,
    puts: puts.map((put) =>
      put.table === "outbox" ? { ...put, row: { ...put.row, waitsFor } } : put,
    ),
  };
}
