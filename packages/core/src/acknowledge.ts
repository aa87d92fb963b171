import type { ObjectRow, ObjectState } from "./data-object.ts";
import type { LocalKey, ObjectId } from "./ids.ts";
import type { JournalRow } from "./journal.ts";
import type { HistoryRow, Sequence } from "./operation.ts";
import type { EpochMs } from "./ports.ts";
import type { Write } from "./store.ts";

export interface Acknowledgement {
  readonly epoch: number;
  /** The id in the answer, or the one found. */
  readonly id: ObjectId;
  readonly requestId?: string;
  /** Device time. */
  readonly at: EpochMs;
  /** The platform's clock minus ours; absent where never seen. */
  readonly serverOffsetMs?: number;
  readonly outcome: "acked" | "found";
  /** The object as described just now, where it was: the new base, instead of the old one with the effect applied. */
  readonly described?: ObjectState;
}

export interface Acknowledged {
  /** The object afterwards; undefined where the journal row was gone already, and nothing was written. */
  readonly object: ObjectRow | undefined;
  readonly history: readonly HistoryRow[];
}

/**
 * The outcome of a journalled request is known to be its effect: the base moves, the view is rebuilt, operations
 * become history, a create gets its alias. Also adopts an object found by its key. Relaxed, fenced: a lost ack is
 * only asked again.
 */
export function acknowledge(journal: JournalRow, ack: Acknowledgement): Write<Acknowledged> {
  void [journal, ack];
  throw new Error("not yet");
}

export interface Found {
  readonly lane: LocalKey;
  /** From the head of the lane, unsent, shown as done by `described`. */
  readonly operations: readonly Sequence[];
  readonly ack: Acknowledgement & { readonly described: ObjectState };
}

/** A survey shows unsent operations already done: acked without a request. Relaxed, fenced. */
export function acknowledgeFound(found: Found): Write<Acknowledged> {
  void found;
  throw new Error("not yet");
}
