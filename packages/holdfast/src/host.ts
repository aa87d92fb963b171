import { HostSession } from "./host/session.ts";
import type { HostOptions, HostPorts } from "./host/ports.ts";
import type { Message, Result } from "./wire.ts";

export { type IndexedDbPorts, indexedDbStorage } from "./host/indexed-db-storage.ts";
export type {
  HostLimits,
  HostOptions,
  HostPorts,
  Storage,
  StoreRequest,
} from "./host/ports.ts";

/** Storage and engine joined, for one page. What runs in the worker. */
export interface Host {
  /** Answers in the order of the messages. Never rejects: what goes wrong is the message's own result. */
  call(messages: readonly Message[]): Promise<readonly Result[]>;
  /** Resolves once what was called before is stored and the engine stands still. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens the store and starts the engine. Names of database, lock and channel carry the host and the user.
 *
 * @throws HoldfastError `NewerVersion`, `PermissionDenied` when the store is bound to another user,
 *   `StorageFailed`.
 */
export async function openHost(ports: HostPorts, options: HostOptions): Promise<Host> {
  return await HostSession.open(ports, options);
}
