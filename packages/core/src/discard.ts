import type { LocalKey, OperationId } from "./ids.ts";
import type { OutboxRow, Sequence } from "./operation.ts";
import type { EpochMs } from "./ports.ts";
import type { Write } from "./store.ts";

export interface DiscardInput {
  readonly lane: LocalKey;
  readonly operation: OperationId;
  readonly at: EpochMs;
  readonly serverOffsetMs?: number;
  /** The lanes of operations that wait for this object's create, as far as the caller found them (scan of the outbox). */
  readonly dependants: readonly LocalKey[];
}

export interface Discarded {
  readonly discarded: readonly OperationId[];
  /** Parked with DependencyParked, as they mention what no longer comes. */
  readonly parked: readonly OperationId[];
}

/**
 * Gives one operation up, for ever. With an unsent create go its object and every other operation of its lane.
 * Strict; of any tab, so not fenced. Fails with `InvalidState` while a journalled request carries it, and with
 * `ResourceNotFound` where it is no longer in the outbox.
 */
export function discard(input: DiscardInput): Write<Discarded> {
  void input;
  throw new Error("not yet");
}

/** What `discard` would do, for a person to see first. */
export function discardPreview(
  operation: OutboxRow,
  lane: readonly OutboxRow[],
  others: readonly OutboxRow[],
): Discarded {
  void [operation, lane, others];
  throw new Error("not yet");
}

export interface RetryInput {
  readonly lane: LocalKey;
  /** Those of them that are parked; others are left alone. */
  readonly operations: readonly Sequence[];
  readonly at: EpochMs;
  readonly serverOffsetMs?: number;
}

/** Puts parked operations back to be sent. Strict; of any tab, so not fenced. */
export function retryParked(input: RetryInput): Write<{ readonly retried: readonly OperationId[] }> {
  void input;
  throw new Error("not yet");
}
