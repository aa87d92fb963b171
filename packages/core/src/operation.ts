import type { ObjectState } from "./data-object.ts";
import type { ClosedField } from "./fixed-field.ts";
import type { Failure, FailureCode } from "./failure.ts";
import type {
  ContentName,
  DataObjectClass,
  LocalKey,
  ObjectId,
  OperationId,
  ProjectId,
  ProvisionalId,
} from "./ids.ts";
import type { JsonText } from "./json.ts";
import type { Level } from "./data-object.ts";
import type { EpochMs } from "./ports.ts";

/** The inputs of a create, complete: defaults are filled in before it becomes an operation. */
export interface CreateInput {
  readonly name: string | null;
  readonly folder: string;
  readonly parents: boolean;
  readonly types: readonly string[];
  readonly tags: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  readonly details: JsonText;
  readonly hidden: boolean;
  /** Created and closed in one: of a record only. */
  readonly close: boolean;
  /** What only the class takes, as given: the JSON text of an object. See `ownFieldsOf`. Absent where nothing was given. */
  readonly own?: JsonText;
}

/** The fields a create takes from the object it is initialised from, unless they are given (DO §6). */
export type InheritedField = "name" | "types" | "tags" | "properties" | "details" | "hidden";

export interface InitializeFrom {
  readonly project: ProjectId;
  readonly id: ObjectId;
  /** What was not given, and so comes from there. */
  readonly fields: readonly InheritedField[];
}

/**
 * One intended change of one object. Ids inside are local ids.
 *
 * `create` and `clone` begin a lane: before them there is no such copy. Nothing comes behind a `remove` but what was called
 * while it was parked.
 */
export type Operation =
  | {
      readonly kind: "create";
      readonly class: DataObjectClass;
      readonly input: CreateInput;
      /** What is still to be taken from another object before it can be sent: `expandCreate`. */
      readonly inherits?: InitializeFrom;
    }
  | { readonly kind: "addTypes"; readonly types: readonly string[] }
  | { readonly kind: "removeTypes"; readonly types: readonly string[] }
  | { readonly kind: "setDetails"; readonly details: JsonText }
  | { readonly kind: "setVisibility"; readonly hidden: boolean }
  | { readonly kind: "rename"; readonly name: string }
  | { readonly kind: "setProperties"; readonly properties: Readonly<Record<string, string | null>> }
  | { readonly kind: "addTags"; readonly tags: readonly string[] }
  | { readonly kind: "removeTags"; readonly tags: readonly string[] }
  /** Into a folder that is there (CS §2.2). */
  | { readonly kind: "move"; readonly folder: string }
  | AttachOperation
  | { readonly kind: "close" }
  | { readonly kind: "remove" }
  | CloneOperation
  | FolderOperation;

/**
 * The content of a file, whole on this device: its parts are uploaded beside what else is to be done with the object, and
 * only its close waits for them. Done once the platform shows every part complete, with our size and MD5 (DO §7.3, §7.4).
 */
export interface AttachOperation {
  readonly kind: "attach";
  readonly content: ContentName;
  /** In bytes. */
  readonly size: number;
}

/** What is done to folders, in the lane of their project (CS §2.2). Paths are normal ones. */
export type FolderOperation =
  | { readonly kind: "newFolder"; readonly folder: string; readonly parents: boolean }
  /** `name` is the new last part of its path. */
  | { readonly kind: "renameFolder"; readonly folder: string; readonly name: string }
  /** Into a folder that is there: the platform's `move`, of folders. */
  | { readonly kind: "moveFolder"; readonly folder: string; readonly destination: string }
  /** Of an empty one. */
  | { readonly kind: "removeFolder"; readonly folder: string };

export function isFolderOperation(operation: Operation): operation is FolderOperation {
  switch (operation.kind) {
    case "newFolder":
    case "renameFolder":
    case "moveFolder":
    case "removeFolder":
      return true;
    default:
      return false;
  }
}

/** The copy of an object in another project, of which it is the first operation (CS §4). */
export interface CloneOperation {
  readonly kind: "clone";
  /** Where it is cloned from. */
  readonly from: ProjectId;
  /** The object, by the first id known here. */
  readonly object: ObjectId;
  /** Make the missing folders on the way. */
  readonly parents: boolean;
  /** The copy as it was when it was asked for, in its folder: what is shown until the platform has it. */
  readonly state: ObjectState;
}

