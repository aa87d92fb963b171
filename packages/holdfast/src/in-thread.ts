import { silentLogger } from "@holdfast/core";
import { checkStoreOptions } from "./check-options.ts";
import { tagOf } from "./background/store-tag.ts";
import { Client } from "./client/client.ts";
import { InThreadTransport } from "./client/in-thread-transport.ts";
import { Line } from "./client/line.ts";
import { systemClock } from "./clock.ts";
import { alwaysConnected, systemChannel, systemLocks, systemRandom } from "./environment-worker.ts";
import type { Holdfast } from "./holdfast.ts";
import { type HostPorts, openHost } from "./host.ts";
import { indexedDbStorage } from "./host/indexed-db-storage.ts";
import type { HostLimits } from "./host/ports.ts";
import type { StoreOptions } from "./options.ts";
import { toPlatformAddress } from "./platform-address.ts";

export { type IndexedDbPorts, indexedDbStorage } from "./host/indexed-db-storage.ts";
export type { HostLimits, HostPorts, Storage, StoreRequest } from "./host/ports.ts";

export interface InThreadOptions extends Omit<StoreOptions, "api"> {
  /** An address; `ports.fetch` may answer for it. */
  readonly api: string;
  /**
   * What is not given is taken from the environment: real clocks, Web Locks, `BroadcastChannel`, `fetch`, the
   * global `indexedDB`. Tests and simulations give their own.
   */
  readonly ports?: Partial<Omit<HostPorts, "logger">>;
  /** Bounds of the engine that tests, simulations and benchmarks set. */
  readonly limits?: HostLimits;
}

/**
 * The same store as `openHoldfast` opens, without a worker: for Node, for tests, for a script without a page.
 * @throws HoldfastError as `openHoldfast`.
 */
export async function openHoldfastInThread(options: InThreadOptions): Promise<Holdfast> {
  const checked = checkStoreOptions(options);
  const { name, user, replay, paused, parked, onDetailsConflict } = checked;
  const decide =
    typeof options.onDetailsConflict === "function" ? options.onDetailsConflict : undefined;
  const { url, host } = toPlatformAddress(options.api);
  const { token, logger = silentLogger, signal } = options;
  signal?.throwIfAborted();
  const ports: HostPorts = {
    storage: ownStorage(options.ports),
    ...environment,
    ...options.ports,
    logger,
  };
  const transport = await InThreadTransport.open((onPush) =>
    openHost(ports, {
      url,
      host,
      name,
      user,
      replay,
      paused,
      parked,
      onDetailsConflict,
      visible: true,
      limits: options.limits ?? {},
      onPush,
    }),
  );
  if (signal?.aborted === true) {
    await transport.close();
    throw signal.reason;
  }
  const line = new Line({ transport, clock: ports.clock, logger }, token, decide);
  return new Client({ line, tag: tagOf({ url, user, name }) });
}

const environment: Omit<HostPorts, "logger" | "storage"> = {
  clock: systemClock,
  random: systemRandom,
  locks: systemLocks,
  openChannel: systemChannel,
  connectivity: alwaysConnected,
  fetch: (request) => fetch(request),
};

/** Node has no `indexedDB`, so the global is only looked for where it is needed. */
function ownStorage(ports: InThreadOptions["ports"]): HostPorts["storage"] {
  return ports?.storage ?? indexedDbStorage({ indexedDB, IDBKeyRange });
}
