import type { ObjectRow } from "../data-object.ts";
import type { Failure, FailureCode } from "../failure.ts";
import {
  fromLocalKey,
  isProvisionalId,
  type LocalKey,
  type ObjectId,
  type OperationId,
} from "../ids.ts";
import { isOrigin } from "../objects/removal.ts";
import { notWaiting, onItsWay } from "./decision-failures.ts";
import { laneReads, LaneState, type LaneTime, unsent } from "./lane-state.ts";
import type { OutboxRow } from "../operation.ts";
import { referencesOf } from "../values/references.ts";
import { lateMs } from "../journal.ts";
import { inMissingFolder } from "../planning/missing-folder.ts";
import type { Decision, Delete, Put, Rows, Write } from "../store.ts";
import { endOfRequest } from "./shade.ts";

export interface DiscardInput extends LaneTime {
  readonly lane: LocalKey;
  readonly operation: OperationId;
  /** The lanes of operations that wait for this object's create, as far as the caller found them (scan of the outbox). */
  readonly dependants: readonly LocalKey[];
  /** The request that carries it, where it is parked in doubt: it may still land, and is watched until then. */
  readonly request?: number;
  /** What the app has stated for this reason, where it is no person who discards. Only what is still parked for it goes. */
  readonly policy?: FailureCode;
}

export interface Discarded {
  readonly discarded: readonly OperationId[];
  /** Parked with DependencyParked, as they mention what no longer comes. */
  readonly parked: readonly OperationId[];
}

/**
 * Gives one operation up, for ever. With a create or clone that is not on the platform go its copy and every other
 * operation of its lane. Strict; of any tab, so not fenced.
 *
 * Fails with `InvalidState` while a journalled request carries it: its outcome comes first. What is parked in doubt
 * can be discarded, whatever it did on the platform stays there, and what else its request carried is sent anew when it
 * is retried; but not an edit that went with a create, since nobody knows whether that create is there with it. Fails
 * with `ResourceNotFound` where the operation is no longer in the outbox.
 */
export function discard(input: DiscardInput): Write<Discarded> {
  const dependants = [...new Set(input.dependants)].filter((lane) => lane !== input.lane);
  const lanes = [input.lane, ...dependants];
  return {
    durability: "strict",
    reads: {
      ...laneReads(input.lane),
      objects: lanes,
      lanes,
      journal: input.request === undefined ? [] : [input.request],
    },
    decide: (rows) => decideDiscard(rows, input, dependants),
  };
}

/**
 * What `discard` would do, for a person to see first. Of a `newFolder`, what the platform would then refuse for want of
 * the folder, as far as the outbox tells.
 *
 * @param others - all rows that are neither parked nor on their way, of whatever lane.
 */
export function discardPreview(
  operation: OutboxRow,
  lane: readonly OutboxRow[],
  others: readonly OutboxRow[],
): Discarded {
  if (operation.operation.kind === "newFolder") {
    const refused = inMissingFolder(operation, others).map((row) => row.id);
    return { discarded: [operation.id], parked: refused };
  }
  if (!isOrigin(operation)) return { discarded: [operation.id], parked: [] };
  const discarded = lane.map((row) => row.id);
  // What mentions the id means the object, not one copy of it.
  if (operation.operation.kind === "clone") return { discarded, parked: [] };
  const { id } = fromLocalKey(operation.lane);
  return {
    discarded,
    parked: others.filter((row) => dependsOn(row, id)).map((row) => row.id),
  };
}

