export { LocalChannels } from "./local-channel.ts";
export { LocalLocks } from "./local-locks.ts";
export {
  contentStoreConformance,
  type ContentStoreConformance,
  type ContentWorld,
} from "./content-store-conformance.ts";
export {
  MemoryContents,
  memoryContentStore,
  type MemoryContentStoreOptions,
} from "./memory-content-store.ts";
export { MemoryDatabase } from "./memory-database.ts";
export { memoryStore, type MemoryStoreOptions } from "./memory-store.ts";
export {
  sampleContent,
  sampleHistory,
  sampleJournal,
  sampleKey,
  sampleObject,
  sampleOutbox,
  sampleProject,
  sampleProvisionalId,
  sampleRealId,
  sampleState,
} from "./sample-rows.ts";
export { MortalProcess } from "./mortal-process.ts";
export { seededRandom } from "./seeded-random.ts";
export {
  storeConformance,
  type StoreConformance,
  type StoreWorld,
} from "./store-conformance.ts";
export { settleMicrotasks, VirtualClock } from "./virtual-clock.ts";
