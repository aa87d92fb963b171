import { HoldfastError } from "@holdfast/core";

/** The one name of the error, of ours or of the database's own. */
export function errorName(error: unknown): string {
  if (typeof error !== "object" || error === null) return typeof error;
  const { name } = error as { readonly name?: unknown };
  return typeof name === "string" ? name : "Error";
}

/** What the app hears of an error of the database. */
export function toStorageFailure(error: unknown): HoldfastError {
  if (error instanceof HoldfastError) return error;
  const name = errorName(error);
  if (name === "QuotaExceededError") {
    const message =
      "The device gives this site no more space, so the change was not saved. Free some space and repeat it.";
    return new HoldfastError({ code: "StorageQuota", message }, { cause: error });
  }
  const text = error instanceof Error ? error.message : String(error);
  const message = `The browser's database failed (${name}: ${text}). What the call asked for may not be saved.`;
  return new HoldfastError({ code: "StorageFailed", message }, { cause: error });
}

/** Errors with which a database answers after it lost its connection, and that another one may not give. */
export function isLostConnection(error: unknown): boolean {
  return ["AbortError", "InvalidStateError", "UnknownError"].includes(errorName(error));
}

export function storeClosed(): HoldfastError {
  return new HoldfastError({
    code: "StorageClosed",
    message: "The store is closed. Open it again.",
  });
}
