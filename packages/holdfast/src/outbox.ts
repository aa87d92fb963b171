import type {
  EpochMs,
  Failure,
  FailureCode,
  LocalKey,
  Operation,
  OperationId,
  OperationKind,
} from "@holdfast/core";
import type { Observable } from "rxjs";
import type { WaitOptions } from "./receipt.ts";

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
}

/** The head of a list that may be long. */
export interface OutboxPage {
  /** The first 200, oldest first. */
  readonly entries: readonly OutboxEntry[];
  readonly total: number;
}

export interface ParkedPage extends OutboxPage {
  /** How many are parked for what, so that one button can retry or discard a kind. */
  readonly reasons: readonly { readonly code: FailureCode; readonly count: number }[];
}

/** Which operations: by id, all parked of one reason, all parked, or all of one object. */
export type OutboxSelection =
  | { readonly operations: readonly string[] }
  | { readonly reason: FailureCode }
  | { readonly parked: true }
  | { readonly object: string };

/** What a discard would do. */
export interface DiscardPreview {
  /** What would be given up: the chosen ones, and of a create that was never sent all of its object. */
  readonly operations: readonly OutboxEntry[];
  /** What would be parked, as it mentions an object that would never come to be. */
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
}
