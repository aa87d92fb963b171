import type { HistoryRow, Operation, Sequence } from "./operation.ts";
import type { LocalKey } from "./ids.ts";
import type { EpochMs } from "./ports.ts";

/** When a request was first about to leave, by every clock there is (design §5, unknown outcomes). */
export interface FirstAttempt {
  readonly wallAt: EpochMs;
  /** By the monotonic clock of the process named by `process`; means nothing in another one. */
  readonly monotonicAt: number;
  readonly process: string;
  /** The platform's time, where it is known. */
  readonly serverAt?: EpochMs;
}

/** How long after it was given up a request may still land, in milliseconds. Later is outside the promise (design §5). */
export const lateMs: number = 15 * 60_000;

/** Until when something may happen on the platform. */
export interface Until {
  readonly wallAt: EpochMs;
  /** In the platform's time, where it is known. */
  readonly serverAt?: EpochMs;
}

/**
 * What stays of a request whose outcome is known: an attempt of it was given up and may still land, and bring old
 * values back over newer ones (design §5, late delivery).
 */
export interface Shade {
  /** It can land no more. */
  readonly until: Until;
  /** What it carried, in order: all that it can do. */
  readonly operations: readonly Operation[];
  /**
   * What it can do and the base has a word on, by `touchesOf`: its own effect was confirmed, or that of something later.
   * Only there a value that it brings back is known to be old.
   */
  readonly settled: readonly string[];
}

/** What an earlier release left of a close that was accepted. */
export interface Closing {
  /** Of the operations that asked for it. */
  readonly history: readonly HistoryRow[];
}

/**
 * Row of the `journal` table: a request that may have left. Written, strictly durable, before its first byte;
 * deleted when its outcome is known, or when its `shade` is over. A retry sends the identical bytes. Never holds headers or tokens.
 * That of an accepted close stays as it is until the object is seen closed and compared (design §5, closing): nothing in the outbox is
 * carried by it any more, and the object is `unsettled`.
 */
export interface JournalRow {
  readonly version: 1;
  readonly number: number;
  /** `/record-xxxx/close`: the route. The verb is always POST. */
  readonly path: string;
  /** The JSON text of the body; its UTF-8 bytes are what is sent. */
  readonly body: string;
  readonly nonce?: string;
  /** The key property inside a create. */
  readonly key?: string;
  /** Of a create that was refused before (`OutboxRow.refused`): it is looked up by its key before it leaves. */
  readonly asksFirst?: true;
  readonly lane: LocalKey;
  readonly operations: readonly Sequence[];
  /** The epoch of the sender that wrote it. */
  readonly epoch: number;
  readonly firstAttempt: FirstAttempt;
  /** Its outcome is known; nothing sends it again. */
  readonly shade?: Shade;
  /** Its outcome is known; nothing sends it again. */
  readonly closing?: Closing;
}
