import { assert } from "../assert.ts";
import { createOf, leftOutOf, remainderOf } from "./create-effect.ts";
import type { ObjectRow } from "../data-object.ts";
import { type Field, fieldOf } from "../objects/fields.ts";
import { isProvisionalId, type LocalKey, type OperationId, type ProvisionalId } from "../ids.ts";
import { isFixedFieldOperation } from "../objects/lifecycle.ts";
import { isOrigin, isUnborn, removalIn } from "../objects/removal.ts";
import type { LeftOut, Operation, OutboxRow } from "../operation.ts";
import { isFolderRow } from "./folder-order.ts";
import { isFoldable } from "./merge-operations.ts";
import { type EditRow, planEdits } from "./plan-edits.ts";
import { referencesOf } from "../values/references.ts";

/** What a request asks: `new` of a create, else what its operations do together. Some routes have another word for it. */
export type RequestMethod = "new" | Exclude<Operation["kind"], "create" | "attach">;

/** One request to be: nothing of it is durable until it is journalled. Ids inside are local ids. */
export interface PlannedRequest {
  readonly method: RequestMethod;
  readonly lane: LocalKey;
  /** The operations it carries, in order. */
  readonly operations: readonly OutboxRow[];
  /** What they come to in one call. */
  readonly effect: Operation;
  /** The ids in `effect` whose real ones are not known yet, the object's own aside: it cannot leave before they are. */
  readonly waitsFor: readonly ProvisionalId[];
  /** Operations or lanes that it must not overtake: it cannot leave before they are done. */
  readonly behind: readonly Predecessor[];
  /** Of a create: what its ack leaves in the outbox. Empty otherwise. */
  readonly leavesOut: readonly LeftOut[];
}

/** Something in another lane that comes first: one operation, or for a folder what a lane does in it. */
export type Predecessor = OperationId | LocalKey;

export interface PlanOptions {
  /** What an unsent row must not overtake. Default: nothing. */
  readonly behind?: (row: OutboxRow) => Predecessor | undefined;
  /** Unsent rows that are to be left for later as if they had not been called. Default: none. */
  readonly held?: readonly OutboxRow[];
  /** Whether the real id of a provisional one is known. Default: none is. */
  readonly isKnown?: (id: ProvisionalId) => boolean;
  /** Ids that the lane's create must not wait for, as their creates wait for it. Default: none but its own. */
  readonly apart?: ReadonlySet<ProvisionalId>;
  /** A removal has to wait for something else, and what is before it goes on. Default false. */
  readonly holdsRemoval?: boolean;
}

/**
 * Merges the unsent operations of one lane into the fewest requests with the same effect, in sending order (design §5,
 * planning). Rows that a journalled request carries, and parked ones, are left out; so is what must not go before
 * them: everything behind a parked create or clone, the close behind a parked edit of a fixed field.
 *
 * A removal goes in front of all that nobody would see any more. It stays in the outbox with it until the removal is
 * done: where it is refused, the rest is sent after all. What the platform has never heard of is not sent at all, see
 * `cancelRemoved`.
 *
 * @param rows - all outbox rows of the lane, in order.
 * @see docs/decisions/0006-planning.md
 */
export function planLane(
  rows: readonly OutboxRow[],
  object: ObjectRow,
  options: PlanOptions = {},
): readonly PlannedRequest[] {
  const { apart = nothing, held = [] } = options;
  const [first] = rows;
  const { holdsRemoval = false } = options;
  const unsent = rows.filter(
    (row) => row.request === undefined && row.parked === undefined && !held.includes(row),
  );
  const removal = holdsRemoval ? undefined : removalIn(unsent);
  if (removal !== undefined) return isUnborn(rows) ? [] : [removalRequest(object, removal)];
  if (first !== undefined && isOrigin(first) && first.parked !== undefined) return [];
  const plan = new Plan(object, options, rows.some(stopsClose));
  const [head, ...rest] = unsent;
  if (object.class === "project") return plan.ofProject(unsent);
  if (head?.operation.kind === "clone") return plan.startClone(head, rest);
  if (head?.operation.kind !== "create") return plan.finish(unsent);
  return plan.finish(plan.startCreate(head, rest, apart));
}

