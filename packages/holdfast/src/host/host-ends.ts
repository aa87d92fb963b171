import type { Failure } from "@holdfast/core";

/** Why a host answers nothing more. */
export const closedHere: Failure = {
  code: "StorageClosed",
  message: "The store was closed; open it again.",
};

export const signedOut: Failure = {
  code: "StorageClosed",
  message: "Signed out; sign in and open the store.",
};

export const removedElsewhere: Failure = {
  code: "StorageClosed",
  message: "Another tab has signed out; sign in and open the store.",
};

/** Why it goes on instead. */
export function unsentWorkFailure(operations: number): Failure {
  return {
    code: "UnsentWork",
    message: `${operations} changes are not on the platform yet; send them first, or force it to lose them.`,
    operations,
  };
}
