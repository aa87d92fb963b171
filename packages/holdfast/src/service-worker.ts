import { type Logger, silentLogger } from "@holdfast/core";
import { parseMessage, toAnswer } from "./background/background-wire.ts";
import { type BackgroundToken, Replayer } from "./background/replayer.ts";
import { checkReplayOptions } from "./check-options.ts";
import { systemClock } from "./clock.ts";
import {
  systemChannel,
  systemConnectivity,
  systemLocks,
  systemRandom,
} from "./environment-worker.ts";
import { indexedDbStorage } from "./host/indexed-db-storage.ts";
import type { HostLimits, HostPorts } from "./host/ports.ts";
import type { ReplayOptions } from "./options.ts";

export type { BackgroundToken } from "./background/replayer.ts";
export type { HostLimits } from "./host/ports.ts";
export type { ReplayOptions } from "./options.ts";

export interface BackgroundOptions {
  /**
   * A token of that user for that platform, by the app's own means: there is no page to ask. From a session cookie,
   * say: `({ user }) => fetch("/session/token?user=" + user).then((answer) => answer.text())`. `undefined` where
   * nobody is signed in. It is asked when a replay begins and whenever a page wants to know whether there is one; the
   * answer is neither stored nor logged. Rejecting, or hanging for 10 s, counts as being offline. Without this
   * function nothing is sent in the background, and `status$.background` says so.
   */
  readonly token?: BackgroundToken;
  /** As in the page. */
  readonly replay?: ReplayOptions;
  /** How long one event may go on. Default 120,000: browsers end a service worker after some minutes. */
  readonly withinMs?: number;
  /** Hears warnings and errors of storage and engine. Default: nobody does. */
  readonly logger?: Logger;
  /** Bounds of the engine that tests set. */
  readonly limits?: HostLimits;
}

const defaultWithinMs = 120_000;

/**
 * Sends, in the app's own service worker, what its pages have left: when the browser says that the network is back
 * (`sync`), now and then where it does so (`periodicsync`), and when the last page goes. To be called once, while the
 * script of the service worker runs for the first time. Pages say which stores there are: `registerBackground` of `holdfast/background`.
 *
 * @throws HoldfastError `InvalidInput` for replay options that cannot be.
 * @see docs/decisions/0027-background.md
 */
export function serveBackground(options: BackgroundOptions = {}): void {
  const { token, replay = {}, withinMs = defaultWithinMs, logger = silentLogger } = options;
  checkReplayOptions(replay);
  const replayer = new Replayer(
    { ...environment, storage: indexedDbStorage({ indexedDB, IDBKeyRange }), logger },
    { replay, withinMs, limits: options.limits ?? {}, ...(token === undefined ? {} : { token }) },
  );
  const onSync = (event: Event): void => {
    lasting(event).waitUntil(replayer.replay(lasting(event).tag));
  };
  addEventListener("sync", onSync);
  addEventListener("periodicsync", onSync);
  addEventListener("message", (event: MessageEvent<unknown>) => {
    const message = parseMessage(event.data);
    if (message === undefined) return;
    const { kind, tag } = message;
    // Nobody hears what comes of a replay: what is left is asked for by another event.
    const work =
      kind === "ask" ? answer(replayer, tag, event.ports[0]) : replayer.replay(tag).catch(() => {});
    lasting(event).waitUntil(work);
  });
}

async function answer(
  replayer: Replayer,
  tag: string,
  port: MessagePort | undefined,
): Promise<void> {
  const token = await replayer.tokenFor(tag);
  if (token !== undefined) port?.postMessage(toAnswer({ token }));
}

/** What TypeScript's library of pages does not know of the events of a service worker. */
interface LastingEvent {
  /** Of `sync` and `periodicsync`. */
  readonly tag: string;
  waitUntil(work: Promise<unknown>): void;
}

function lasting(event: Event): LastingEvent {
  return event as unknown as LastingEvent;
}

const environment: Omit<HostPorts, "logger" | "storage"> = {
  clock: systemClock,
  random: systemRandom,
  locks: systemLocks,
  openChannel: systemChannel,
  connectivity: systemConnectivity,
  fetch: (request) => fetch(request),
};
