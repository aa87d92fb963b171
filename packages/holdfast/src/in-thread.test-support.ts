import { type Channel, type Connectivity, HoldfastError } from "@holdfast/core";
import { LocalChannels, LocalLocks } from "@holdfast/core/testing";
import { createPlatform, type Platform } from "@holdfast/platform";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { filter, firstValueFrom, type Observable } from "rxjs";
import { systemClock } from "./clock.ts";
import { systemRandom } from "./environment-worker.ts";
import type { Holdfast } from "./holdfast.ts";
import { indexedDbStorage } from "./host/indexed-db-storage.ts";
import type { HostPorts, Storage } from "./host/ports.ts";
import { type InThreadOptions, openHoldfastInThread } from "./in-thread.ts";

const token = "token-of-ada";

/** One device and one platform: tabs come and go, what is stored stays. */
export class World implements AsyncDisposable {
  readonly platform: Platform = createPlatform({
    users: [{ name: "ada", token }, { name: "bob" }],
    projects: [{ name: "lab" }],
  });
  readonly indexedDB: IDBFactory = new IDBFactory();
  readonly storage: Storage = indexedDbStorage({
    indexedDB: this.indexedDB,
    IDBKeyRange,
    medium: "memory",
  });
  readonly #locks = new LocalLocks();
  readonly #channels = new Map<string, LocalChannels>();
  readonly #network = new Set<() => void>();
  readonly #open: Holdfast[] = [];
  #isOnline = true;

  get project(): string {
    const [project] = this.platform.projects;
    if (project === undefined) throw new Error("The world has a project.");
    return project.id;
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline;
    for (const listener of this.#network) listener();
  }

  /** One more tab. */
  async open(options: Partial<InThreadOptions> = {}): Promise<Holdfast> {
    const holdfast = await openHoldfastInThread({
      api: "https://platform.test",
      user: "user-ada",
      token: () => token,
      replay: { requestsPerSecond: "unlimited" },
      ...options,
      ports: { ...this.ports(), ...options.ports },
    });
    this.#open.push(holdfast);
    return holdfast;
  }

  /** What one more tab runs on. */
  ports(): Omit<HostPorts, "logger"> {
    return {
      clock: systemClock,
      random: systemRandom,
      locks: this.#locks,
      openChannel: (name) => this.#channel(name),
      connectivity: this.#connectivity(),
      fetch: (request) => this.fetch(request),
      storage: this.storage,
    };
  }

  async fetch(request: Request): Promise<Response> {
    if (!this.#isOnline) throw new TypeError("The network is off.");
    return await this.platform.fetch(request);
  }

  /** The objects of the project as the platform has them. */
  async objects(): Promise<readonly Described[]> {
    const input = { scope: { project: this.project }, visibility: "either", describe: described };
    const found = await this.platform.control.act("user-ada", "/system/findDataObjects", input);
    return (found as unknown as { results: { describe: Described }[] }).results.map(
      (result) => result.describe,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const holdfast of this.#open) await holdfast.close();
    await this.platform.close();
  }

  #channel(name: string): Channel {
    const channels = this.#channels.get(name) ?? new LocalChannels();
    this.#channels.set(name, channels);
    return channels.join();
  }

  #connectivity(): Connectivity {
    return {
      isOnline: () => this.#isOnline,
      subscribe: (listener) => {
        this.#network.add(listener);
        return () => this.#network.delete(listener);
      },
    };
  }
}

const described = {
  fields: {
    id: true,
    name: true,
    state: true,
    tags: true,
    types: true,
    properties: true,
    details: true,
  },
};

export interface Described {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly tags: readonly string[];
  readonly types: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  readonly details: unknown;
}

/** The first value that passes. */
export function when<Value>(
  values: Observable<Value>,
  passes: (value: Value) => boolean,
): Promise<Value> {
  return firstValueFrom(values.pipe(filter(passes)));
}

/** The code of the failure that the promise rejects with; fails the test where it does not. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof HoldfastError) return error.code;
    throw error;
  }
  throw new Error("It was expected to reject.");
}
