import type {
  EpochMs,
  Failure,
  ClosedField,
  FailureCode,
  LocalKey,
  OperationId,
  OperationKind,
} from "@holdfast/core";
import type { WaitOptions } from "./receipt.ts";

interface Common {
  readonly id: OperationId;
  readonly object: LocalKey;
  readonly kind: OperationKind;
  readonly madeAt: EpochMs;
}

/** Where an operation stands and why. */
export type OperationReport =
  | (Common & {
      readonly state: "waiting";
      /** Why it has not left: operations it comes after, in its own lane or because they make what it links to. */
      readonly after: readonly OperationId[];
    })
  | (Common & { readonly state: "sending" })
  | (Common & { readonly state: "parked"; readonly reason: Failure; readonly parkedAt: EpochMs })
  | (Common & {
      /**
       * `acked`: the platform answered so; `found`: it was seen to be done already; `overridden`: when it could go,
       * a later operation had set all that it would have set; `savedAsNew`: given up for the object `savedAs`;
       * `removed`: its object was removed before it was sent.
       */
      readonly state: "acked" | "found" | "overridden" | "discarded" | "savedAsNew" | "removed";
      readonly savedAs?: LocalKey;
      /** Discarded by the policy that the app has stated for this reason, not by a person. */
      readonly policy?: FailureCode;
      readonly user: string;
      /** Device time. */
      readonly endedAt: EpochMs;
      /** The same in the platform's time, estimated by the last known offset. */
      readonly platformAt?: EpochMs;
      readonly requestId?: string;
      /** Of a close: the fields that somebody else changed just before it. Absent also until the object was looked at. */
      readonly closedWithForeignChange?: readonly ClosedField[];
    });

/** An operation that has come to its end. */
export type HistoryEntry = Extract<OperationReport, { readonly endedAt: EpochMs }>;

export interface Operations {
  /** Undefined for an id that this device never gave. */
  get(id: string, options?: WaitOptions): Promise<OperationReport | undefined>;
}

export interface HistoryOptions extends WaitOptions {
  readonly after?: OperationId;
  /** 1 to 500, default 500. */
  readonly limit?: number;
  /** By when the operations were called. Default false: the oldest first. */
  readonly newestFirst?: boolean;
}

/** What happened, kept after the ack: the platform itself stamps only the time of the replay. */
export interface History {
  /** Page by page: `after` is the last id of the page before, in either order. */
  list(options?: HistoryOptions): Promise<readonly HistoryEntry[]>;
  /** All of it as JSON Lines, one entry a line. */
  export(options?: WaitOptions): Promise<Blob>;
}
