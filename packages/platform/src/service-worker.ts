import { ApiError } from "./api-error.ts";
import { systemClock } from "./clock.ts";
import { PlatformHost } from "./in-page/platform-host.ts";
import { connectMessage, type FromHost } from "./in-page/wire.ts";
import { lockWorld } from "./in-page/world-lock.ts";
import { IndexedDbPersistence } from "./persistence/indexed-db-persistence.ts";
import { errorBody } from "./protocol/error-answer.ts";
import { platformHost } from "./transport/wire.ts";

// The script of a service worker: calls of one host are answered with the platform of the origin, all others go their
// way. The browser ends it when it likes; it reads the world anew at the first call of its next life.

/** TypeScript's library of workers contradicts the one of pages, in which everything else here is written. */
interface WorkerScope {
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
}

interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends LastingEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const scope = globalThis as unknown as WorkerScope;
const host = new URL(location.href).searchParams.get("host") ?? platformHost;

/** A replaced or unregistered worker lives on for a while: the next one asks for the world, and gets it. */
const handover = new BroadcastChannel("holdfast-platform");

interface Opened {
  readonly platform: PlatformHost;
  readonly unlock: () => void;
}

let opening: Promise<Opened> | undefined;

/** Not before it is needed: a worker that only waits to take over must not lock the world. */
async function openHost(): Promise<PlatformHost> {
  opening ??= open().catch((error: unknown) => {
    // Whoever has the world may have let go of it by the next call.
    opening = undefined;
    throw error;
  });
  return (await opening).platform;
}

async function open(): Promise<Opened> {
  handover.postMessage("wanted");
  const unlock = await lockWorld("service worker", systemClock);
  try {
    const persistence = new IndexedDbPersistence();
    return { platform: await PlatformHost.open({ clock: systemClock, persistence }), unlock };
  } catch (error) {
    unlock();
    throw error;
  }
}

handover.onmessage = () => {
  const opened = opening;
  opening = undefined;
  void opened
    ?.then(async ({ platform, unlock }) => {
      // What cannot be saved was not answered either.
      await platform.close().catch(() => {});
      unlock();
    })
    .catch(() => {});
};

addEventListener("install", (event) => (event as LastingEvent).waitUntil(scope.skipWaiting()));

addEventListener("activate", (event) => (event as LastingEvent).waitUntil(scope.clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event as FetchEvent;
  if (new URL(request.url).host === host) (event as FetchEvent).respondWith(answer(request));
});

addEventListener("message", (event) => {
  const [port] = event.ports;
  if (event.data !== connectMessage || port === undefined) return;
  const connected = openHost().then(
    (opened) => opened.connect(port),
    (error: unknown) =>
      port.postMessage({ type: "unable", message: messageOf(error) } satisfies FromHost),
  );
  (event as unknown as LastingEvent).waitUntil(connected);
});

async function answer(request: Request): Promise<Response> {
  let opened: PlatformHost;
  try {
    opened = await openHost();
  } catch (error) {
    const message = `the platform's world could not be opened: ${messageOf(error)}`;
    return new Response(errorBody(new ApiError("ServiceUnavailable", message)), {
      status: 503,
      headers: { "Content-Type": "application/json" },
    });
  }
  return await opened.fetch(request);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
