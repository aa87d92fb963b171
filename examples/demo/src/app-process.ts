import type { Store } from "@holdfast/core";
import { MortalProcess } from "@holdfast/core/testing";
import type { HostPorts } from "holdfast/in-thread";
import type { InFlight } from "./in-flight.ts";

type Ports = Omit<HostPorts, "logger">;

/** One process of the app: it can be killed, and its calls of the store hold virtual time back. */
export class AppProcess {
  readonly #inFlight: InFlight;
  readonly #mortal = new MortalProcess();
  #device: { readonly store: Store; commits: number } | undefined;

  constructor(inFlight: InFlight) {
    this.#inFlight = inFlight;
  }

  /** What the process keeps, seen from outside, and how many commits it has made. */
  get device(): { readonly store: Store; readonly commits: number } | undefined {
    return this.#device;
  }

  async kill(): Promise<void> {
    const store = this.#device?.store;
    this.#device = undefined;
    this.#mortal.kill();
    // The connection of a dead process is closed by its browser.
    await store?.close();
  }

  ports(ports: Ports): Ports {
    return {
      ...ports,
      clock: this.#mortal.clock(ports.clock),
      locks: this.#mortal.locks(ports.locks),
      fetch: (request) =>
        this.#mortal.call(async () => {
          this.#countReading(request);
          const response = await ports.fetch(request);
          this.#countReading(response);
          return response;
        }),
      storage: {
        ...ports.storage,
        open: async (request) => {
          const store = await ports.storage.open(request);
          const device = { store, commits: 0 };
          store.onCommit(() => {
            device.commits += 1;
          });
          this.#device = device;
          return this.#mortal.store(this.#counted(store));
        },
      },
    };
  }

  /** A body is read in turns of its own, which on a busy machine are many. */
  #countReading(message: Request | Response): void {
    for (const method of ["text", "arrayBuffer"] as const) {
      const read = message[method].bind(message) as () => Promise<unknown>;
      Object.defineProperty(message, method, { value: () => this.#inFlight.count(read) });
    }
  }

  #counted(store: Store): Store {
    const count = <Result>(work: () => Promise<Result>): Promise<Result> =>
      this.#inFlight.count(work);
    return {
      write: (write) => count(() => store.write(write)),
      get: (table, keys, options) => count(() => store.get(table, keys, options)),
      lanes: (keys, options) => count(() => store.lanes(keys, options)),
      scan: (table, scan) => count(() => store.scan(table, scan)),
      contents: () => count(() => store.contents()),
      count: (table) => count(() => store.count(table)),
      find: (query) => count(() => store.find(query)),
      countFound: (query) => count(() => store.countFound(query)),
      subfolders: (project, folder) => count(() => store.subfolders(project, folder)),
      aliasesOf: (ids) => count(() => store.aliasesOf(ids)),
      changesSince: (change) => count(() => store.changesSince(change)),
      checkForChanges: () => count(() => store.checkForChanges()),
      onCommit: (listener) => store.onCommit(listener),
      status: () => store.status(),
      onStatus: (listener) => store.onStatus(listener),
      close: () => {
        this.#device = undefined;
        return store.close();
      },
    };
  }
}
