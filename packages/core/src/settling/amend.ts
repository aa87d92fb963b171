import type { PlatformFailure } from "../failure.ts";
import {
  fromLocalKey,
  type LocalKey,
  type ObjectId,
  type OperationId,
  type ProvisionalId,
  toLocalKey,
} from "../ids.ts";
import type { ChangeRequest } from "../input/parse-change.ts";
import { folderTouched } from "../objects/local-writes.ts";
import { equalJson, type Json } from "../json.ts";
import {
  type CreateInput,
  isFolderOperation,
  type Operation,
  type OutboxRow,
  type Parking,
} from "../operation.ts";
import { pathsOf } from "../planning/folder-order.ts";
import type { Decision, Rows, Write } from "../store.ts";
import { referencesOf } from "../values/references.ts";
import { inDoubt, notWaiting, onItsWay } from "./decision-failures.ts";
import { laneReads, LaneState, type LaneTime } from "./lane-state.ts";
import { unparked } from "./retry-parked.ts";

export interface AmendInput extends LaneTime {
  readonly lane: LocalKey;
  readonly operation: OperationId;
  readonly change: ChangeRequest;
  /** As of a local write: the keys of what is mentioned, where they are not its id in this project. */
  readonly keys?: ReadonlyMap<string, LocalKey>;
}

/**
 * Puts another input into an operation that has not left, at its place in the lane, and lets it go where it was
 * parked. With a create goes what was refused together with it. Strict; of any tab, so not fenced.
 *
 * Fails, having changed nothing, with `InvalidState` while it is on its way or in doubt (its bytes may be on the
 * platform), or where the object's state forbids it for good; with `ResourceNotFound` where it, or something the
 * change mentions, is not here. Whatever an outbox row asks for that no journalled request carries is proven to have
 * had no effect, and a create's nonce was renewed then: the body may change.
 */
export function amend(input: AmendInput): Write<OperationId> {
  const { lane, change } = input;
  const mentioned = change.references.map((id) => keyOf(id, input));
  const keys = [...new Set([lane, ...mentioned])];
  return {
    durability: "strict",
    reads: { ...laneReads(lane), objects: keys, lanes: keys, aliases: change.references },
    decide: (rows) => decideAmend(rows, input),
  };
}

function decideAmend(rows: Rows, input: AmendInput): Decision<OperationId> {
  const object = rows.object(input.lane);
  const row = rows.lane(input.lane).find((candidate) => candidate.id === input.operation);
  if (object === undefined || row === undefined) return { failure: notWaiting(input.operation) };
  if (row.request !== undefined) {
    return { failure: row.parked === undefined ? onItsWay(row) : inDoubt(row) };
  }
  const operation = changed(row.operation, input.change);
  if (operation === undefined) return { failure: isAnother(row) };
  const missing = missingOf(rows, input);
  if (missing !== undefined) return { failure: missing };

  const state = new LaneState(rows, object, input);
  state.put(amended(row, operation, { own: object.id, later: laterOf(rows, row, input) }));
  for (const other of rodeAlong(row, rows.lane(input.lane))) state.put(unparked(other));
  const { puts, deletes } = state.finish();
  const reason = state.lane.find((candidate) => candidate.id === row.id)?.parked?.reason;
  if (reason !== undefined) {
    const { message } = reason;
    return { failure: { code: "InvalidState", message, object: object.realId ?? object.id } };
  }
  return { puts, deletes, result: row.id };
}

/** Undefined where the change is one of another kind of operation. */
function changed(operation: Operation, change: ChangeRequest): Operation | undefined {
  if (operation.kind !== change.kind) return undefined;
  if (operation.kind === "create") {
    return "given" in change ? amendedCreate(operation, change.given) : undefined;
  }
  return "operation" in change ? change.operation : undefined;
}

/** What is given now is not taken from another object any more. */
function amendedCreate(
  { inherits, ...operation }: Extract<Operation, { kind: "create" }>,
  given: Partial<CreateInput>,
): Operation {
  const input = { ...operation.input, ...given };
  const fields = inherits?.fields.filter((field) => !Object.hasOwn(given, field)) ?? [];
  if (inherits === undefined || fields.length === 0) return { ...operation, input };
  return { ...operation, input, inherits: { ...inherits, fields } };
}

function amended(
  row: OutboxRow,
  operation: Operation,
  { own, later }: { readonly own: ObjectId; readonly later: readonly ProvisionalId[] },
): OutboxRow {
  const { overridden: _overridden, apart: before = [], ...rest } = unparked(row);
  const waitsFor = referencesOf(operation).filter((id) => id !== own);
  const apart = [...new Set([...before, ...later])].filter((id) => waitsFor.includes(id));
  const touches = touchesOf(row, operation, own);
  return { ...rest, operation, waitsFor, touches, ...(apart.length > 0 && { apart }) };
}

function touchesOf(row: OutboxRow, operation: Operation, own: ObjectId): readonly string[] {
  const { project } = fromLocalKey(row.lane);
  if (isFolderOperation(operation)) {
    return [own, ...pathsOf(operation).map((path) => folderTouched(project, path))];
  }
  switch (operation.kind) {
    case "create":
      return [own, folderTouched(project, operation.input.folder)];
    case "move":
      // The folder it comes from is among them, and the one it was to go to does no harm.
      return [...new Set([...row.touches, folderTouched(project, operation.folder)])];
    default:
      return row.touches;
  }
}

/** What a refused create carried was refused for its sake. */
function rodeAlong(row: OutboxRow, lane: readonly OutboxRow[]): readonly OutboxRow[] {
  const { operation, parked } = row;
  if (operation.kind !== "create" || parked === undefined) return [];
  return lane.filter(
    (other) => other !== row && other.request === undefined && isSame(other.parked, parked),
  );
}

function isSame(left: Parking | undefined, right: Parking): boolean {
  return left !== undefined && equalJson(left as unknown as Json, right as unknown as Json);
}

/** Of what the change mentions, that whose own create comes later: it may wait for this one, or for what is behind it. */
function laterOf(rows: Rows, row: OutboxRow, input: AmendInput): readonly ProvisionalId[] {
  return input.change.references.filter((id) => {
    const key = keyOf(id, input);
    const create = key === row.lane ? undefined : createIn(rows.lane(key));
    return create !== undefined && create.sequence > row.sequence;
  });
}

function createIn(lane: readonly OutboxRow[]): OutboxRow | undefined {
  return lane.find((row) => row.operation.kind === "create");
}

function missingOf(rows: Rows, input: AmendInput): PlatformFailure | undefined {
  for (const id of input.change.references) {
    if (rows.object(keyOf(id, input)) !== undefined || rows.alias(id) !== undefined) continue;
    return {
      code: "ResourceNotFound",
      message: `there is no object ${id}: it was never made on this device, or was discarded or removed`,
      object: id,
    };
  }
  return undefined;
}

function keyOf(id: ProvisionalId, { lane, keys }: AmendInput): LocalKey {
  return keys?.get(id) ?? toLocalKey(fromLocalKey(lane).project, id);
}

function isAnother(row: OutboxRow): PlatformFailure {
  return {
    code: "InvalidState",
    message: `${row.id} is a ${row.operation.kind} by now; look at it again`,
    object: row.id,
  };
}
