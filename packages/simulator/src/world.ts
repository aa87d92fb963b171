import type { Channel, ProjectId, Store } from "@holdfast/core";
import {
  LocalChannels,
  LocalLocks,
  MemoryContents,
  memoryContentStore,
  MemoryDatabase,
  memoryStore,
  MortalProcess,
  seededRandom,
  VirtualClock,
} from "@holdfast/core/testing";
import { createPlatform, type Platform } from "@holdfast/platform";
import type { HostLimits, HostPorts, Storage, StoreRequest } from "holdfast/host";
import { fractionFor } from "./chance.ts";
import { DeviceClock } from "./device-clock.ts";
import type { Death, History } from "./history.ts";
import { newMd5 } from "./md5.ts";
import { nextTurn } from "./next-turn.ts";
import { Network, type SentRequest } from "./network.ts";
import { slowStore, type StorageFault, type StorageTrouble } from "./slow-store.ts";
import { type Push, Tab } from "./tab.ts";
import { type Commit, watchedStore } from "./watched-store.ts";

export const user = "user-ada";
/** A colleague. */
export const eve = "user-eve";
export const project = "project-FFFFFFFFFFFFFFFFFFFFFFFF" as ProjectId;
/** Another project of the same person. */
export const elsewhere = "project-GGGGGGGGGGGGGGGGGGGGGGGG" as ProjectId;
const tokenOfEve = "token-of-eve";

const minute = 60_000;

/** Shorter than in life, so that what has to be waited for passes often. */
export const limits: HostLimits = {
  lateMs: 40_000,
  requestTimeoutMs: 15_000,
  searchLagMs: 10_000,
  backoffCapMs: 10_000,
  defaultRetryAfterMs: 5_000,
  blockedRetryMs: 10_000,
  blockedRetryCapMs: 20_000,
  closesAgainAfterMs: 15_000,
};

/** Of content, where the region allows any. */
export const partBytes = 1_024;

/** A longer text is refused by this platform and by nobody else: no app can know before. */
export const poison: string = `poison_${"x".repeat(80)}`;

/** Of every platform here. */
export const platformLimits: { readonly limits: { readonly textBytes: number } } = {
  limits: { textBytes: 80 },
};

/** Who watches what happens. */
export interface Witness {
  onCommit(tab: number, commit: Commit): void;
  onRequest(request: SentRequest): void;
  onAnswer(request: SentRequest, response: Response | undefined): void;
  onPush(tab: number, push: Push): void;
}

/** Where the device keeps its stores. */
export interface DeviceStorage {
  readonly storage: Storage;
  /** Takes back what was not committed strictly, as a power failure may. All processes are dead. */
  losePower(): void;
  /** Lets everything happen that waits for no clock. */
  settle(): Promise<void>;
  /** Breaks the next transactions that write, whoever begins them. Default: the next writes of one tab fail. */
  breakNext?(fault: StorageFault, writes: number): void;
  /** Lets go of what it has taken of the process. */
  end?(): void;
}

/** One device with its tabs, one platform, and all the time there is. */
export class World {
  readonly clock: VirtualClock = new VirtualClock();
  readonly device: DeviceClock;
  readonly platform: Platform;
  readonly network: Network;
  readonly tabs: Tab[] = [];
  readonly storage: DeviceStorage;
  readonly #history: History;
  readonly #witness: Witness;
  readonly #locks = new LocalLocks();
  readonly #channels = new Map<string, LocalChannels>();
  #opened = 0;
  #posts = 0;
  #tokens = 0;
  #storeRequest: StoreRequest | undefined;
  #token: { readonly value: string; readonly kind: "own" | "revoked" | "foreign" | "silent" };

