import { applyOperation } from "./apply.ts";
import { assert } from "../assert.ts";
import type { ObjectRow } from "../data-object.ts";
import type { PlatformFailure } from "../failure.ts";
import {
  type DataObjectClass,
  fromLocalKey,
  isProvisionalId,
  type LocalKey,
  newOperationId,
  type ObjectId,
  type OperationId,
  toLocalKey,
} from "../ids.ts";
import type { CloneRequest } from "../input/parse-clone.ts";
import type { CloneOperation, HistoryRow, OutboxRow } from "../operation.ts";
import type { Decision, Rows, Write } from "../store.ts";
import { lifecycleAnswer } from "./lifecycle.ts";
import { folderTouched, type LocalWriteContext, notHere } from "./local-writes.ts";
import { isOrigin } from "./removal.ts";

export interface ClonedObject {
  /** Of the copy. */
  readonly key: LocalKey;
  /** That of the object: copies share it. */
  readonly id: ObjectId;
  readonly operation: OperationId;
}

/**
 * Makes a copy of an object in another project: a row that shows at once, whose lane begins with the clone. It is sent
 * once the object, and every hidden one it leads to, is closed on the platform (design §5, dependencies).
 *
 * What is there already is left alone, and that is a success (CS §4): the operation is then the one that brings it there,
 * or one that is done already. Fails with `ResourceNotFound` where the object is not here, `InvalidState` where it is
 * open and nobody closes it, `InvalidType` for a class that has no copies, `InvalidInput` within one project.
 */
export function cloneObject(
  source: LocalKey,
  request: CloneRequest,
  context: LocalWriteContext,
): Write<ClonedObject> {
  const { id } = fromLocalKey(source);
  const key = toLocalKey(request.project, id);
  return {
    durability: "strict",
    reads: { objects: [source, key], lanes: [key] },
    decide(rows) {
      const object = rows.object(source);
      if (object === undefined || object.removed || !isDataObject(object)) {
        return { failure: notHere(id) };
      }
      const failure = reasonAgainst(object, request);
      if (failure !== undefined) return { failure };
      const copy = rows.object(key);
      return copy === undefined
        ? make(rows, object, { key, request, context })
        : already(rows, copy, context);
    },
  };
}

type DataObjectRow = ObjectRow & { readonly class: DataObjectClass };

function isDataObject(row: ObjectRow): row is DataObjectRow {
  return row.class !== "project";
}

function reasonAgainst(
  object: DataObjectRow,
  { project }: CloneRequest,
): PlatformFailure | undefined {
  const id = object.realId ?? object.id;
  if (project === object.project) {
    return {
      code: "InvalidInput",
      message: "clone: the copy must be in another project",
      object: id,
    };
  }
  const { state } = object.view;
  // It waits for a close that is on its way.
  const answer = lifecycleAnswer(object.class, state === "closing" ? "closed" : state, "clone");
  if (answer.allowed) return undefined;
  const message =
    answer.error === "InvalidState"
      ? `clone: the object is ${state}, and only what is closed can be cloned; close it first`
      : `clone: a ${object.class} has no copies`;
  return { code: answer.error, message, object: id };
}

interface Making {
  readonly key: LocalKey;
  readonly request: CloneRequest;
  readonly context: LocalWriteContext;
}

function make(rows: Rows, object: ObjectRow, making: Making): Decision<ClonedObject> {
  const { key, context } = making;
  const { project, folder, parents } = making.request;
  const { id, realId, view } = object;
  const { user, at, random, serverOffsetMs = 0 } = context;
  const operation: CloneOperation = {
    kind: "clone",
    from: object.project,
    object: id,
    parents,
    state: { ...view, folder },
  };
  const applied = applyOperation(undefined, operation, {
    class: object.class,
    user,
    at: at + serverOffsetMs,
  });
  assert("state" in applied, "there is no copy yet, so it can be made");
  const sequence = rows.nextSequence();
  const row: OutboxRow = {
    version: 1,
    sequence,
    id: newOperationId(sequence, random),
    lane: key,
    operation,
    // Where its object lies by then is of no matter.
    touches: [id, folderTouched(project, folder)],
    waitsFor: realId === undefined && isProvisionalId(id) ? [id] : [],
    madeAt: at,
  };
  const cloned = new Set(object.clonedTo).add(project);
  const copy: ObjectRow = {
    version: 1,
    key,
    project,
    id,
    ...(realId === undefined ? undefined : { realId }),
    class: object.class,
    view: applied.state,
    pending: 1,
    parked: 0,
  };
  return {
    puts: [
      { table: "objects", row: { ...object, clonedTo: [...cloned] } },
      { table: "objects", row: copy },
      { table: "outbox", row },
    ],
    result: { key, id, operation: row.id },
  };
}

function already(
  rows: Rows,
  copy: ObjectRow,
  { user, at, random, serverOffsetMs }: LocalWriteContext,
): Decision<ClonedObject> {
  const { key, id } = copy;
  if (copy.removed) {
    const message = `clone: the copy in ${copy.project} is being removed; discard that, or wait for it`;
    return { failure: { code: "InvalidState", message, object: copy.realId ?? id } };
  }
  const origin = rows.lane(key).find(isOrigin);
  if (origin !== undefined) return { result: { key, id, operation: origin.id } };
  const sequence = rows.nextSequence();
  const row: HistoryRow = {
    version: 1,
    sequence,
    id: newOperationId(sequence, random),
    lane: key,
    kind: "clone",
    user,
    madeAt: at,
    endedAt: at,
    ...(serverOffsetMs === undefined ? undefined : { platformAt: at + serverOffsetMs }),
    outcome: "found",
  };
  return { puts: [{ table: "history", row }], result: { key, id, operation: row.id } };
}
