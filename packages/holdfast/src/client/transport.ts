import type { Failure } from "@holdfast/core";
import type { Message, Push, Result } from "../wire.ts";

/**
 * What carries messages to a host and pushes back: a worker, or nothing at all in-thread. Answers stand in the
 * order of the messages of a call. Once `onLost` is called, calls without an answer get none.
 */
export interface Transport {
  call(messages: readonly Message[]): Promise<readonly Result[]>;
  /** Set once, before the first call. Pushes that came earlier are delivered then. */
  listen(listener: TransportListener): void;
  /** Ends the host, after what was called before is stored. */
  close(): Promise<void>;
}

export interface TransportListener {
  onPush(push: Push): void;
  /** The host is gone; called once, and not by `close`. */
  onLost(failure: Failure): void;
}
