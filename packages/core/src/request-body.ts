import type { ObjectRow } from "./data-object.ts";
import type { DataObjectClass, ObjectId, ProvisionalId } from "./ids.ts";
import type { FirstAttempt, JournalRow } from "./journal.ts";
import type { PlannedRequest, RequestMethod } from "./plan.ts";

/** Who journals, and when (design §5, write-ahead). */
export interface JournalStamp {
  readonly number: number;
  readonly epoch: number;
  readonly firstAttempt: FirstAttempt;
}

export interface BodyContext {
  readonly object: ObjectRow;
  /** Undefined where the id is not known yet, which `nextOf` has excluded. */
  readonly realIdOf: (id: ProvisionalId) => ObjectId | undefined;
}

/**
 * The request as it will leave, byte for byte: real ids written in, the key property and the nonce in a create.
 * The same plan gives the same bytes. Throws, as a bug, where a provisional id would remain.
 */
export function toJournalRow(
  planned: PlannedRequest,
  context: BodyContext,
  stamp: JournalStamp,
): JournalRow {
  void [planned, context, stamp];
  throw new Error("not yet");
}

/** What an answer to a journalled request must look like to be believed. */
export interface Expectation {
  readonly method: RequestMethod;
  /** Of a create: the class of the id answered. */
  readonly class: DataObjectClass;
  /** Of everything else: the id answered. */
  readonly id?: ObjectId;
}

/** Reads a journalled request's route. Throws, as a bug, where it is none of ours. */
export function expectationOf(journal: Pick<JournalRow, "path">): Expectation {
  void journal;
  throw new Error("not yet");
}
