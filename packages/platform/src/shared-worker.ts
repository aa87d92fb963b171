import { systemClock } from "./clock.ts";
import { PlatformHost } from "./in-page/platform-host.ts";
import type { FromHost } from "./in-page/wire.ts";
import { lockWorld } from "./in-page/world-lock.ts";
import { IndexedDbPersistence } from "./persistence/indexed-db-persistence.ts";

// The script of the SharedWorker: one platform per origin. Pages may connect while the world is still being read.
const host = lockWorld("SharedWorker", systemClock).then(() =>
  PlatformHost.open({ clock: systemClock, persistence: new IndexedDbPersistence() }),
);

addEventListener("connect", (event) => {
  const [port] = (event as MessageEvent).ports;
  if (port === undefined) return;
  host.then(
    (opened) => opened.connect(port),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      port.postMessage({ type: "unable", message } satisfies FromHost);
    },
  );
});
