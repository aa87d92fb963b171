// the platform
export { createPlatform, openPlatform } from "./create-platform.ts";
export type {
  Control,
  Platform,
  PlatformOptions,
  ProjectFlags,
  ProjectOption,
  StoredPlatformOptions,
  UserOption,
} from "./platform.ts";
export { ApiError } from "./api-error.ts";
export type { Seed } from "./chance.ts";
export { defaultLimits, type Limits } from "./limits.ts";
export { type Level, levels } from "./levels.ts";
// the lifecycle, to be compared with another one
export {
  answerOf,
  initialState,
  type LifecycleAnswer,
  type LifecycleQuestion,
  lifecycle,
  type ObjectOperation,
  objectOperations,
  type Rule,
} from "./lifecycle.ts";
// which methods it has, to measure what is covered
export { routeNames } from "./routes/route-names.ts";
// what it did
export type { RequestEntry } from "./protocol/request-entry.ts";
export type { Effect } from "./world/effect.ts";
export type { WorldFile } from "./world/world-file.ts";
export { WorldFileError } from "./world/world-reader.ts";
// files
export type { UnarchivingRate } from "./assumed.ts";
export type { Content, ContentStore, ReceivedContent } from "./content/content.ts";
export { MemoryContent } from "./content/memory-content.ts";
export { defaultFileRules, type FileRules } from "./files/file-rules.ts";
// what goes wrong with it
export type { Fault, FaultKind, FaultName } from "./faults/fault.ts";
export type { FaultRate, Faults, WaitingFault } from "./faults/faults.ts";
export type { Pattern } from "./faults/pattern.ts";
// where it survives
export { MemoryPersistence } from "./persistence/memory-persistence.ts";
export type { Persistence, RowWrite, SavedRows } from "./persistence/persistence.ts";
