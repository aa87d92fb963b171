import { assert } from "../assert.ts";
import {
  fromLocalKey,
  isProjectKey,
  isProvisionalId,
  type LocalKey,
  type OperationId,
  projectKey,
  type ProvisionalId,
} from "../ids.ts";
import type { FirstAttempt, JournalRow } from "../journal.ts";
import { isUnborn, removalIn } from "../objects/removal.ts";
import type { OutboxRow, Sequence } from "../operation.ts";
import { holdsUp, isFolderRow } from "./folder-order.ts";
import { nextOf, type PlannedRequest, planLane, type Waiting } from "./plan.ts";
import { referencesOf } from "../values/references.ts";
import { toJournalRow } from "./request-body.ts";
import type { Decision, Put, Rows, Write } from "../store.ts";

export interface JournalNextInput {
  readonly lane: LocalKey;
  /** The epoch of this engine: the fence of the write and a column of the row. */
  readonly epoch: number;
  readonly firstAttempt: FirstAttempt;
  /** What `aliasesNeeded` says of the lane's rows; an id missing here counts as not known yet. */
  readonly aliases: readonly ProvisionalId[];
  /** What `copiesFollowed` says of the lane's rows. Default: none. */
  readonly copies?: readonly LocalKey[];
  /** Of a project's lane: what its operations on folders wait for, as found in the outbox before them. */
  readonly behind?: ReadonlyMap<Sequence, LocalKey>;
  /** See `PlanOptions.apart`. */
  readonly apart?: ReadonlySet<ProvisionalId>;
  /** See `PlanOptions.holdsRemoval`. */
  readonly holdsRemoval?: boolean;
  /**
   * The removal that was in the lane when it was looked at what that has to wait for, null where none was: one that was
   * called since is held until it is looked at, too. Default: whatever is there may go.
   */
  readonly removal?: Sequence | null;
  /** A given up request of the lane may have landed since the object was looked at: no close leaves before that. */
  readonly looksFirst?: boolean;
  /** Whether the parts of the file were just seen to be in order: no close of a file leaves before that. Default false. */
  readonly seenParts?: boolean;
}

/** What became of a lane. */
export type JournalNext =
  | { readonly kind: "journalled"; readonly row: JournalRow }
  /** The lane already has a journalled request: one at a time. */
  | { readonly kind: "inFlight"; readonly request: number }
  /** Nothing may leave before the real ids of these are known (ask again with them in `aliases`). */
  | ({ readonly kind: "waiting" } & Waiting)
  /** Its close would be next, and the object is to be looked at before (`JournalNextInput.looksFirst`). */
  | { readonly kind: "unseen" }
  /** Its close would be next, and the parts of the file are to be looked at before (`JournalNextInput.seenParts`). */
  | { readonly kind: "unseenParts" }
  /** It takes from an object that was not here when it was called: see `expandCreate`. */
  | { readonly kind: "unexpanded"; readonly create: OutboxRow }
  /** Its object is removed before the platform has heard of it: see `cancelRemoved`. */
  | { readonly kind: "cancels" }
  /** Nothing to send: the lane is empty, parked, or stopped by something parked. */
  | { readonly kind: "idle" };

/** Plans the lane over the rows as they are inside the transaction, and journals its next request. Strict, fenced. */
export function journalNext(input: JournalNextInput): Write<JournalNext> {
  const { lane, aliases, epoch, copies = [] } = input;
  const projectLane = projectKey(fromLocalKey(lane).project);
  return {
    durability: "strict",
    // The lane of the project is most often empty, and read once for all that is journalled together.
    reads: { objects: [lane], lanes: [lane, projectLane, ...copies], aliases },
    fence: epoch,
    decide: (rows) => decideNext(input, rows),
  };
}

/** The provisional ids whose alias rows `journalNext` needs to see for these rows. */
export function aliasesNeeded(rows: readonly OutboxRow[]): readonly ProvisionalId[] {
  return [...new Set(rows.flatMap((row) => referencesOf(row.operation)))];
}

/** The lanes that `journalNext` needs to see for these rows, as their clones go first. */
export function copiesFollowed(rows: readonly OutboxRow[]): readonly LocalKey[] {
  return [...new Set(rows.flatMap((row) => row.follows ?? []))];
}

