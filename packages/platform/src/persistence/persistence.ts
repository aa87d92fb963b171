import type { RowName } from "../world/unsaved-rows.ts";

/** A row to write, or to delete where it has no value. */
export interface RowWrite extends RowName {
  readonly value: object | undefined;
}

/** The rows of a saved world, by table. */
export type SavedRows = Readonly<Record<RowName["table"], readonly object[]>>;

/**
 * Where a world survives its process. A commit is one transaction: all of its rows or none, and there once the
 * promise resolves. Commits are never asked for at the same time.
 */
export interface Persistence {
  /** Undefined where nothing was ever saved. */
  load(): Promise<SavedRows | undefined>;
  commit(writes: readonly RowWrite[]): Promise<void>;
  /** Takes everything away, as part of what replaces it. */
  replace(writes: readonly RowWrite[]): Promise<void>;
  close(): void;
}