  constructor(history: History, witness: Witness, storage: DeviceStorage) {
    const { seed, settings } = history;
    this.#history = history;
    this.#witness = witness;
    this.storage = storage;
    this.device = new DeviceClock(this.clock, settings.driftPpm);
    this.#token = { value: "token-of-ada-0", kind: "own" };
    this.platform = createPlatform({
      ...platformLimits,
      seed,
      clock: this.clock,
      users: [
        { id: user, token: this.#token.value },
        { id: eve, token: tokenOfEve },
      ],
      projects: [project, elsewhere].map((id) => ({
        id,
        name: id === project ? "lab" : "elsewhere",
        region: settings.region === "azure" ? "azure:westus" : "aws:us-east-1",
        folders: ["/a", "/b", "/a/c"],
        permissions: { [user]: "ADMINISTER", [eve]: "ADMINISTER" },
      })),
      limits: { ...platformLimits.limits, searchLagMs: settings.searchLagMs },
      files: {
        closingMs: settings.closingMs,
        ...(settings.abandonedAfterMs === undefined
          ? {}
          : { abandonedAfterMs: settings.abandonedAfterMs }),
      },
    });
    this.network = new Network({
      seed,
      clock: this.clock,
      platform: this.platform,
      onRequest: (request) => witness.onRequest(request),
      onAnswer: (request, response) => witness.onAnswer(request, response),
    });
  }

  /** Tabs in which a person can click. */
  get usableTabs(): readonly Tab[] {
    return this.tabs.filter((tab) => tab.isUsable);
  }

  /** The app has a token of its user's that the platform takes. */
  get isSignedIn(): boolean {
    return this.#token.kind === "own";
  }

  /** @param death - at which of its calls it is to die, also while nothing else goes wrong any more. */
  openTab(death?: Death): Tab {
    const number = ++this.#opened;
    const process = new MortalProcess();
    if (death !== undefined) process.killAtCall(death.calls, death.moment);
    const trouble: StorageTrouble = { fault: "abort", writes: 0 };
    const tab = new Tab({
      number,
      process,
      trouble,
      isDoomed: death !== undefined,
      ports: this.#portsOf(number, process, trouble),
      options: {
        url: "https://platform.test",
        host: "platform.test",
        user,
        name: "simulated",
        replay: {},
        paused: false,
        visible: true,
        onDetailsConflict: this.#history.settings.onDetailsConflict,
        // Parts are small where they may be, and so many.
        limits: this.#history.settings.region === "azure" ? { ...limits, partBytes } : limits,
      },
      token: () => (this.#token.kind === "silent" ? undefined : this.#token.value),
      onPush: (push) => this.#witness.onPush(number, push),
    });
    this.tabs.push(tab);
    return tab;
  }

  /** Everything that is due within so long, one after the other. */
  async run(ms: number): Promise<void> {
    await this.clock.advance(ms, () => this.storage.settle());
  }

  /** Runs until it holds, looking whenever anything has happened. False where it does not within so long. */
  async runUntil(holds: () => boolean, withinMs: number): Promise<boolean> {
    const endAt = this.clock.monotonic() + withinMs;
    await this.storage.settle();
    while (!holds()) {
      const { nextDelayMs } = this.clock;
      if (nextDelayMs === undefined || this.clock.monotonic() + nextDelayMs > endAt) return false;
      this.clock.fireNext();
      await this.storage.settle();
    }
    return true;
  }

  /** Lets time pass until the promise is settled. @throws Error where that takes longer than any of them may. */
  async finish<Value>(promise: Promise<Value>, withinMs: number = 5 * minute): Promise<Value> {
    let isSettled = false;
    const noted = promise.finally(() => {
      isSettled = true;
    });
    noted.catch(() => undefined);
    if (await this.runUntil(() => isSettled, withinMs)) return await noted;
    throw new Error(`nothing came of it within ${withinMs} ms`);
  }

  async setToken(becomes: "revoked" | "renewed" | "foreign" | "silent"): Promise<void> {
    const { control } = this.platform;
    switch (becomes) {
      case "revoked":
        await control.revokeToken(this.#token.value);
        this.#token = { ...this.#token, kind: "revoked" };
        return;
      case "silent":
        this.#token = { ...this.#token, kind: "silent" };
        return;
      case "foreign":
        this.#token = { value: tokenOfEve, kind: "foreign" };
        return;
      case "renewed": {
        const value = `token-of-ada-${++this.#tokens}`;
        await control.addToken(user, value);
        this.#token = { value, kind: "own" };
      }
    }
  }

  /** One more store over what the device keeps; undefined where no tab has opened one yet. */
  async openStore(): Promise<Store | undefined> {
    if (this.#storeRequest === undefined) return undefined;
    const channel = new LocalChannels().join();
    return await this.storage.storage.open({ ...this.#storeRequest, channel });
  }

  losePower(): void {
    for (const { process } of this.tabs) process.kill();
    this.storage.losePower();
  }

  async close(): Promise<void> {
    for (const { process } of this.tabs) process.kill();
    await this.platform.close();
    this.storage.end?.();
  }

  #portsOf(number: number, process: MortalProcess, trouble: StorageTrouble): HostPorts {
    const { clock, network } = this;
    const entity = `${this.#history.seed}/tab/${number}`;
    return {
      clock: process.clock(this.device),
      random: seededRandom(entity),
      newMd5,
      locks: process.locks(this.#locks),
      openChannel: (name) => process.channel(this.#join(name)),
      connectivity: {
        isOnline: () => network.isOnline,
        subscribe: (listener) => network.subscribe(() => process.tell(listener)),
      },
      fetch: (request) => process.call(() => network.fetch(number, request)),
      storage: {
        ...this.storage.storage,
        open: async (request) => {
          this.#storeRequest = request;
          const store = await process.call(() => this.storage.storage.open(request));
          const watched = watchedStore(store, (commit) => this.#witness.onCommit(number, commit));
          return process.store(slowStore(watched, { clock, entity, trouble }));
        },
      },
      logger: {
        debug: () => undefined,
        warn: () => undefined,
        error: (message, data) =>
          this.#witness.onPush(number, {
            push: "log",
            level: "error",
            message,
            data: JSON.stringify(data ?? {}, (_, value: unknown) =>
              value instanceof Error ? `${value.name}: ${value.message}` : value,
            ),
          }),
      },
    };
  }

  #join(name: string): Channel {
    const channels = this.#channels.get(name) ?? new LocalChannels();
    this.#channels.set(name, channels);
    const channel = channels.join();
    const { seed, settings } = this.#history;
    return {
      ...channel,
      post: (message) => {
        const entity = `${seed}/post/${++this.#posts}`;
        if (fractionFor(entity) >= settings.lostBroadcasts) channel.post(message);
      },
    };
  }
}

/** The model of the `Store` port. Some tabs never hear of what others commit. */
export function memoryStorage({ seed, settings }: History): DeviceStorage {
  const database = new MemoryDatabase();
  const contents = new MemoryContents();
  let opened = 0;
  return {
    storage: {
      open: async ({ logger }) => {
        const drawn = fractionFor(`${seed}/deaf/${++opened}`);
        return memoryStore({
          database,
          logger,
          hearsBroadcasts: drawn >= settings.lostBroadcasts,
        });
      },
      openContents: async () => memoryContentStore({ contents }),
      list: async () => [],
      remove: async () => 0,
    },
    losePower: () => {
      database.loseRelaxedTail();
      contents.loseUnflushed();
    },
    settle: nextTurn,
  };
}
