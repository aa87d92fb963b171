import type { Effect, RequestEntry } from "@holdfast/platform";
import type { PlatformObject } from "./ledger.ts";
import type { NetworkState } from "./network.ts";

/** What the script cannot do through Holdfast itself. Plain data only, so that it may be in another thread. */
export interface Stage {
  scene(): Promise<Scene>;
  setNetwork(state: NetworkState): Promise<void>;
  /** The app's process is gone from one instant to the next; the device keeps what was committed. */
  crash(): Promise<void>;
  /** Lets the lab's clock run. */
  pass(ms: number): Promise<void>;
  /** Lets time run until the platform has made so many changes. @throws Error after 12 h of virtual time. */
  passUntilEffects(count: number): Promise<void>;
  /** Lets time run until nothing but parked operations is in the outbox. @throws Error after 12 h of virtual time. */
  passUntilSent(): Promise<void>;
  evidence(): Promise<Evidence>;
}

export interface Scene {
  /** Virtual time of day. */
  readonly time: string;
  readonly project: string;
  /** A project where the user may only look. */
  readonly foreignProject: string;
  /** Changes the platform has made. */
  readonly effects: number;
  /** HTTP calls that have left. */
  readonly requests: number;
  readonly waiting: number;
  readonly parked: number;
}

/** What the platform can say when the day is over. */
export interface Evidence {
  readonly effects: readonly Effect[];
  readonly requests: readonly Readonly<RequestEntry>[];
  /** Of the user's project, in the order of their creation. */
  readonly objects: readonly PlatformObject[];
}
