import { type Clock, delay } from "@holdfast/core";
import type { Observable, Subscription } from "rxjs";
import { parseAnswer, toMessage } from "./background-wire.ts";
import type { BackgroundLink, BackgroundReason, BackgroundStatus } from "../background.ts";
import type { HoldfastStatus, Phase } from "../holdfast.ts";

/** The part of Background Sync that is used; TypeScript's libraries do not have it. */
interface SyncManager {
  register(tag: string): Promise<void>;
  getTags(): Promise<readonly string[]>;
}

/** The part of the store's status that matters here. */
export type SyncStatus = Pick<HoldfastStatus, "phase" | "counts">;

export interface SyncAskerPorts {
  readonly status$: Observable<SyncStatus>;
  readonly link: BackgroundLink;
  readonly clock: Clock;
}

/** For a worker to become active, and for its answer: longer than the app's own function may take for a token. */
const answerWithinMs = 12_000;

/** A page that is connected sends by itself; what waits longer than this is asked for. */
const graceMs = 1_000;

interface Served {
  readonly sync: SyncManager;
  readonly tag: string;
  readonly registration: ServiceWorkerRegistration;
}

/** The page's part: asks the service worker whether it can, and the browser to wake it. */
export class SyncAsker {
  readonly #ports: SyncAskerPorts;
  #served: Served | undefined;
  #watching: Subscription | undefined;
  readonly #closed = new AbortController();
  /** Of the last status: what waits, and whether any tab can send it. */
  #waiting = 0;
  #phase: Phase | undefined;
  #grace: AbortController | undefined;

  constructor(ports: SyncAskerPorts) {
    this.#ports = ports;
  }

  /** Called once. What it finds is told to the store, unless this was closed meanwhile. */
  async register(registration: ServiceWorkerRegistration | undefined): Promise<BackgroundStatus> {
    const { status$, link } = this.#ports;
    const found = await this.#find(registration);
    const status: BackgroundStatus = "state" in found ? found : { state: "on" };
    if (this.#closed.signal.aborted) return status;
    link.set(status);
    if ("state" in found) return status;
    this.#served = found;
    this.#watching = status$.subscribe({
      next: (one) => this.#onStatus(one),
      error: () => {},
    });
    return status;
  }

  /** The page may not come back: the last moment in which a sync can be asked for. */
  hide(): void {
    if (this.#waiting > 0 && this.#phase !== "paused") void this.#ask();
  }

  /** The page goes. What it was sending goes on in the service worker, as far as the browser lets it. */
  leave(): void {
    const isSending = this.#phase !== "paused" && this.#phase !== "offline";
    if (this.#served === undefined || this.#waiting === 0 || !isSending) return;
    const { registration, tag } = this.#served;
    registration.active?.postMessage(toMessage({ kind: "replay", tag }));
  }

  close(): void {
    this.#closed.abort();
    this.#watching?.unsubscribe();
    this.#served = undefined;
    this.#grace?.abort();
  }

  async #find(
    registration: ServiceWorkerRegistration | undefined,
  ): Promise<Served | BackgroundStatus> {
    const { clock, link } = this.#ports;
    const { tag } = link;
    const { signal } = this.#closed;
    if (tag === undefined) return embedded;
    const sync = (registration as { readonly sync?: SyncManager } | undefined)?.sync;
    if (registration === undefined || sync === undefined) return noSync;
    const worker = await within(clock, signal, activeWorker(registration, signal));
    if (worker === undefined) return noAnswer;
    const token = await within(clock, signal, askForToken(worker, tag));
    if (token === undefined) return noAnswer;
    if (token === "none") return noToken;
    try {
      await sync.getTags();
    } catch (error) {
      return refused(error);
    }
    return { sync, tag, registration };
  }

  #onStatus({ phase, counts }: SyncStatus): void {
    const isMore =
      counts.waiting > this.#waiting || (this.#phase === "paused" && phase !== "paused");
    this.#waiting = counts.waiting;
    this.#phase = phase;
    if (counts.waiting === 0 || phase === "paused") {
      this.#grace?.abort();
      this.#grace = undefined;
    } else if (phase !== "idle" && phase !== "replaying") {
      if (isMore || this.#grace !== undefined) void this.#ask();
    } else if (isMore && this.#grace === undefined) {
      this.#grace = new AbortController();
      delay(this.#ports.clock, graceMs, this.#grace.signal).then(
        () => this.#ask(),
        () => {},
      );
    }
  }

  /** For a tag that is asked for already, the browser does nothing. */
  async #ask(): Promise<void> {
    this.#grace?.abort();
    this.#grace = undefined;
    const served = this.#served;
    if (served === undefined) return;
    try {
      await served.sync.register(served.tag);
    } catch (error) {
      if (this.#served !== served) return;
      this.close();
      this.#ports.link.set(refused(error));
    }
  }
}

/** Once the browser has installed it; `undefined` for one that it has given up. */
async function activeWorker(
  { active, installing, waiting }: ServiceWorkerRegistration,
  signal: AbortSignal,
): Promise<ServiceWorker | undefined> {
  const worker = active ?? waiting ?? installing;
  if (worker === null) return undefined;
  return await new Promise((resolve) => {
    const look = (): void => {
      if (worker.state === "activated") resolve(worker);
      else if (worker.state === "redundant") resolve(undefined);
    };
    worker.addEventListener("statechange", look, { signal });
    look();
  });
}

async function askForToken(
  worker: ServiceWorker,
  tag: string,
): Promise<"given" | "none" | "unknown"> {
  const { port1, port2 } = new MessageChannel();
  try {
    return await new Promise((resolve) => {
      port1.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        const answer = parseAnswer(data);
        if (answer !== undefined) resolve(answer.token);
      });
      port1.start();
      worker.postMessage(toMessage({ kind: "ask", tag }), [port2]);
    });
  } finally {
    port1.close();
  }
}

/** `undefined` where it takes too long, or nobody waits for it any more. */
async function within<Value>(
  clock: Clock,
  signal: AbortSignal,
  promise: Promise<Value>,
): Promise<Value | undefined> {
  const deadline = new AbortController();
  try {
    const late = delay(clock, answerWithinMs, AbortSignal.any([signal, deadline.signal]));
    return (await Promise.race([promise, late.catch(() => {})])) ?? undefined;
  } finally {
    deadline.abort();
  }
}

function off(reason: BackgroundReason, message: string): BackgroundStatus {
  return { state: "off", reason, message };
}

function refused(error: unknown): BackgroundStatus {
  const why = error instanceof Error ? error.message : String(error);
  return off("refused", `The browser does not allow Background Sync here: ${why}`);
}

const noToken = off("noToken", "The service worker has no token of this user.");

const noAnswer = off(
  "noAnswer",
  "The service worker does not answer: its script must call serveBackground of the same release.",
);

const noSync: BackgroundStatus = {
  state: "unsupported",
  reason: "browser",
  message: "This browser has no Background Sync: unsent work waits for a tab.",
};

const embedded: BackgroundStatus = {
  state: "unsupported",
  reason: "embedded",
  message: "The platform lives in this app's pages, so nothing can be sent without one.",
};
