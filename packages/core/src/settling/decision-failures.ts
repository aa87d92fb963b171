import type { Failure } from "../failure.ts";
import type { OperationId } from "../ids.ts";
import type { OutboxRow } from "../operation.ts";

/** It left the outbox while a person was deciding. */
export function notWaiting(operation: OperationId): Failure {
  return {
    code: "ResourceNotFound",
    message: `${operation} is no longer in the outbox: it was confirmed or discarded; its history says which`,
    object: operation,
  };
}

export function onItsWay(row: OutboxRow): Failure {
  return {
    code: "InvalidState",
    message: `${row.id} is on its way to the platform; wait until its outcome is known, then undo it there`,
    object: row.id,
  };
}

/** What it asks for may be there already: other bytes in its place could do it twice, or leave both behind. */
export function inDoubt(row: OutboxRow): Failure {
  return {
    code: "InvalidState",
    message: `${row.id} may have reached the platform already; retry it, so that the platform is asked, or discard it and make the change anew`,
    object: row.id,
  };
}
