import type { Failure } from "./failure.ts";
import type { LocalKey } from "./ids.ts";
import type { JournalRow } from "./journal.ts";
import type { OutboxRow, Sequence } from "./operation.ts";
import type { EpochMs } from "./ports.ts";
import type { Write } from "./store.ts";

export interface ParkInput {
  readonly epoch: number;
  readonly lane: LocalKey;
  readonly operations: readonly Sequence[];
  readonly reason: Failure;
  readonly at: EpochMs;
}

/** Parks unsent operations (what a survey forbids, what depends on something discarded). Strict, fenced. */
export function parkOperations(input: ParkInput): Write<readonly OutboxRow[]> {
  void input;
  throw new Error("not yet");
}

export interface SettleInput {
  readonly epoch: number;
  readonly reason: Failure;
  readonly at: EpochMs;
}

/** The journalled request had no effect and a person must decide: its operations park, the journal row goes. Strict, fenced. */
export function parkRequest(journal: JournalRow, input: SettleInput): Write<readonly OutboxRow[]> {
  void [journal, input];
  throw new Error("not yet");
}

/**
 * The request may have had an effect and asking cannot tell (more than one object found, no key property): its
 * operations park and the journal row stays, so that a retry asks again instead of sending anew. Strict, fenced.
 */
export function parkInDoubt(journal: JournalRow, input: SettleInput): Write<readonly OutboxRow[]> {
  void [journal, input];
  throw new Error("not yet");
}

export interface SplitInput extends SettleInput {
  /** Replaces the nonce of a create. The caller has proven that no attempt of the old request had, or can still have, an effect. */
  readonly freshNonce: string;
}

/**
 * A request refused with InvalidInput or InvalidType: a merged one is taken apart, its operations to be sent alone;
 * that of a single operation parks it. Strict, fenced.
 */
export function splitRefused(journal: JournalRow, input: SplitInput): Write<"split" | "parked"> {
  void [journal, input];
  throw new Error("not yet");
}

export interface ReleaseInput {
  readonly epoch: number;
  /** Absent where the request certainly never left: then the old nonce is still unused. */
  readonly freshNonce?: string;
}

/** The journalled request is proven without effect and its operations may be planned anew. Strict, fenced. */
export function releaseRequest(journal: JournalRow, input: ReleaseInput): Write<void> {
  void [journal, input];
  throw new Error("not yet");
}
