import {
  type Failure,
  type ClosedField,
  type HistoryRow,
  isFixedFieldOperation,
  type LocalKey,
  type ObjectRow,
  type OperationId,
  type OutboxRow,
  type State,
} from "@holdfast/core";

/** How far something waited for has come. */
export type Standing = "waiting" | "reached" | Failure;

/** Whether the platform has confirmed the operation. `outbox` must have been read before `history`. */
export function standingOfAck(
  operation: OperationId,
  outbox: OutboxRow | undefined,
  history: HistoryRow | undefined,
): Standing {
  if (outbox?.id === operation) {
    return outbox.parked === undefined ? "waiting" : parked(outbox, outbox.parked.reason);
  }
  if (history?.id !== operation) {
    return {
      code: "ResourceNotFound",
      message: `${operation} is no operation of this device.`,
      object: operation,
    };
  }
  if (history.outcome === "removed") return removed(history.lane);
  return isGivenUp(history) ? discarded(history) : "reached";
}

/** Whether the platform is known to have closed the object: then no more needs to be looked at. */
export function isClosedThere(row: ObjectRow): boolean {
  const isPlain = row.unsettled === undefined && row.closedWithForeignChange === undefined;
  return isPlain && knownState(row) === "closed";
}

export interface SettlementInput {
  readonly key: LocalKey;
  readonly row: ObjectRow | undefined;
  readonly lane: readonly OutboxRow[];
  /** The close that an earlier look found in the lane. */
  readonly close?: OperationId;
  /** What became of it, or of the create, where it is no longer in the lane. */
  readonly history?: HistoryRow;
}

/** Whether the platform has closed the object; a close that can never come is said at once. */
export function standingOfClose(input: SettlementInput): Standing {
  const { key, row, lane, history } = input;
  if (row === undefined) {
    return isGivenUp(history) ? discarded(history) : removed(key);
  }
  const known = knownState(row);
  // Closed as far as an answer said so; what it was closed with is being looked at.
  if (row.unsettled === true && known !== "abandoned") return "waiting";
  if (known === "closed") {
    const { closedWithForeignChange: changed } = row;
    return changed === undefined ? "reached" : closedWithForeignChange(row, changed);
  }
  if (known === "abandoned" || row.removed) return removed(key);
  const close = lane.find(({ operation }) => isClose(operation));
  if (close === undefined) {
    if (known === "closing") return "waiting";
    if (isGivenUp(history)) return discarded(history);
    // Acked, but this row was read before the ack: the ack's notice brings us back.
    if (input.close !== undefined && history !== undefined) return "waiting";
    return notClosing(key);
  }
  const stop = lane.find((row) => row.parked !== undefined && stopsClose(row, close));
  return stop?.parked === undefined ? "waiting" : parked(stop, stop.parked.reason);
}

/** Whether a file's content has come. What refuses it is news: asking for it had cleared the refusal before. */
export function standingOfContent(
  { key, content, fetching, removed: isGoing }: ObjectRow,
  behind: number = Number.POSITIVE_INFINITY,
): Standing {
  if (isGoing === true) return removed(key);
  if (content !== undefined || (fetching?.bytes ?? 0) > behind) return "reached";
  if (fetching !== undefined) return fetching.refused ?? "waiting";
  const message = "Nobody wants the content on this device any more.";
  return { code: "ResourceNotFound", message, object: key };
}

function knownState({ pending, view, base }: ObjectRow): State | undefined {
  return (pending === 0 ? view : base)?.state;
}

/** The operation that closes the object, as far as it is still in the lane. */
export function closeOf(lane: readonly OutboxRow[]): OutboxRow | undefined {
  return lane.find(({ operation }) => isClose(operation));
}

/** What is cloned is closed by the time it is there. */
function isClose(operation: OutboxRow["operation"]): boolean {
  if (operation.kind === "close" || operation.kind === "clone") return true;
  return operation.kind === "create" && operation.input.close;
}

/** Free fields change in every state, so their parking leaves the close alone (design §5, verdicts). */
function stopsClose(row: OutboxRow, close: OutboxRow): boolean {
  const { kind } = row.operation;
  return row === close || kind === "create" || kind === "attach" || isFixedFieldOperation(kind);
}

function closedWithForeignChange(row: ObjectRow, fields: readonly ClosedField[]): Failure {
  const object = row.realId ?? row.id;
  return {
    code: "ClosedWithForeignChange",
    message: `${object} is closed, and somebody changed its ${fields.join(", ")} just before. Look at it, and save what is missing as a new object.`,
    object,
    fields,
  };
}

function parked(row: OutboxRow, reason: Failure): Failure {
  return {
    code: "Parked",
    message: `${row.operation.kind} waits for a decision: ${reason.message}`,
    operation: row.id,
    reason,
  };
}

function isGivenUp(history: HistoryRow | undefined): history is HistoryRow {
  return history?.outcome === "discarded" || history?.outcome === "savedAsNew";
}

function discarded({ id, savedAs, policy }: HistoryRow): Failure {
  const why =
    savedAs !== undefined
      ? `The change was saved as a new object, ${savedAs}.`
      : policy === undefined
        ? "The change was given up."
        : `The change was given up, as the app has stated for ${policy}.`;
  return { code: "Discarded", message: why, operation: id };
}

export function removed(key: LocalKey): Failure {
  return { code: "Removed", message: "The object is gone.", object: key };
}

function notClosing(key: LocalKey): Failure {
  return {
    code: "NotClosing",
    message: "Nobody asked to close the object; call close() first.",
    object: key,
  };
}
