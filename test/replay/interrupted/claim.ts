import type { ReplayWorld } from "../replay-world.ts";

/**
 * One thing that a case says about how it came out, as plain data: who plays it may be a worker, which has no test
 * runner around it.
 */
export interface Claim {
  readonly what: string;
  readonly seen: unknown;
  /** What the seen must match: objects may have more members, lists may not. */
  readonly expected: unknown;
}

/** One row of the table, whatever engine plays it. */
export interface Case {
  /** Cases of one group are told together. */
  readonly group: string;
  readonly name: string;
  /**
   * Whether browsers play it, too: each history and each kind of request, cut on either side, with the end of the process
   * and without. Of the guards they meet one a combination, Node all.
   */
  readonly isForBrowsers: boolean;
  readonly play: (open: OpenWorld) => Promise<readonly Claim[]>;
}

/** A world of its own, over the IndexedDB of the engine that plays. */
export type OpenWorld = (seed: string) => Promise<ReplayWorld & AsyncDisposable>;