export type OperationKind = Operation["kind"];

/** The edits: every operation on an object that exists, but its close and its removal. */
export type Edit = Exclude<
  Operation,
  { kind: "create" | "clone" | "attach" | "close" | "remove" } | FolderOperation
>;

/** The persisted monotone number that orders operations (design §4.4). */
export type Sequence = number;

export interface Parking {
  readonly reason: Failure;
  readonly at: EpochMs;
  /** Of what was refused for want of rights: what we were allowed then (see `policyStep`). */
  readonly rights?: Rights;
}

/** What the one sender is allowed in a project. */
export interface Rights {
  /** Absent where the platform did not say. */
  readonly level?: Level | "NONE";
  /** Differs for each token, and tells nothing of it: 32 bits. */
  readonly token: string;
}

/** Row of the `outbox` table: a durable operation that the platform has not confirmed yet. */
export interface OutboxRow {
  readonly version: 1;
  readonly sequence: Sequence;
  readonly id: OperationId;
  /** The local key of the object: operations of one lane go in order. */
  readonly lane: LocalKey;
  readonly operation: Operation;
  /** Every id and path the operation touches. */
  readonly touches: readonly string[];
  /** Objects whose create must be confirmed first, because their ids stand in the operation. */
  readonly waitsFor: readonly ProvisionalId[];
  readonly madeAt: EpochMs;
  /** Of a create: drawn in the write itself, so that no two senders can invent two. */
  readonly create?: { readonly nonce: string; readonly key: string };
  /** The journalled request that carries it, from the journalling until the outcome is known. */
  readonly request?: number;
  /** Sent in a request of its own, since a merged one was refused. */
  readonly alone?: true;
  readonly parked?: Parking;
  /**
   * Of a create that a journalled request carries: what that request leaves out, because it mentions the object itself
   * or would make a cycle of waits, or because the close must not go before an edit of a fixed field. Its ack keeps the row and makes it the edit that is left.
   */
  readonly leavesOut?: readonly LeftOut[];
  /**
   * Of what was changed after it was called: what it mentions now and what was made after it. A create must not
   * wait for these, nor a move behind an edit, as they may wait for it (see `PlanOptions.apart`).
   */
  readonly apart?: readonly ProvisionalId[];
  /**
   * Of a create that the platform refused. A copy of that request may still be under way, and land once nothing is refused
   * any more: whoever sends it again looks it up by its key first, and keeps its nonce.
   */
  readonly refused?: true;
  /** Copies of its object that were asked for before it, of a field that travels with a clone: it goes when they are made. */
  readonly follows?: readonly LocalKey[];
  /** Nobody's new wish: it brings back what an earlier request undid when it landed late (design §5, late delivery). */
  readonly restores?: true;
  /** Parked, while a later operation of the lane set all that it would set: a retry has nothing to send. */
  readonly overridden?: true;
}

/** What a create can leave for a later request. */
export type LeftOut = "details" | "properties" | "close";

/** Row of the `history` table: an operation whose fate is known, under its outbox sequence. */
export interface HistoryRow {
  readonly version: 1;
  readonly sequence: Sequence;
  readonly id: OperationId;
  readonly lane: LocalKey;
  readonly kind: OperationKind;
  readonly user: string;
  readonly madeAt: EpochMs;
  /** Device time of the acknowledgement or the discard. */
  readonly endedAt: EpochMs;
  /** `endedAt` in the platform's time, by the last known server offset. */
  readonly platformAt?: EpochMs;
  readonly requestId?: string;
  /** Of a close: see `ObjectRow.closedWithForeignChange`. */
  readonly closedWithForeignChange?: readonly ClosedField[];
  /**
   * `acked`: an answer said so; `found`: a survey, describe or lookup showed it done; `overridden`: it was parked, and
   * when it was retried a later operation had already set all that it would have set; `savedAsNew`: given up for
   * `savedAs`; `removed`: its object was removed before it was sent.
   */
  readonly outcome: "acked" | "found" | "discarded" | "overridden" | "savedAsNew" | "removed";
  /** The object made in its stead, which has what it would have set. */
  readonly savedAs?: LocalKey;
  /** Discarded by what the app has stated for this reason, not by a person. */
  readonly policy?: FailureCode;
}
