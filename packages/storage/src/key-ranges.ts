/** The injected `IDBKeyRange`, as far as it is used. */
export type KeyRanges = Pick<typeof IDBKeyRange, "bound" | "only" | "lowerBound" | "upperBound">;
