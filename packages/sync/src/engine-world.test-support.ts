import {
  type CreatedObject,
  createObjects,
  type EditOperation,
  editObject,
  type Failure,
  type IdentityRow,
  type JournalRow,
  type LocalKey,
  type ObjectRow,
  type OutboxRow,
  parseCreate,
  parseEdit,
  type Random,
  type Store,
  silentLogger,
} from "@holdfast/core";
import {
  LocalChannels,
  LocalLocks,
  MemoryDatabase,
  memoryStore,
  MortalProcess,
  seededRandom,
  VirtualClock,
} from "@holdfast/core/testing";
import type { Fetch } from "./api-client.ts";
import { type Engine, type EngineOptions, openEngine } from "./engine.ts";
import type { EngineStatus } from "./status.ts";
import { ScriptedPlatform } from "./scripted-platform.test-support.ts";

export const project = "project-000000000000000000000001";

/** One tab: its store and its engine. Dies as a killed tab does. */
export interface Tab {
  readonly store: Store;
  readonly engine: Engine;
  readonly statuses: EngineStatus[];
  /** Nothing more leaves, nothing more is written, its locks are free. */
  crash(): void;
  /** Its promises and timers stand still, its locks stay held. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

export interface TabOptions extends Partial<EngineOptions> {
  /** May refuse, delay or kill before and after each write of the store. */
  readonly wrapStore?: (store: Store) => Store;
  readonly wrapFetch?: (fetch: Fetch) => Fetch;
}

/** A device with one database and any number of tabs, a platform, and one clock for all of them. */
export class EngineWorld {
  readonly clock = new VirtualClock();
  readonly database = new MemoryDatabase();
  readonly locks = new LocalLocks();
  readonly channels = new LocalChannels();
  readonly platform: ScriptedPlatform = new ScriptedPlatform(this.clock);
  readonly random: Random;
  /** Of the app: writes what a person asks for. */
  readonly app: Store = memoryStore({ database: this.database });
  isOnline = true;
  readonly connectivityListeners = new Set<() => void>();
  readonly errors: { readonly message: string; readonly data: object | undefined }[] = [];
  readonly #tabs: Tab[] = [];
  #processes = 0;

  constructor(seed: number | string = 1) {
    this.random = seededRandom(seed);
  }

  async begin(): Promise<void> {
    const row: IdentityRow = {
      version: 1,
      name: "identity",
      host: "platform.test",
      user: "user-ada",
      madeAt: this.clock.now(),
    };
    await this.app.write({
      durability: "strict",
      reads: {},
      decide: () => ({ puts: [{ table: "meta", row }], result: undefined }),
    });
  }

  async openTab(options: TabOptions = {}): Promise<Tab> {
    this.#processes += 1;
    const inner = memoryStore({ database: this.database });
    const process = new MortalProcess();
    const mortal = process.store(inner);
    const store = options.wrapStore?.(mortal) ?? mortal;
    const fetch = options.wrapFetch?.(this.platform.fetch) ?? this.platform.fetch;
    const engine = await openEngine({
      store,
      api: { url: "https://platform.test", fetch: (request) => process.call(() => fetch(request)) },
      user: "user-ada",
      token: async () => "token-ada",
      clock: process.clock(this.clock),
      random: this.random,
      locks: process.locks(this.locks),
      channel: this.channels.join(),
      connectivity: {
        isOnline: () => this.isOnline,
        subscribe: (listener) => {
          this.connectivityListeners.add(listener);
          return () => this.connectivityListeners.delete(listener);
        },
      },
      logger: { ...silentLogger, error: (message, data) => this.errors.push({ message, data }) },
      processId: `process-${this.#processes}`,
      ...options,
    });
    const statuses: EngineStatus[] = [];
    const subscription = engine.status$.subscribe((status) => statuses.push(status));
    const tab: Tab = {
      store,
      engine,
      statuses,
      crash: () => process.kill(),
      freeze: () => process.freeze(),
      thaw: () => process.thaw(),
      close: async () => {
        subscription.unsubscribe();
        await engine.close();
        await inner.close();
      },
    };
    this.#tabs.push(tab);
    return tab;
  }

  /** A person switches the network off or on; the device tells. */
  setOnline(isOnline: boolean): void {
    this.isOnline = isOnline;
    this.platform.isUnreachable = !isOnline;
    for (const listener of this.connectivityListeners) listener();
  }

  async create(input: object = {}): Promise<CreatedObject> {
    const [created] = await this.createMany([input]);
    return created as CreatedObject;
  }

  async createMany(inputs: readonly object[]): Promise<readonly CreatedObject[]> {
    const requests = inputs.map((input) => parseCreate("record", { project, ...input }));
    return await this.app.write(createObjects(requests, this.#context()));
  }

  async edit(key: LocalKey, kind: EditOperation["kind"], input: object = {}): Promise<void> {
    await this.app.write(editObject({ key, edits: [parseEdit(kind, input)] }, this.#context()));
  }

  async object(key: LocalKey): Promise<ObjectRow | undefined> {
    return (await this.app.get("objects", [key]))[0];
  }

  outbox(): Promise<readonly OutboxRow[]> {
    return this.app.scan("outbox", { limit: 1_000 });
  }

  journal(): Promise<readonly JournalRow[]> {
    return this.app.scan("journal", { limit: 1_000 });
  }

  async parkedReasons(): Promise<readonly Failure["code"][]> {
    const rows = await this.outbox();
    return rows.flatMap(({ parked }) => (parked === undefined ? [] : [parked.reason.code]));
  }

  /** Virtual time passes. */
  async run(ms: number): Promise<void> {
    await this.clock.advance(ms, settle);
  }

  /** Until the outbox is empty, or so long. */
  async drain(withinMs = 120_000): Promise<void> {
    await settle();
    for (let passedMs = 0; passedMs < withinMs; passedMs += 250) {
      if ((await this.app.count("outbox")) === 0) return;
      await this.run(250);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const tab of this.#tabs) tab.crash();
    for (const tab of this.#tabs) {
      const closing = tab.close();
      await this.run(1);
      await Promise.race([closing, settle()]);
    }
  }

  #context(): Parameters<typeof createObjects>[1] {
    return { user: "user-ada", at: this.clock.now(), random: this.random };
  }
}

export async function openWorld(seed?: number | string): Promise<EngineWorld> {
  const world = new EngineWorld(seed);
  await world.begin();
  return world;
}

/** Enough turns of the event loop for everything that does not wait for the clock, bodies of answers included. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
