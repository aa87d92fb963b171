import { seededRandom, LocalChannels, LocalLocks, VirtualClock } from "@holdfast/core/testing";
import { createPlatform, type Platform } from "@holdfast/platform";
import type { Holdfast } from "holdfast";
import { type HostPorts, openHoldfastInThread } from "holdfast/in-thread";
import { InFlight } from "./in-flight.ts";
import { Mortal } from "./mortal.ts";
import { Network } from "./network.ts";
import { type Sabotage, sabotagePorts } from "./sabotage.ts";

export interface WorldOptions {
  readonly seed: number;
  /** Where the device keeps its store: any IndexedDB. */
  readonly storage: HostPorts["storage"];
  readonly sabotage?: Sabotage | undefined;
}

/** 2026-01-05T08:00:00Z: a Monday at the lab. */
const START_AT = Date.UTC(2026, 0, 5, 8);
const TOKEN = "demo-token";
export const user = "user-ada";

/** A device, a network and a platform on one virtual clock. */
export class World {
  readonly platform: Platform;
  readonly network: Network;
  readonly project: string;
  /** A project where the user may only look. */
  readonly foreignProject: string;
  readonly #clock = new VirtualClock(START_AT);
  readonly #inFlight = new InFlight();
  readonly #locks = new LocalLocks();
  readonly #channels = new LocalChannels();
  readonly #options: WorldOptions;
  #process: Mortal | undefined;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.platform = createPlatform({
      seed: options.seed,
      clock: this.#clock,
      users: [{ id: user, token: TOKEN }, { id: "user-grace" }],
      projects: [
        { name: "Sequencing 2026" },
        { name: "Archive", permissions: { "user-grace": "ADMINISTER", [user]: "VIEW" } },
      ],
    });
    const [project, foreignProject] = this.platform.projects;
    this.project = project?.id ?? "";
    this.foreignProject = foreignProject?.id ?? "";
    this.network = new Network(this.platform);
  }

  /** Virtual time of day. */
  get time(): string {
    return new Date(this.#clock.now()).toISOString().slice(11, 19);
  }

  /** Starts the app; what the device kept is there again. */
  async start(): Promise<Holdfast> {
    const process = new Mortal(this.#inFlight);
    this.#process = process;
    const ports: Omit<HostPorts, "logger"> = {
      clock: this.#clock,
      random: seededRandom(this.#options.seed),
      locks: this.#locks,
      openChannel: () => this.#channels.join(),
      connectivity: this.network.connectivity,
      fetch: this.network.fetch,
      storage: this.#options.storage,
    };
    return await openHoldfastInThread({
      api: "https://platform.holdfast.invalid",
      user,
      token: () => TOKEN,
      name: "demo",
      ports: process.ports(sabotagePorts(ports, this.#options.sabotage)),
    });
  }

  /** The process is gone from one instant to the next. */
  async crash(): Promise<void> {
    await this.#process?.die();
  }

  /** Lets the lab's clock run. */
  async pass(ms: number): Promise<void> {
    await this.#clock.advance(ms, () => this.#inFlight.settle());
  }

  /**
   * Lets time run, one timer after the other and each to its last consequence, until `isReached`.
   * @throws Error after `boundMs` of virtual time.
   */
  async passUntil(isReached: () => boolean, boundMs: number): Promise<void> {
    const untilAt = this.#clock.now() + boundMs;
    await this.#inFlight.settle();
    while (!isReached()) {
      if (this.#clock.now() > untilAt || !this.#clock.fireNext()) {
        throw new Error(`Not reached by ${this.time} of virtual time.`);
      }
      await this.#inFlight.settle();
    }
  }
}