/** What everything that is planned waits for. */
export interface Waiting {
  readonly waitsFor: readonly ProvisionalId[];
  readonly behind: readonly Predecessor[];
}

/**
 * The first planned request that may go now: one that waits for nothing and overtakes nothing it must not overtake (an
 * earlier edit of the same field; for a close or a move, anything; for anything, the create). No move waits for what was
 * changed to mention objects made later: their folders may wait for the move.
 *
 * @returns the request, or the ids that everything waits for; no ids where nothing is to be sent.
 */
export function nextOf(
  plan: readonly PlannedRequest[],
): { readonly request: PlannedRequest } | Waiting {
  const held = new Set<Field>();
  let holdsMoves = false;
  const waitsFor = new Set<ProvisionalId>();
  const behind = new Set<Predecessor>();
  for (const request of plan) {
    const field = fieldOf(request.effect);
    const isLast = field === "folder" ? holdsMoves : field === "state" && held.size > 0;
    const isBehind = held.has("object") || held.has(field) || isLast;
    if (!isBehind && request.waitsFor.length + request.behind.length === 0) return { request };
    held.add(field);
    holdsMoves ||= !isApart(request);
    for (const id of request.waitsFor) waitsFor.add(id);
    for (const one of request.behind) behind.add(one);
  }
  return { waitsFor: [...waitsFor], behind: [...behind] };
}

function isApart({ operations, waitsFor, behind }: PlannedRequest): boolean {
  const apart = operations.flatMap((row) => row.apart ?? []);
  return behind.length === 0 && waitsFor.every((id) => apart.includes(id));
}

const nothing: ReadonlySet<ProvisionalId> = new Set();

/** Content that is not on the platform yet, and a parked edit of a fixed field: closed, neither could come any more. */
function stopsClose(row: OutboxRow): boolean {
  return row.operation.kind === "attach" || (row.parked !== undefined && isFixedFieldEdit(row));
}

function removalRequest(object: ObjectRow, row: OutboxRow): PlannedRequest {
  const { operation: effect } = row;
  const request = { method: "remove", lane: object.key, operations: [row], effect } as const;
  return { ...request, waitsFor: [], behind: [], leavesOut: [] };
}

class Plan {
  readonly #object: ObjectRow;
  readonly #isKnown: (id: ProvisionalId) => boolean;
  readonly #behind: (row: OutboxRow) => Predecessor | undefined;
  readonly #isCloseStopped: boolean;
  readonly #requests: PlannedRequest[] = [];

  constructor(object: ObjectRow, options: PlanOptions, isCloseStopped: boolean) {
    this.#object = object;
    this.#isKnown = options.isKnown ?? (() => false);
    this.#behind = options.behind ?? (() => undefined);
    this.#isCloseStopped = isCloseStopped;
  }

