import { type Clock, HoldfastError, type Locks, type Store } from "@holdfast/core";
import type { HostPorts } from "holdfast/in-thread";
import type { InFlight } from "./in-flight.ts";

/**
 * The ports of one process that can die: from then on nothing answers it, its timers never fire, and its locks
 * are free, as when a tab is killed. What it had committed or sent stays so.
 */
export class Mortal {
  readonly #inFlight: InFlight;
  readonly #death = Promise.withResolvers<void>();
  #isAlive = true;
  #device: { readonly store: Store; commits: number } | undefined;

  constructor(inFlight: InFlight) {
    this.#inFlight = inFlight;
  }

  /** What the process keeps, seen from outside, and how many commits it has made. */
  get device(): { readonly store: Store; readonly commits: number } | undefined {
    return this.#device;
  }

  async die(): Promise<void> {
    this.#isAlive = false;
    this.#death.resolve();
    // The connection of a dead process is closed by its browser.
    await this.#device?.store.close();
    this.#device = undefined;
  }

  ports(ports: Omit<HostPorts, "logger">): Omit<HostPorts, "logger"> {
    return {
      ...ports,
      clock: this.#clock(ports.clock),
      locks: this.#locks(ports.locks),
      fetch: (request) => this.#answers(() => ports.fetch(request)),
      openChannel: (name) => {
        const channel = ports.openChannel(name);
        void this.#death.promise.then(() => channel.close());
        return channel;
      },
      storage: {
        ...ports.storage,
        open: async (request) => {
          const store = await ports.storage.open(request);
          const device = { store, commits: 0 };
          store.onCommit(() => {
            device.commits += 1;
          });
          this.#device = device;
          return this.#store(store);
        },
      },
    };
  }

  /** The promise of a living caller; a dead one waits for ever. */
  async #answers<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!this.#isAlive) return await never<Result>();
    try {
      const result = await work();
      return this.#isAlive ? result : await never<Result>();
    } catch (error) {
      if (!this.#isAlive) return await never<Result>();
      throw error;
    }
  }

  #clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      timer: (delayMs, callback) => clock.timer(delayMs, () => this.#isAlive && callback()),
    };
  }

  #locks(locks: Locks): Locks {
    return {
      request: <Result>(
        name: string,
        options: Parameters<Locks["request"]>[1],
        callback: (held: boolean) => Promise<Result>,
      ) =>
        this.#answers(() =>
          locks.request(name, options, (held) =>
            Promise.race([
              callback(held),
              this.#death.promise.then((): Result => {
                throw new HoldfastError({ code: "StorageClosed", message: "The process died." });
              }),
            ]),
          ),
        ),
    };
  }

  #store(store: Store): Store {
    const counted = <Result>(work: () => Promise<Result>): Promise<Result> =>
      this.#answers(() => this.#inFlight.count(work));
    return {
      write: (write) => counted(() => store.write(write)),
      get: (table, keys) => counted(() => store.get(table, keys)),
      lanes: (keys) => counted(() => store.lanes(keys)),
      scan: (table, scan) => counted(() => store.scan(table, scan)),
      count: (table) => counted(() => store.count(table)),
      find: (query) => counted(() => store.find(query)),
      countFound: (query) => counted(() => store.countFound(query)),
      aliasesOf: (ids) => counted(() => store.aliasesOf(ids)),
      changesSince: (change) => counted(() => store.changesSince(change)),
      checkForChanges: () => counted(() => store.checkForChanges()),
      onCommit: (listener) => store.onCommit((notice) => this.#isAlive && listener(notice)),
      status: () => store.status(),
      onStatus: (listener) => store.onStatus((status) => this.#isAlive && listener(status)),
      close: () => {
        this.#device = undefined;
        return store.close();
      },
    };
  }
}

function never<Result>(): Promise<Result> {
  return new Promise(() => {});
}