function decideDiscard(
  rows: Rows,
  input: DiscardInput,
  dependants: readonly LocalKey[],
): Decision<Discarded> {
  const object = rows.object(input.lane);
  const lane = rows.lane(input.lane);
  const row = lane.find((candidate) => candidate.id === input.operation);
  if (object === undefined || row === undefined) return { failure: notWaiting(input.operation) };
  const { policy } = input;
  if (policy !== undefined && row.parked?.reason.code !== policy) {
    return { result: { discarded: [], parked: [] } };
  }
  const why = policy === undefined ? {} : { policy };
  if (row.request !== undefined && row.parked === undefined) return { failure: onItsWay(row) };
  const ended = endOfDoubt(rows, row, input);
  const state = new LaneState(rows, object, input);
  if (!isOrigin(row)) {
    const others = row.request === undefined ? [] : lane.filter(isCarriedWith(row));
    if (others.some(({ operation }) => operation.kind === "create")) {
      return { failure: inCreate(row) };
    }
    state.end(row, "discarded", why);
    for (const other of others) state.put(unsent(other));
    const { puts, deletes } = state.finish();
    return {
      puts: [...puts, ...ended.puts],
      deletes: [...deletes, ...ended.deletes],
      result: { discarded: [row.id], parked: [] },
    };
  }

  for (const gone of lane) state.end(gone, "discarded", why);
  const { puts, deletes } = state.finish();
  const parked = dependants.map((key) => parkDependants(rows, key, { row, object, time: input }));
  return {
    puts: [...puts, ...parked.flatMap((change) => change.puts), ...ended.puts],
    deletes: [...deletes, ...parked.flatMap((change) => change.deletes), ...ended.deletes],
    result: {
      discarded: lane.map((gone) => gone.id),
      parked: parked.flatMap((change) => change.parked),
    },
  };
}

/** What was given up in doubt stays as a shade for as long as it may land; a create meets its nonce, and changes nothing. */
function endOfDoubt(
  rows: Rows,
  { request, parked }: OutboxRow,
  input: DiscardInput,
): ReturnType<typeof endOfRequest> {
  if (request === undefined || parked === undefined) return { puts: [], deletes: [] };
  const journal = request === input.request ? rows.journal(request) : undefined;
  const isOver = journal?.nonce !== undefined || input.at > parked.at + lateMs;
  if (journal === undefined || isOver) {
    return { puts: [], deletes: [{ table: "journal", key: request }] };
  }
  const operations = rows
    .lane(input.lane)
    .filter((row) => row.request === request)
    .map((row) => row.operation);
  const lateUntil = { wallAt: parked.at + lateMs };
  return endOfRequest(journal, { operations, isEffective: false, lateUntil });
}

interface Gone {
  readonly row: OutboxRow;
  readonly object: ObjectRow;
  readonly time: LaneTime;
}

function parkDependants(
  rows: Rows,
  lane: LocalKey,
  gone: Gone,
): {
  readonly puts: readonly Put[];
  readonly deletes: readonly Delete[];
  readonly parked: readonly OperationId[];
} {
  const object = rows.object(lane);
  const dependants = rows.lane(lane).filter((row) => dependsOn(row, gone.object.id));
  if (object === undefined || dependants.length === 0) return { puts: [], deletes: [], parked: [] };
  const state = new LaneState(rows, object, gone.time);
  const reason: Failure = {
    code: "DependencyParked",
    message: `it mentions or clones ${gone.object.id}, whose create was discarded; change it or discard it too`,
    operation: gone.row.id,
  };
  for (const row of dependants) state.put({ ...row, parked: { reason, at: gone.time.at } });
  return { ...state.finish(), parked: dependants.map((row) => row.id) };
}

function dependsOn(row: OutboxRow, id: ObjectId): boolean {
  if (!isProvisionalId(id) || row.request !== undefined || row.parked !== undefined) return false;
  return referencesOf(row.operation).includes(id);
}

function isCarriedWith(row: OutboxRow): (other: OutboxRow) => boolean {
  return (other) => other !== row && other.request === row.request;
}

function inCreate(row: OutboxRow): Failure {
  return {
    code: "InvalidState",
    message: `${row.id} was sent together with the create of its object, which is in doubt; retry or discard the create first`,
    object: row.id,
  };
}
