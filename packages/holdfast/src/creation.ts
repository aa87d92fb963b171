import type { Json } from "@holdfast/core";
import type { CreatedHandle } from "./object-handle.ts";

/** What a create of every class takes, in the platform's words and with its defaults (DO §6). */
export interface CreationInput {
  readonly project: string;
  /** Default: the id. */
  readonly name?: string;
  /** Default `/`. */
  readonly folder?: string;
  /** Make the missing folders on the way. Default false. */
  readonly parents?: boolean;
  readonly types?: readonly string[];
  readonly tags?: readonly string[];
  readonly properties?: Readonly<Record<string, string>>;
  /** An object or array. Default `{}`. */
  readonly details?: Json;
  /** Instead of `details`, the JSON text of it: numbers stay as they are written, however many digits they have. */
  readonly detailsText?: string;
  readonly hidden?: boolean;
}

export interface ManyOptions {
  /** How many of how many have crossed to the worker; the commit itself comes after the last. */
  readonly onProgress?: (progress: { readonly done: number; readonly of: number }) => void;
  /** Up to the commit, gives up and leaves nothing behind. */
  readonly signal?: AbortSignal;
}

/** Making objects of one class. */
export interface Creation<Input extends CreationInput, Made extends CreatedHandle = CreatedHandle> {
  /** @throws HoldfastError `InvalidInput`, `InvalidType`, `StorageQuota`, `StorageFailed`: nothing was written. */
  create(input: Input): Promise<Made>;
  /**
   * All or none, in one transaction, in the order given. At most 50,000.
   * @throws HoldfastError of the first input refused; `failure.details.index` says which.
   */
  createMany(inputs: readonly Input[], options?: ManyOptions): Promise<readonly Made[]>;
}