/** The copies that are still to be made of the object as it was before the row was called. */
function copiesBefore(row: OutboxRow, input: JournalNextInput, rows: Rows): readonly LocalKey[] {
  const { follows = [], sequence } = row;
  return follows.filter((copy) => {
    const [first] = input.copies?.includes(copy) === true ? rows.lane(copy) : [];
    if (first?.operation.kind !== "clone" || first.parked !== undefined) return false;
    return first.sequence < sequence && first.operation.from === fromLocalKey(row.lane).project;
  });
}

function decideNext(input: JournalNextInput, rows: Rows): Decision<JournalNext> {
  const { lane } = input;
  const outbox = rows.lane(lane);
  const sent = outbox.find((row) => row.request !== undefined);
  if (sent?.request !== undefined) {
    // Parked and journalled at once: in doubt. Nothing of the lane can go on before a person has decided.
    return {
      result:
        sent.parked === undefined ? { kind: "inFlight", request: sent.request } : { kind: "idle" },
    };
  }
  const object = rows.object(lane);
  if (object === undefined || outbox.length === 0) return { result: { kind: "idle" } };
  const removal = removalIn(outbox);
  const isUnseen =
    input.removal !== undefined && removal?.sequence !== (input.removal ?? undefined);
  const holdsRemoval = input.holdsRemoval === true || isUnseen;
  if (!holdsRemoval && removal !== undefined && isUnborn(outbox)) {
    return { result: { kind: "cancels" } };
  }

  const readable = new Set(input.aliases);
  const realIdOf = (id: ProvisionalId) => {
    if (id === object.id && object.realId !== undefined) return object.realId;
    return readable.has(id) ? rows.alias(id)?.id : undefined;
  };
  const copies = new Map(
    outbox
      .filter((row) => row.follows !== undefined)
      .map((row) => [row, copiesBefore(row, input, rows)]),
  );
  const held = [...copies.keys()].filter((row) => (copies.get(row) ?? []).length > 0);
  const plan = planLane(outbox, object, {
    held,
    isKnown: (id) => realIdOf(id) !== undefined,
    behind: isProjectKey(lane)
      ? (row) => input.behind?.get(row.sequence)
      : behindFolders(rows.lane(projectKey(fromLocalKey(lane).project))),
    ...(input.apart && { apart: input.apart }),
    holdsRemoval,
  });
  const next = nextOf(plan);
  if (!("request" in next)) {
    const behind = [...next.behind, ...held.flatMap((row) => copies.get(row) ?? [])];
    const isIdle = next.waitsFor.length + behind.length === 0;
    return { result: isIdle ? { kind: "idle" } : { kind: "waiting", ...next, behind } };
  }
  assert(
    ["new", "clone"].includes(next.request.method) ||
      object.realId !== undefined ||
      !isProvisionalId(object.id),
    `${lane} has a real id before anything but its create or clone is sent`,
  );
  const { effect, operations } = next.request;
  const [first] = operations;
  if (effect.kind === "create" && effect.inherits !== undefined && first !== undefined) {
    return { result: { kind: "unexpanded", create: first } };
  }
  if (input.looksFirst === true && next.request.method === "close") {
    return { result: { kind: "unseen" } };
  }
  const closesFile = object.class === "file" && next.request.method === "close";
  if (closesFile && input.seenParts !== true) return { result: { kind: "unseenParts" } };
  const { epoch, firstAttempt } = input;
  const stamp = { number: rows.nextSequence(), epoch, firstAttempt };
  const row = toJournalRow(next.request, { object, realIdOf }, stamp);
  const puts: Put[] = [{ table: "journal", row }, ...carriedBy(row, next.request, outbox)];
  if (closesFile && object.closeSent === undefined) {
    puts.push({ table: "objects", row: { ...object, closeSent: true } });
  }
  return { puts, result: { kind: "journalled", row } };
}

/** The last operation on folders that came before a row of another lane, and that it must not overtake. */
function behindFolders(
  projectLane: readonly OutboxRow[],
): (row: OutboxRow) => OperationId | undefined {
  const folderRows = projectLane.filter(isFolderRow);
  return (row) =>
    folderRows.findLast((earlier) => earlier.sequence < row.sequence && holdsUp(earlier, row))?.id;
}

function carriedBy(
  journal: JournalRow,
  { leavesOut }: PlannedRequest,
  outbox: readonly OutboxRow[],
): readonly Put[] {
  const carried = new Set(journal.operations);
  return outbox
    .filter((row) => carried.has(row.sequence))
    .map((row): Put => {
      const isCut = row.operation.kind === "create" && leavesOut.length > 0;
      const marked = { ...row, request: journal.number, ...(isCut && { leavesOut }) };
      return { table: "outbox", row: marked };
    });
}
