import { type ContentName, type ContentStore, HoldfastError } from "@holdfast/core";

/** One of the places that the contents of one store may lie in. */
export interface ContentPlace extends ContentStore {
  has(name: ContentName): Promise<boolean>;
}

/** What every place says of bytes that should be there. */
export function notThere(name: ContentName): HoldfastError {
  return new HoldfastError({
    code: "StorageFailed",
    message: `The bytes of ${name} are not, or not all, on this device any more.`,
  });
}
