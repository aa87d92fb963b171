import type { EpochMs, Failure } from "@holdfast/core";
import type { Block } from "./blocks.ts";
import type { HeldLane } from "./held-back.ts";

/** What the sender does, in whichever tab it is. */
export type EnginePhase =
  /** The platform cannot be reached; `retryAt` says when it is tried next. */
  | "offline"
  | "connecting"
  | "replaying"
  /** Everything is sent but what is parked, blocked, or waits for what is. */
  | "idle"
  | "paused"
  /** The token was refused or is somebody else's; `resume()` asks for another. */
  | "needsAuth"
  /** It met something that it must not guess at, and does nothing more; `failure` says what. */
  | "stopped";

export interface EngineCounts {
  /** Operations neither confirmed nor parked, those being sent included. */
  readonly pending: number;
  /** In requests that have left and are not answered. */
  readonly sending: number;
  readonly parked: number;
  /** Confirmed since the sender began. */
  readonly acked: number;
}

export interface EngineStatus {
  readonly phase: EnginePhase;
  /** Whether this engine is the one that sends; the rest is the sender's, as far as it was heard. */
  readonly leading: boolean;
  readonly retryAt?: EpochMs;
  /** Why the phase is what it is, where something went wrong. */
  readonly failure?: Failure;
  readonly blocked: readonly Block[];
  /** Of which nothing is sent, as a row cannot be read; absent where there is none. */
  readonly heldBack?: readonly HeldLane[];
  readonly counts: EngineCounts;
  /** Of the oldest operation neither confirmed nor parked. */
  readonly oldestUnsentAgeMs?: number;
}

export const noCounts: EngineCounts = { pending: 0, sending: 0, parked: 0, acked: 0 };
