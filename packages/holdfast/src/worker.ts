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
import { WorkerEndpoint } from "./worker-endpoint.ts";

// The one module with a side effect: from here on the page's messages are answered.
expose(
  new WorkerEndpoint({
    locks: systemLocks,
    hostPorts: (api) => ({
      clock: systemClock,
      random: systemRandom,
      locks: systemLocks,
      openChannel: systemChannel,
      connectivity: api === undefined ? systemConnectivity : alwaysConnected,
      fetch: api === undefined ? (request) => fetch(request) : fetchOverPort(api),
      storage: systemStorage(),
    }),
  }),
);
