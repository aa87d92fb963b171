/**
 * The largest value of any table, serialised, in bytes. Chromium moves larger ones (from 64 KiB on) to files of
 * their own, which is slow and the main source of storage errors in the wild (design §4.5).
 */
export const maxValueBytes: number = 60 * 1024;

/** Characters of a part: 60,000 bytes where each takes two, and room for what the serialiser adds. */
export const partLength: number = 30_000;

/** Objects a change names one by one; more are `"many"`. */
export const maxNamedKeys: number = 500;

/** What a store bounds; tests make the bounds small. */
export interface StoreLimits {
  /** Changes that can be named later (`changesSince`). */
  readonly keepChanges: number;
  /** Writes that may share one transaction. */
  readonly groupWrites: number;
  /** Rows after which a group takes no further write. */
  readonly groupRows: number;
  /** Bytes, by their upper bound, after which a group takes no further write. */
  readonly groupBytes: number;
  /** Bytes, by their upper bound, of rows kept at hand; 0 keeps none. */
  readonly knownBytes: number;
}

export const defaultLimits: StoreLimits = {
  keepChanges: 1_000,
  groupWrites: 1_000,
  groupRows: 5_000,
  groupBytes: 16 * 2 ** 20,
  knownBytes: 8 * 2 ** 20,
};
