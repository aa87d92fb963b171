import { HoldfastError, silentLogger } from "@holdfast/core";
import { tagOf } from "./background/store-tag.ts";
import { Client } from "./client/client.ts";
import { Line } from "./client/line.ts";
import { openWorkerTransport } from "./client/worker-transport.ts";
import type { Holdfast } from "./holdfast.ts";
import { checkStoreOptions } from "./check-options.ts";
import type { HoldfastOptions } from "./options.ts";
import { toPlatformAddress } from "./platform-address.ts";
import { systemClock } from "./clock.ts";
import { pageLocks, uniqueText } from "./environment-page.ts";
import { wireVersion } from "./wire.ts";

const defaultHandshakeMs = 10_000;

/**
 * Opens the store of one user on one platform, in a worker of its own. Any number of tabs may have it open;
 * every one writes, one of them sends.
 *
 * @throws HoldfastError `InvalidInput` for options that cannot be, `WorkerUnreachable`, `NewerVersion` when a
 *   newer release has written the store, `PermissionDenied` when it belongs to another user, `StorageFailed`.
 */
export async function openHoldfast(options: HoldfastOptions): Promise<Holdfast> {
  const checked = checkStoreOptions(options);
  const { name, user, replay, paused, parked, onDetailsConflict } = checked;
  const decide =
    typeof options.onDetailsConflict === "function" ? options.onDetailsConflict : undefined;
  const { url, host, port } = toPlatformAddress(options.api);
  const { worker: given, token, handshakeMs = defaultHandshakeMs, signal, logger } = options;
  signal?.throwIfAborted();
  const page = typeof document === "undefined" ? undefined : document;
  const visible = page?.visibilityState !== "hidden";
  const transport = await openWorkerTransport({
    worker: startWorker(given),
    opening: {
      wire: wireVersion,
      url,
      host,
      user,
      name,
      replay,
      paused,
      visible,
      parked,
      onDetailsConflict,
    },
    handshakeMs,
    clock: systemClock,
    locks: pageLocks(),
    uniqueName: `holdfast-life:${uniqueText()}`,
    ...(port === undefined ? {} : { api: port }),
    ...(signal === undefined ? {} : { signal }),
  });
  const line = new Line(
    { transport, clock: systemClock, logger: logger ?? silentLogger },
    token,
    decide,
  );
  const listening = new AbortController();
  if (page !== undefined) tellVisibility(page, line, listening.signal);
  const tag = port === undefined ? tagOf({ url, user, name }) : undefined;
  return new Client({ line, tag }, () => listening.abort());
}

function startWorker(given: Worker | (() => Worker) | undefined): Worker {
  if (typeof given === "function") return given();
  if (given !== undefined) return given;
  // In two steps: bundlers then copy the file, which is whole already, instead of bundling it once more.
  const address = new URL("../dist/worker.bundle.js", import.meta.url);
  try {
    return new Worker(address, { type: "module", name: "holdfast" });
  } catch (cause) {
    throw new HoldfastError(
      {
        code: "WorkerUnreachable",
        message: "This page cannot start workers; pass one as `worker`.",
      },
      { cause },
    );
  }
}

/** A page that comes back may have missed what other tabs wrote, and a sender that was frozen its lease. */
function tellVisibility(page: Document, line: Line, signal: AbortSignal): void {
  const tell = (visible: boolean): void => {
    line.send({ kind: "visible", visible }).catch(() => {});
  };
  const onChange = (): void => tell(page.visibilityState !== "hidden");
  page.addEventListener("visibilitychange", onChange, { signal });
  page.addEventListener("freeze", () => tell(false), { signal });
  page.addEventListener("resume", onChange, { signal });
  addEventListener("pagehide", () => tell(false), { signal });
  addEventListener("pageshow", onChange, { signal });
}
