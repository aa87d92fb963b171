import type { ContentStore, NewMd5 } from "@holdfast/core";

/** What an engine moves contents of files with. */
export interface EngineContent {
  /** The engine does not close it. */
  readonly store: ContentStore;
  readonly newMd5: NewMd5;
}
