import type { Connectivity } from "@holdfast/core";
import type { Platform } from "@holdfast/platform";

export type NetworkState = "offline" | "steady" | "flaky";

/** The line between the app and the platform, on the platform's clock. */
export class Network {
  readonly #platform: Platform;
  readonly #listeners = new Set<() => void>();
  #state: NetworkState = "offline";

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  readonly connectivity: Connectivity = {
    isOnline: () => this.#state !== "offline",
    subscribe: (listener) => {
      this.#listeners.add(listener);
      return () => this.#listeners.delete(listener);
    },
  };

  readonly fetch = async (request: Request): Promise<Response> => {
    if (this.#state === "offline") throw new TypeError("Failed to fetch");
    return await this.#platform.fetch(request);
  };

  set(state: NetworkState): void {
    this.#state = state;
    const { faults } = this.#platform;
    const latency = { rate: 1, fault: { kind: "latency", ms: 40, maxMs: 160 } } as const;
    faults.rates(
      state === "flaky"
        ? [
            { rate: 0.12, fault: "cutBeforeEffect" },
            { rate: 0.12, fault: "cutAfterEffect" },
            { rate: 0.05, fault: "truncate" },
            { rate: 0.04, fault: "throttle" },
            { rate: 0.03, fault: "garbage" },
            latency,
          ]
        : [latency],
    );
    // Chance may spare the creates of a small day, and their lost answers are what it is about.
    if (state === "flaky") faults.next("/record/new", "cutAfterEffect", 3);
    for (const listener of this.#listeners) listener();
  }
}
