import type { LocalKey, ProvisionalId } from "./ids.ts";
import type { FirstAttempt, JournalRow } from "./journal.ts";
import type { OutboxRow } from "./operation.ts";
import type { Write } from "./store.ts";

export interface JournalNextInput {
  readonly lane: LocalKey;
  /** The epoch of this engine: the fence of the write and a column of the row. */
  readonly epoch: number;
  readonly firstAttempt: FirstAttempt;
  /** What `aliasesNeeded` says of the lane's rows; an id missing here counts as not known yet. */
  readonly aliases: readonly ProvisionalId[];
  /** See `PlanOptions.apart`. */
  readonly apart?: ReadonlySet<ProvisionalId>;
}

/** What became of a lane. */
export type JournalNext =
  | { readonly kind: "journalled"; readonly row: JournalRow }
  /** The lane already has a journalled request: one at a time. */
  | { readonly kind: "inFlight"; readonly request: number }
  /** Nothing may leave before the real ids of these are known (ask again with them in `aliases`). */
  | { readonly kind: "waiting"; readonly waitsFor: readonly ProvisionalId[] }
  /** Nothing to send: the lane is empty, parked, or stopped by something parked. */
  | { readonly kind: "idle" };

/** Plans the lane over the rows as they are inside the transaction, and journals its next request. Strict, fenced. */
export function journalNext(input: JournalNextInput): Write<JournalNext> {
  void input;
  throw new Error("not yet");
}

/** The provisional ids, own ones aside, whose alias rows `journalNext` needs to see for these rows. */
export function aliasesNeeded(rows: readonly OutboxRow[]): readonly ProvisionalId[] {
  void rows;
  throw new Error("not yet");
}
