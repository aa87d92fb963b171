import {
  cloneObject,
  type CreatableClass,
  type CreatedObject,
  createObjects,
  type EditOperation,
  editObject,
  type FolderOperation,
  type IdentityRow,
  type Json,
  type JsonObject,
  type JournalRow,
  type LeaseRow,
  type LocalKey,
  type OutboxRow,
  parseClone,
  parseCreate,
  parseEdit,
  parseFolderOperation,
  type ProjectId,
  projectKey,
  type RemovedTree,
  removeFolderTree,
  type Random,
  type Store,
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
import { createPlatform, type Platform } from "@holdfast/platform";
import type { InFlight } from "../../examples/demo/src/in-flight.ts";
import {
  defaultLimits,
  type Engine,
  type EngineOptions,
  type Fetch,
  openEngine,
} from "@holdfast/sync";

export const user = "user-ada";
export const project = "project-FFFFFFFFFFFFFFFFFFFFFFFF";
/** Another project of the same person. */
export const elsewhere = "project-GGGGGGGGGGGGGGGGGGGGGGGG";
const token = "token-of-ada";

/** One process with a store and an engine; it can be killed or frozen at any moment. */
export interface ReplayTab {
  readonly engine: Engine;
  readonly process: MortalProcess;
}

export interface ReplayWorldOptions {
  readonly seed: number | string;
  /** Of its projects. */
  readonly region?: "aws:us-east-1" | "azure:westus";
  /** What holds virtual time back, where calls of the store take turns nobody can count. Default: some turns. */
  readonly inFlight?: InFlight;
  /** Its stores' end. Default: the app's store is closed. */
  readonly close?: () => Promise<void>;
}

/** The engine and the reference platform on one virtual clock, over whatever store is given. */
export class ReplayWorld {
  readonly clock = new VirtualClock();
  readonly platform: Platform;
  readonly locks = new LocalLocks();
  readonly channels = new LocalChannels();
  readonly random: Random;
  readonly errors: object[] = [];
  /**
   * Requests that left while their sender's lease had lapsed, or when another had led for longer than any lease lasts
   * (design §9.8): for so long a sender may not know that it was replaced.
   */
  readonly lapsed: object[] = [];
  /** Of the app. */
  readonly app: Store;
  /** One more over the same database. */
  readonly openStore: () => Store | Promise<Store>;
  isOnline = true;
  /** Between the engines and the platform, to break what passes on purpose. */
  wrapFetch: (fetch: Fetch) => Fetch = (fetch) => fetch;
  /** Edits that an earlier sender had journalled, sent again by one that had asked nothing yet (design §5). */
  readonly unasked: object[] = [];
  readonly #asked = new Set<string>();
  readonly #tabs: ReplayTab[] = [];
  /** When each epoch was first seen to lead, by monotonic time. */
  readonly #leads = new Map<number, number>();
  readonly #inFlight: InFlight | undefined;
  readonly #close: () => Promise<void>;

  constructor(
    { seed, region = "aws:us-east-1", inFlight, close }: ReplayWorldOptions,
    app: Store,
    openStore: () => Store | Promise<Store>,
  ) {
    this.random = seededRandom(seed);
    this.app = app;
    this.openStore = openStore;
    this.#inFlight = inFlight;
    this.#close = close ?? (() => app.close());
    // A person sets the device's clock, not the platform's.
    const startedAt = this.clock.now();
    const { clock } = this;
    this.platform = createPlatform({
      seed,
      clock: {
        now: () => startedAt + clock.monotonic(),
        monotonic: () => clock.monotonic(),
        timer: (delayMs, callback) => clock.timer(delayMs, callback),
      },
      users: [{ id: user, token }],
      projects: [
        { id: project, name: "lab", region },
        { id: elsewhere, name: "elsewhere", region },
      ],
    });
  }

  /** @param options - `clock`: the device's, as its processes would read it. */
  async openTab({
    clock = this.clock,
    ...options
  }: Partial<EngineOptions> = {}): Promise<ReplayTab> {
    const process = new MortalProcess();
    const processId = `process-${this.#tabs.length + 1}`;
    const engine = await openEngine({
      store: process.store(await this.openStore()),
      api: {
        url: "https://platform.test",
        fetch: (request) => {
          if (!process.isDead) {
            void this.#checkLease(processId, request.url);
            void this.#checkAsked(processId, new URL(request.url).pathname, request.clone());
          }
          return process.call(() => this.#fetch(request));
        },
      },
      user,
      token: () => process.call(async () => token),
      clock: process.clock(clock),
      random: this.random,
      locks: process.locks(this.locks),
      channel: this.channels.join(),
      connectivity: { isOnline: () => this.isOnline, subscribe: () => () => undefined },
      logger: {
        debug: () => undefined,
        warn: () => undefined,
        error: (message, data) => this.errors.push({ message, ...data }),
      },
      processId,
      ...options,
    });
    const tab: ReplayTab = { engine, process };
    this.#tabs.push(tab);
    return tab;
  }

  async create(
    input: object,
    objectClass: CreatableClass = "record",
  ): Promise<CreatedObject & { readonly createKey: string }> {
    const request = parseCreate(objectClass, { project, ...input });
    const [created] = await this.app.write(createObjects([request], this.#context()));
    const [lane] = await this.app.lanes([created?.key as LocalKey]);
    return {
      ...(created as CreatedObject),
      createKey: lane?.[0]?.create?.key ?? "",
    };
  }

  async clone(key: LocalKey, destination: object = {}): Promise<LocalKey> {
    const request = parseClone({ project: elsewhere, ...destination });
    return (await this.app.write(cloneObject(key, request, this.#context()))).key;
  }

  async edit(key: LocalKey, kind: EditOperation["kind"], input: object = {}): Promise<void> {
    await this.app.write(editObject({ key, edits: [parseEdit(kind, input)] }, this.#context()));
  }

  async editFolder(
    kind: FolderOperation["kind"],
    input: object,
    of: string = project,
  ): Promise<void> {
    const edits = [parseFolderOperation(kind, input)];
    const key = projectKey(of as ProjectId);
    await this.app.write(editObject({ key, edits }, this.#context()));
  }

  async removeTree(folder: string): Promise<RemovedTree> {
    const tree = { project: project as ProjectId, folder };
    return await this.app.write(removeFolderTree(tree, this.#context()));
  }

  outbox(): Promise<readonly OutboxRow[]> {
    return this.app.scan("outbox", { limit: 1_000 });
  }

  /** What the platform has, asked behind the engine's back. */
  async describe(id: string, of: string = project): Promise<JsonObject> {
    const input: Json = { project: of, properties: true, details: true };
    return (await this.platform.control.act(user, `/${id}/describe`, input)) as JsonObject;
  }

  /** The objects on the platform that this create has caused. */
  causedBy(createKey: string): readonly string[] {
    return this.platform.effects
      .filter(({ route, key }) => route === "/record/new" && key === createKey)
      .map(({ id }) => id);
  }

  async run(ms: number): Promise<void> {
    await this.clock.advance(ms, () => this.#inFlight?.settle() ?? settle());
  }

  async drain(withinMs = 300_000): Promise<void> {
    for (let passedMs = 0; passedMs < withinMs; passedMs += 500) {
      await this.run(500);
      if ((await this.app.count("outbox")) === 0) return;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { process } of this.#tabs) process.kill();
    await this.#close();
    await this.platform.close();
  }

  /** By the row and the device's clock, not by what the sender believes of them. */
  async #checkLease(owner: string, url: string): Promise<void> {
    const sentAt = this.clock.now();
    const [row] = await this.app.get("meta", ["lease"]);
    const lease = row as LeaseRow | undefined;
    if (lease === undefined) return;
    const now = this.clock.monotonic();
    const since = this.#leads.get(lease.epoch) ?? now;
    this.#leads.set(lease.epoch, since);
    const isLapsed =
      lease.owner === owner ? lease.untilAt <= sentAt : now - since > defaultLimits.leaseMs;
    if (isLapsed) this.lapsed.push({ owner, url, sentAt, lease });
  }

  async #checkAsked(sender: string, path: string, request: Request): Promise<void> {
    if (path === "/system/describeDataObjects") this.#asked.add(sender);
    // Creates have their nonces; what is closed or removed twice is so once.
    if (path.startsWith("/system/") || /\/(new|close|removeObjects|clone)$/.test(path)) return;
    const hadAsked = this.#asked.has(sender);
    const [row] = await this.app.get("meta", ["lease"]);
    const { epoch, owner } = row as LeaseRow;
    if (hadAsked || owner !== sender) return;
    const journal = await this.app.scan("journal", { limit: 1_000 });
    const body = await request.text();
    const isThis = (one: JournalRow) => one.path === path && one.body === body && !one.shade;
    const rows = journal.filter(isThis);
    if (rows.length > 0 && rows.every((one) => one.epoch < epoch)) {
      this.unasked.push({ sender, path, body });
    }
  }

  async #fetch(request: Request): Promise<Response> {
    if (!this.isOnline) throw new TypeError("fetch failed");
    this.#countReading(request);
    const response = await this.wrapFetch((sent) => this.platform.fetch(sent))(request);
    this.#countReading(response);
    return response;
  }

  /** A body is read in turns of its own, which in a browser are many. */
  #countReading(message: Request | Response): void {
    const inFlight = this.#inFlight;
    if (inFlight === undefined) return;
    for (const method of ["text", "arrayBuffer"] as const) {
      const read = message[method].bind(message) as () => Promise<unknown>;
      Object.defineProperty(message, method, { value: () => inFlight.count(read) });
    }
  }

  #context(): Parameters<typeof createObjects>[1] {
    return { user, at: this.clock.now(), random: this.random };
  }
}

export async function openReplayWorld(
  seed: number | string,
  region: NonNullable<ReplayWorldOptions["region"]> = "aws:us-east-1",
): Promise<ReplayWorld> {
  const database = new MemoryDatabase();
  const open = (): Store => memoryStore({ database });
  const world = new ReplayWorld({ seed, region }, open(), open);
  await bind(world.app, world.clock.now());
  return world;
}

/** Says whose store it is, as the host does when it opens. */
export async function bind(store: Store, madeAt: number): Promise<void> {
  const row: IdentityRow = { version: 1, name: "identity", host: "platform.test", user, madeAt };
  await store.write({
    durability: "strict",
    reads: {},
    decide: () => ({ puts: [{ table: "meta", row }], result: undefined }),
  });
}

/** Enough turns of the event loop for everything that does not wait for the clock. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) {
    await nextTurn();
  }
}

/** A turn of the event loop, in Node and in a browser: digests, streams and IndexedDB need those, not only promises. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