  /**
   * Folds what it can into the create. A fold must not make the create wait for anything new: it would wait for objects
   * that may be parked, or that wait for it.
   * @returns what is left to be sent behind it.
   */
  startCreate(
    row: OutboxRow,
    rest: readonly OutboxRow[],
    apart: ReadonlySet<ProvisionalId>,
  ): readonly OutboxRow[] {
    assert(row.operation.kind === "create", `operation ${row.id} is a create`);
    const own = isProvisionalId(this.#object.id) ? [this.#object.id] : [];
    const avoided = new Set([...apart, ...(row.apart ?? []), ...own]);
    let leavesOut = leftOutOf(row.operation.input, avoided);
    const mayWaitFor = new Set(referencesOf(row.operation).filter((id) => !avoided.has(id)));
    const carried: OutboxRow[] = [row];
    const behind: OutboxRow[] = remainderOf(row.operation.input, leavesOut).map((operation) => {
      return { ...row, operation };
    });
    const held = new Set<Field>(behind.map((part) => fieldOf(part.operation)));

    for (const next of rest) {
      const { operation } = next;
      assert(operation.kind !== "create", `lane ${row.lane} has one create`);
      const field = fieldOf(operation);
      const folds =
        row.alone === undefined &&
        next.alone === undefined &&
        isFoldable(operation) &&
        !held.has(field) &&
        referencesOf(operation).every((id) => mayWaitFor.has(id) || this.#isKnown(id));
      if (folds) {
        carried.push(next);
      } else {
        held.add(field);
        behind.push(next);
      }
    }

    // A refused create can be mended, and what mends it may have to go behind it: then so does its own close.
    const isMended = this.#isCloseStopped || behind.some(isFixedFieldEdit);
    if (row.operation.input.close && leavesOut.length === 0 && isMended) {
      leavesOut = ["close"];
      behind.push({ ...row, operation: { kind: "close" } });
    }

    // Only a record can be made closed (DO §6). What was called behind the close stays behind it.
    const last = behind.findLastIndex((next) => next.operation.kind === "close");
    const closesAtOnce =
      row.alone === undefined &&
      this.#object.class === "record" &&
      !this.#isCloseStopped &&
      behind
        .slice(0, last + 1)
        .every((next) => next.operation.kind === "close" && next.alone === undefined);
    if (closesAtOnce) carried.push(...behind.splice(0, last + 1));
    const operations = carried.toSorted((left, right) => left.sequence - right.sequence);
    this.#add({ method: "new", operations, effect: createOf(operations, leavesOut), leavesOut });
    return behind;
  }

  /** Nothing is part of a clone, and nothing goes before it. */
  startClone(row: OutboxRow, rest: readonly OutboxRow[]): readonly PlannedRequest[] {
    this.#add({ method: "clone", operations: [row], effect: row.operation, leavesOut: [] });
    return this.finish(rest);
  }

  /**
   * Edits of different fields in the order of their first operation, and the close behind all but the moves that were
   * called after it: a move needs CONTRIBUTE before the close as well.
   */
  finish(rows: readonly OutboxRow[]): readonly PlannedRequest[] {
    const closes = rows.filter((row) => row.operation.kind === "close");
    const [close] = closes;
    const isLate = (row: OutboxRow): boolean =>
      close !== undefined && row.operation.kind === "move" && row.sequence > close.sequence;
    const edits = rows.filter(isEdit);
    this.#addEdits(edits.filter((row) => !isLate(row)));
    if (close !== undefined && !this.#isCloseStopped) {
      this.#add({
        method: "close",
        operations: closes,
        effect: { kind: "close" },
        leavesOut: [],
      });
    }
    this.#addEdits(edits.filter(isLate));
    return this.#requests;
  }

  /** Its own edits as of any object, what is done to folders one by one and in order. */
  ofProject(rows: readonly OutboxRow[]): readonly PlannedRequest[] {
    this.#addEdits(rows.filter(isEdit));
    for (const row of rows.filter(isFolderRow)) {
      const { operation: effect } = row;
      this.#add({ method: effect.kind, operations: [row], effect, leavesOut: [] });
    }
    return this.#requests;
  }

  #addEdits(rows: readonly EditRow[]): void {
    for (const { operations, effect } of planEdits(rows)) {
      this.#add({ method: effect.kind, operations, effect, leavesOut: [] });
    }
  }

  #add(request: Omit<PlannedRequest, "lane" | "waitsFor" | "behind">): void {
    // A copy has the id of its object: of a clone that is no id of its own.
    const own = request.effect.kind === "clone" ? undefined : this.#object.id;
    const waitsFor = referencesOf(request.effect).filter((id) => id !== own && !this.#isKnown(id));
    const behind = request.operations
      .map((row) => this.#behind(row))
      .filter((one) => one !== undefined);
    this.#requests.push({ ...request, lane: this.#object.key, waitsFor, behind });
  }
}

function isFixedFieldEdit(row: OutboxRow): boolean {
  return isFixedFieldOperation(row.operation.kind);
}

function isEdit(row: OutboxRow): row is EditRow {
  return row.operation.kind === "move" || isFoldable(row.operation);
}
