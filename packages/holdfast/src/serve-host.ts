import { fetchOverPort } from "@holdfast/platform/port-fetch";
import { expose } from "comlink";
import { systemClock } from "./clock.ts";
import {
  alwaysConnected,
  systemChannel,
  systemConnectivity,
  systemLocks,
  systemRandom,
  systemStorage,
} from "./environment-worker.ts";
import type { HostLimits, HostPorts } from "./host/ports.ts";
import { WorkerEndpoint } from "./worker-endpoint.ts";

export type { HostLimits, HostPorts } from "./host/ports.ts";

export interface ServeOptions {
  /** Wraps the real ports, for workers of tests that break things on purpose. Default: leaves them. */
  readonly change?: (ports: WorkerPorts) => WorkerPorts;
  /** Bounds of the engine that tests and benchmarks set. */
  readonly limits?: HostLimits;
  /** Where the page speaks. Default: to the worker itself. */
  readonly at?: MessagePort;
}

export type WorkerPorts = Omit<HostPorts, "logger">;

/** Answers the page of this worker, for one store. The whole of a worker's script. */
export function serveHost(options: ServeOptions = {}): void {
  const { change = (ports: WorkerPorts) => ports, limits = {}, at } = options;
  const endpoint = new WorkerEndpoint({
    locks: systemLocks,
    hostPorts: (api) => change(portsFor(api)),
    limits,
  });
  expose(endpoint, at);
}

function portsFor(api: MessagePort | undefined): WorkerPorts {
  return {
    clock: systemClock,
    random: systemRandom,
    locks: systemLocks,
    openChannel: systemChannel,
    connectivity: api === undefined ? systemConnectivity : alwaysConnected,
    fetch: api === undefined ? (request) => fetch(request) : fetchOverPort(api),
    storage: systemStorage(),
  };
}
