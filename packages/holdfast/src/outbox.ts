import type {
  Choice,
  EpochMs,
  Failure,
  FailureCode,
  Json,
  LocalKey,
  Operation,
  OperationId,
  OperationKind,
} from "@holdfast/core";
import type { Observable } from "rxjs";
import type { CreatedHandle } from "./object-handle.ts";
import type { Receipt, WaitOptions } from "./receipt.ts";

/** One operation that the platform has not confirmed yet. */
export interface OutboxEntry {
  readonly id: OperationId;
  readonly object: LocalKey;
  /** The object's name when the entry was made for the app. */
  readonly name: string;
  readonly operation: Operation;
  readonly kind: OperationKind;
  readonly madeAt: EpochMs;
  /** `sending`: a request that carries it may have left and has no believable answer yet. */
  readonly state: "waiting" | "sending" | "parked";
  /** Of a parked one. */
  readonly reason?: Failure;
  readonly parkedAt?: EpochMs;
  /** Of a parked one: the platform may have done it already. A retry asks; a discard leaves what is there. */
  readonly inDoubt?: true;
  /** What a person may decide about it, as it stands. */
  readonly choices: readonly Choice[];
}

/** The head of a list that may be long. */
export interface OutboxPage {
  /** The first 200, oldest first. */
  readonly entries: readonly OutboxEntry[];
  readonly total: number;
}

/** Work that does not go on, as a row of it cannot be read: it is damaged, or was written by a newer release. */
export interface DamagedWork {
  /** Where that much of it can be read. */
  readonly object?: LocalKey;
  /** `StorageFailed`, or `NewerVersion`; the message names the row. */
  readonly reason: Failure;
}

export interface ParkedPage extends OutboxPage {
  /** At most 200; nobody can decide about them, but they must be known. */
  readonly damaged: readonly DamagedWork[];
  /** How many are parked for what, so that one button can retry or discard a kind. */
  readonly reasons: readonly { readonly code: FailureCode; readonly count: number }[];
}

/**
 * Which operations: by id, all parked of one reason, all parked, or all of one object. With `object`, which is a key
 * or an id, the two in the middle mean those of that object.
 */
export type OutboxSelection =
  | { readonly operations: readonly string[] }
  | { readonly reason: FailureCode; readonly object?: string }
  | { readonly parked: true; readonly object?: string }
  /** Of a project's id: those on the project itself and its folders. */
  | { readonly object: string };

/**
 * Another input for an operation: that of its own method, in the platform's words. Of a create any of its fields;
 * those not given stay as they are.
 */
export interface OperationChange {
  readonly name?: string;
  readonly folder?: string;
  readonly parents?: boolean;
  /** Of a moved folder. */
  readonly destination?: string;
  readonly types?: readonly string[];
  readonly tags?: readonly string[];
  /** Of a create all of them, of `setProperties` the changes. */
  readonly properties?: Readonly<Record<string, string | null>>;
  readonly details?: Json;
  /** Instead of `details`, the JSON text of it: numbers stay as they are written. */
  readonly detailsText?: string;
  readonly hidden?: boolean;
  readonly close?: boolean;
}

/** What a discard would do. */
export interface DiscardPreview {
  /** What would be given up: the chosen ones, and of a create that was never sent all of its object. */
  readonly operations: readonly OutboxEntry[];
  /** What would be parked, as it mentions an object or needs a folder that would never come to be. */
  readonly parks: readonly OutboxEntry[];
  /** Objects that would disappear from this device. */
  readonly objects: readonly LocalKey[];
}

export interface Outbox {
  /** Now and after every change, at most a few times a second. Parked ones are not among them. */
  readonly pending$: Observable<OutboxPage>;
  readonly parked$: Observable<ParkedPage>;
  /** All of it, in the user's order, page by page: `after` is the last id of the page before. */
  list(
    options?: WaitOptions & { readonly after?: OperationId; readonly limit?: number },
  ): Promise<readonly OutboxEntry[]>;
  /** Lets parked operations go again. Resolves to how many, once that is durable. */
  retry(selection: OutboxSelection): Promise<number>;
  discardPreview(selection: OutboxSelection): Promise<DiscardPreview>;
  /**
   * Gives operations up, with what cannot stand without them: see {@link discardPreview}. Views go back.
   * @returns How many were given up: what was confirmed or given up meanwhile is not among them.
   * @throws HoldfastError `InvalidState` where a request that carries one is on its way: its outcome comes first.
   */
  discard(selection: OutboxSelection): Promise<number>;
  /**
   * Puts another input into an operation that has not left, at its place in the order; a parked one goes again.
   * @throws HoldfastError `InvalidInput` as the call itself would, and for a close, which has no input;
   *   `InvalidState` while it is on its way, may be on the platform already, or can never be done to the object as it
   *   is now; `ResourceNotFound` where it has left the outbox.
   */
  edit(operation: string, change: OperationChange): Promise<Receipt>;
  /**
   * For parked edits of types, details or visibility of a record that somebody has closed: makes a new open record
   * with all that the closed one shows and all such edits of it, which end in the history as `savedAsNew`.
   * @throws HoldfastError `InvalidState` for any other operation, `ResourceNotFound` where it has left the outbox.
   */
  saveAsNew(operation: string): Promise<CreatedHandle>;
}
