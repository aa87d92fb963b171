import type { Store } from "@holdfast/core";

/**
 * The store, but for writing. All of an engine but its term and its election gets this: what it writes goes through
 * `Term.write` and carries the fence of its epoch, or does not compile.
 */
export type StoreReads = Omit<Store, "write" | "close">;
