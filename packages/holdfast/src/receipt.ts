import type { LocalKey, OperationId } from "@holdfast/core";

export interface WaitOptions {
  /** Ends the waiting, not the operation: rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
}

/**
 * What every change resolves to, at `stored`: the change is durable on this device, whatever happens next. Not
 * thenable, so that `await object.rename("…")` waits for the device only.
 */
export interface Receipt {
  /** For `operations.get`, also after a restart. */
  readonly operation: OperationId;
  /** The object's local key. */
  readonly object: LocalKey;
  /**
   * Resolves once the platform has confirmed the operation.
   * @throws HoldfastError `Parked` when it waits for a person now, `Discarded`, `Removed` when the object was removed before
   *   it was sent, `StorageClosed`.
   */
  acked(options?: WaitOptions): Promise<void>;
  /**
   * Resolves once the object is closed on the platform, this operation included.
   * @throws HoldfastError `NotClosing` at once where nobody asked for a close; `ClosedWithForeignChange` where the
   *   platform closed it with types, details or visibility that somebody else changed just before; `Parked`, `Discarded`, `Removed`,
   *   `StorageClosed`.
   */
  settled(options?: WaitOptions): Promise<void>;
}
