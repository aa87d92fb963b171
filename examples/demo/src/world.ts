import type { OutboxRow, Store } from "@holdfast/core";
import { LocalChannels, LocalLocks, seededRandom, VirtualClock } from "@holdfast/core/testing";
import { createPlatform, type Platform } from "@holdfast/platform";
import type { HostPorts } from "holdfast/in-thread";
import { AppProcess } from "./app-process.ts";
import { InFlight } from "./in-flight.ts";
import type { PlatformObject } from "./ledger.ts";

import { Network, type NetworkState } from "./network.ts";
import { type Sabotage, sabotagePorts } from "./sabotage.ts";
import type { Evidence, Scene, Stage } from "./stage.ts";

export interface WorldOptions {
  readonly seed: number;
  /** Where the device keeps its store: any IndexedDB. */
  readonly storage: HostPorts["storage"];
  readonly sabotage?: Sabotage | undefined;
  /** See `InFlight`. */
  readonly turn?: () => Promise<void>;
}

/** 2026-01-05T08:00:00Z: a Monday at the lab. */
const START_AT = Date.UTC(2026, 0, 5, 8);
const BOUND_MS = 12 * 60 * 60 * 1000;
/** The platform's address: a reserved host, so that nothing ever leaves. */
export const api = "https://platform.holdfast.invalid";
export const user = "user-ada";
export const token = "demo-token";

/** A device, a network and a platform on one virtual clock. */
export class World implements Stage {
  readonly #platform: Platform;
  readonly #network: Network;
  readonly #clock = new VirtualClock(START_AT);
  readonly #inFlight: InFlight;
  readonly #locks = new LocalLocks();
  readonly #channels = new LocalChannels();
  readonly #options: WorldOptions;
  #process: AppProcess | undefined;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#inFlight = new InFlight(options.turn);
    this.#platform = createPlatform({
      seed: options.seed,
      clock: this.#clock,
      users: [{ id: user, token }, { id: "user-grace" }],
      projects: [
        { name: "Sequencing 2026" },
        { name: "Archive", permissions: { "user-grace": "ADMINISTER", [user]: "VIEW" } },
      ],
    });
    this.#network = new Network(this.#platform);
  }

  /** The ports of a new process of the app; what the device kept is there again. */
  startProcess(): Omit<HostPorts, "logger"> {
    this.#process = new AppProcess(this.#inFlight);
    const ports: Omit<HostPorts, "logger"> = {
      clock: this.#clock,
      random: seededRandom(this.#options.seed),
      locks: this.#locks,
      openChannel: () => this.#channels.join(),
      connectivity: this.#network.connectivity,
      fetch: this.#network.fetch,
      storage: this.#options.storage,
    };
    return this.#process.ports(sabotagePorts(ports, this.#options.sabotage));
  }

  async crash(): Promise<void> {
    await this.#process?.kill();
  }

  async setNetwork(state: NetworkState): Promise<void> {
    this.#network.set(state);
  }

  async pass(ms: number): Promise<void> {
    await this.#clock.advance(ms, () => this.#inFlight.settle());
  }

  async passUntilEffects(count: number): Promise<void> {
    await this.#passUntil(async () => this.#platform.effects.length >= count);
  }

  async passUntilSent(): Promise<void> {
    let seen = -1;
    await this.#passUntil(async () => {
      const { commits, store } = this.#device;
      if (commits === seen) return false;
      seen = commits;
      return !(await isAnyWaiting(store));
    });
  }

  async scene(): Promise<Scene> {
    const [project, foreignProject] = this.#platform.projects;
    return {
      time: new Date(this.#clock.now()).toISOString().slice(11, 19),
      project: project?.id ?? "",
      foreignProject: foreignProject?.id ?? "",
      effects: this.#platform.effects.length,
      // Deliveries that the network doubled are no calls of their own.
      requests: this.#platform.requests.filter(({ copyOf }) => copyOf === undefined).length,
      ...(this.#process?.device === undefined
        ? { waiting: 0, parked: 0 }
        : await outboxOf(this.#process.device.store)),
    };
  }

  async evidence(): Promise<Evidence> {
    const { effects, requests, control, projects } = this.#platform;
    const objects: PlatformObject[] = [];
    const ids = new Set(effects.filter(isCreate).map(({ id }) => id));
    for (const id of ids) {
      const described = await control.act(user, `/${id}/describe`, {
        project: projects[0]?.id ?? "",
        defaultFields: true,
        fields: { properties: true, details: true },
      });
      objects.push(described as unknown as PlatformObject);
    }
    return { effects, requests, objects };
  }

  get #device(): { readonly store: Store; readonly commits: number } {
    const device = this.#process?.device;
    if (device === undefined) throw new Error("The app has not been started.");
    return device;
  }

  /** One timer after the other, and each to its last consequence. */
  async #passUntil(isReached: () => Promise<boolean>): Promise<void> {
    const untilAt = this.#clock.now() + BOUND_MS;
    await this.#inFlight.settle();
    while (!(await isReached())) {
      if (this.#clock.now() > untilAt || !this.#clock.fireNext()) {
        throw new Error("Nothing more happens, and what the script waits for has not.");
      }
      await this.#inFlight.settle();
    }
  }
}

export function isCreate({ route }: { readonly route: string }): boolean {
  return route === "/record/new";
}

async function outboxOf(
  store: Store,
): Promise<{ readonly waiting: number; readonly parked: number }> {
  let [waiting, parked] = [0, 0];
  for await (const row of outboxRows(store, 1000)) {
    if (row.parked === undefined) waiting += 1;
    else parked += 1;
  }
  return { waiting, parked };
}

/** Asked after every commit, so it reads no further than it must. */
async function isAnyWaiting(store: Store): Promise<boolean> {
  for await (const row of outboxRows(store, 10)) {
    if (row.parked === undefined) return true;
  }
  return false;
}

async function* outboxRows(store: Store, limit: number): AsyncGenerator<OutboxRow> {
  for (let after: number | undefined; ; ) {
    const page = await store.scan("outbox", { limit, ...(after !== undefined && { after }) });
    yield* page;
    after = page.at(-1)?.sequence;
    if (after === undefined) return;
  }
}
