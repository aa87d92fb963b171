import type { ObjectRow } from "./data-object.ts";
import type { LocalKey, ProvisionalId } from "./ids.ts";
import type { LeftOut, Operation, OutboxRow } from "./operation.ts";

/** The last word of a route: `create` is sent as `new`, every other operation under its own name. */
export type RequestMethod = "new" | Exclude<Operation["kind"], "create">;

/** One request to be: nothing of it is durable until it is journalled. Ids inside are local ids. */
export interface PlannedRequest {
  readonly method: RequestMethod;
  readonly lane: LocalKey;
  /** The operations it carries, in order. */
  readonly operations: readonly OutboxRow[];
  /** What they come to in one call. */
  readonly effect: Operation;
  /** The provisional ids in `effect`, the object's own one aside. Each needs its real id before this can leave. */
  readonly waitsFor: readonly ProvisionalId[];
  /** Of a create: what its ack leaves in the outbox. Empty otherwise. */
  readonly leavesOut: readonly LeftOut[];
}

export interface PlanOptions {
  /** Whether the real id of a provisional one is known. Default: none is. */
  readonly isKnown?: (id: ProvisionalId) => boolean;
  /** Ids that the lane's create must not wait for, as they wait for it (see `breakCycles`). Default: none but its own. */
  readonly apart?: ReadonlySet<ProvisionalId>;
}

/**
 * Merges the unsent operations of one lane into the fewest requests with the same effect, in sending order
 * (design §5, planning). Rows that a journalled request carries, and parked ones, are left out; so is what must not
 * go before them: everything behind a parked create, the close behind a parked edit of a fixed field.
 *
 * @param rows - all outbox rows of the lane, in order.
 * @see docs/decisions/0006-planning.md
 */
export function planLane(
  rows: readonly OutboxRow[],
  object: ObjectRow,
  options: PlanOptions = {},
): readonly PlannedRequest[] {
  void [rows, object, options];
  throw new Error("not yet");
}

/**
 * The first planned request that may go now: one that waits for nothing unknown and overtakes nothing it must not
 * overtake (an earlier edit of the same field; for a close, anything; for anything, the create).
 *
 * @returns the request, or the ids everything sendable waits for; no ids where nothing is to be sent.
 */
export function nextOf(
  plan: readonly PlannedRequest[],
  isKnown: (id: ProvisionalId) => boolean,
): { readonly request: PlannedRequest } | { readonly waitsFor: readonly ProvisionalId[] } {
  void [plan, isKnown];
  throw new Error("not yet");
}
