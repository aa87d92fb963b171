import type { EpochMs, Json } from "@holdfast/core";

/** One change of the world: what a call really did. A call that changes nothing leaves none. */
export interface Effect {
  /** 0, 1, 2, … in the order in which they happened. */
  readonly number: number;
  readonly at: EpochMs;
  /** `X-Request-ID` of the call. */
  readonly requestId: string;
  readonly user: string;
  /** As the documentation writes it: `/record/new`, `/record-xxxx/close`. */
  readonly route: string;
  /** The object, or the project where a container changed. */
  readonly id: string;
  /** The container named in the call, or where the object was created. */
  readonly project: string;
  /** The value of the key property the object was created with (`Platform` option `keyProperty`). */
  readonly key?: string;
  readonly nonce?: string;
  /** Each changed field: what it was (null for something new) and what it is. */
  readonly changed: Readonly<Record<string, readonly [before: Json, after: Json]>>;
}
