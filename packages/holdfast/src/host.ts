import { type Host, HostSession } from "./host/session.ts";
import type { HostOptions, HostPorts } from "./host/ports.ts";

export type { Host } from "./host/session.ts";
export { type IndexedDbPorts, indexedDbStorage } from "./host/indexed-db-storage.ts";
export type {
  HostLimits,
  HostOptions,
  HostPorts,
  Storage,
  StoreRequest,
} from "./host/ports.ts";

/**
 * Opens the store and starts the engine. Names of database, lock and channel carry the host and the user.
 *
 * @throws HoldfastError `NewerVersion`, `PermissionDenied` when the store is bound to another user,
 *   `StorageFailed`.
 */
export async function openHost(ports: HostPorts, options: HostOptions): Promise<Host> {
  return await HostSession.open(ports, options);
}
