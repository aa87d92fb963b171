export {
  type ContentsOptions,
  deleteContents,
  type FileSystemPort,
  isContentsDatabase,
  openContents,
} from "./content/open-contents.ts";
export { deleteStore, type DeleteStoreOptions } from "./delete-store.ts";
export type { KeyRanges } from "./key-ranges.ts";
export { defaultLimits, type StoreLimits } from "./limits.ts";
export { openStore, type OpenStoreOptions } from "./open-store.ts";
export type { StorageManagerPort } from "./store-status.ts";
