import {
  type Channel,
  type Clock,
  delay,
  type Failure,
  failureOf,
  HoldfastError,
  type IdentityRow,
  type StorageStatus,
  type Store,
} from "@holdfast/core";
import type { Engine } from "@holdfast/sync";
import { openHostEngine } from "../host/engine.ts";
import type { HostLimits, HostPorts } from "../host/ports.ts";
import { namesOf } from "../host/store-names.ts";
import type { ReplayOptions } from "../options.ts";
import { askToken } from "./ask-token.ts";
import { progressOf } from "./progress.ts";
import type { StoreAddress } from "./store-tag.ts";

export interface ReplayStoreOptions {
  readonly address: StoreAddress;
  /** `undefined` where there is none to be had: nothing is sent then. */
  readonly token: () => string | undefined | Promise<string | undefined>;
  readonly replay: ReplayOptions;
  readonly limits: HostLimits;
  /** After which it ends, whatever is left. */
  readonly withinMs: number;
}

/**
 * How long nothing may be sent before it is given up for now: longer than it takes to replace a frozen tab, and
 * shorter than a device should be kept awake for a platform that does not answer.
 */
const patienceMs = 30_000;

const lookEveryMs = 250;

/**
 * Sends what one store holds, as one more process that contends for being its one sender, and ends: when nothing is
 * left to send, when it cannot go on, or when its time is up. A page that is there, or comes, sends instead; this
 * then only waits for it. Never makes a store, and never sends but as its user.
 *
 * @returns Why something is left that could be sent another time; `undefined` where there is nothing.
 * @throws HoldfastError `NewerVersion`, `StorageFailed`.
 * @see docs/decisions/0027-background.md
 */
export async function replayStore(
  ports: HostPorts,
  options: ReplayStoreOptions,
): Promise<Failure | undefined> {
  const { clock, random, logger } = ports;
  const names = namesOf(options.address);
  const channels: Channel[] = [];
  const openChannel = (name: string): Channel => {
    const channel = ports.openChannel(name);
    channels.push(channel);
    return channel;
  };
  const end = new End(clock, options.withinMs);
  let store: Store | undefined;
  try {
    // Heard from before the store is open: it must not be in the way of who removes it.
    openChannel(names.channels.hosts).subscribe((word) => {
      if ((word as { readonly word?: unknown } | null)?.word === "removing") end.come(undefined);
    });
    store = await ports.storage.open({
      databaseName: names.database,
      random,
      channel: openChannel(names.channels.storage),
      logger,
      mustExist: true,
    });
    const opened = store;
    if (!(await isOf(opened, options.address)) || (await opened.count("outbox")) === 0) {
      return undefined;
    }
    const engine = await openHostEngine({
      ports,
      options: { ...options.address, ...options, paused: false },
      store: opened,
      questions: { ask: () => askForToken(options, clock, end) },
      channel: openChannel(names.channels.engine),
      name: names.database,
      yields: true,
    });
    try {
      return await untilEnd({ engine, store: opened, clock, end });
    } finally {
      await engine.close();
    }
  } catch (error) {
    // Removed, or not there at all.
    if (failureOf(error)?.code === "StorageClosed") return undefined;
    throw error;
  } finally {
    end.come(undefined);
    await store?.close();
    for (const channel of channels) channel.close();
  }
}

/** The end of one replay, whatever brings it first; its timers stand no longer than it. */
class End {
  readonly #clock: Clock;
  readonly #reached = Promise.withResolvers<Failure | undefined>();
  readonly #ended = new AbortController();
  #impatience: AbortController | undefined;

  constructor(clock: Clock, withinMs: number) {
    this.#clock = clock;
    this.#after(withinMs, timeIsUp, this.signal);
  }

  /** Aborts when it has come. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  get reached(): Promise<Failure | undefined> {
    return this.#reached.promise;
  }

  come(failure: Failure | undefined): void {
    this.#ended.abort(new Error("The replay in the background has ended."));
    this.#reached.resolve(failure);
  }

  /** Something is on its way: patience begins anew with the next standstill. */
  goOn(): void {
    this.#impatience?.abort(new Error("It goes on."));
    this.#impatience = undefined;
  }

  standStill(why: Failure): void {
    if (this.#impatience !== undefined) return;
    this.#impatience = new AbortController();
    const signal = AbortSignal.any([this.#impatience.signal, this.signal]);
    this.#after(patienceMs, why, signal);
  }

  #after(ms: number, failure: Failure, signal: AbortSignal): void {
    delay(this.#clock, ms, signal).then(
      () => this.come(failure),
      () => {},
    );
  }
}

interface Replaying {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly end: End;
}

async function untilEnd(replaying: Replaying): Promise<Failure | undefined> {
  const { engine, store, end } = replaying;
  const onStorage = (status: StorageStatus): void => {
    if (status.mode !== "degraded") return;
    const { code } = status.failure;
    if (code === "StorageClosed") end.come(undefined);
    else if (code === "NewerVersion") end.come(status.failure);
  };
  const stopListening = store.onStatus(onStorage);
  let looking: AbortController | undefined;
  const statuses = engine.status$.subscribe((status) => {
    looking?.abort(new Error("The status has changed."));
    const progress = progressOf(status);
    switch (progress.kind) {
      case "sending":
        end.goOn();
        return;
      case "waiting":
        end.standStill(status.failure ?? notConnected);
        return;
      case "sent":
        end.goOn();
        looking = new AbortController();
        void look(replaying, AbortSignal.any([looking.signal, end.signal]));
        return;
      case "ended":
        end.come(progress.failure);
        return;
      default:
        progress satisfies never;
    }
  });
  onStorage(store.status());
  try {
    return await end.reached;
  } finally {
    statuses.unsubscribe();
    stopListening();
  }
}

/**
 * Before it is believed that nothing is left, what a page committed and could not tell any more is heard of. Looks
 * again as long as the status is the same: one that changed for a moment is not told.
 */
async function look({ engine, store, clock, end }: Replaying, signal: AbortSignal): Promise<void> {
  try {
    while (!signal.aborted) {
      await store.checkForChanges();
      const left = await store.count("outbox");
      if (left === 0 || progressOf(engine.status).kind === "sent") end.come(undefined);
      else await delay(clock, lookEveryMs, signal);
    }
  } catch (error) {
    if (signal.aborted) return;
    end.come(failureOf(error) ?? { code: "StorageFailed", message: String(error) });
  }
}

/** One that was never bound holds nothing; one of somebody else is none of ours. */
async function isOf(store: Store, { host, user }: StoreAddress): Promise<boolean> {
  const [row] = (await store.get("meta", ["identity"])) as readonly (IdentityRow | undefined)[];
  return row?.host === host && row.user === user;
}

/** @throws HoldfastError `Unreachable`, which the engine takes for being offline; `NeedsAuth` has ended the replay. */
async function askForToken(
  { token, address }: ReplayStoreOptions,
  clock: Clock,
  end: End,
): Promise<string> {
  const given = await askToken(clock, token);
  if (given !== undefined) return given;
  const failure = noToken(address.user);
  end.come(failure);
  throw new HoldfastError(failure);
}

function noToken(user: string): Failure {
  return { code: "NeedsAuth", message: `The service worker was given no token of ${user}.` };
}

const notConnected: Failure = {
  code: "Unreachable",
  message: "The platform did not answer in time. It is tried again.",
};

const timeIsUp: Failure = {
  code: "Unreachable",
  message: "Not everything could be sent in the time there was. The rest is sent another time.",
};
