import type { Clock } from "@holdfast/core";
import type { Seed } from "../chance.ts";
import { Attempts } from "../faults/attempts.ts";
import { broken } from "../faults/broken-body.ts";
import { ApiError } from "../api-error.ts";
import { deliver } from "../faults/deliver.ts";
import { type FaultRate, Faults } from "../faults/faults.ts";
import { errorBody } from "../protocol/error-answer.ts";

/** `offline`: every call rejects at once. `flaky`: slow, and cut now and then, before the effect or after it. */
export type NetworkState = "online" | "offline" | "flaky";

export const networkStates: readonly NetworkState[] = ["online", "offline", "flaky"];

export function isNetworkState(value: unknown): value is NetworkState {
  return (networkStates as readonly unknown[]).includes(value);
}

/** What a flaky network does. */
const flakyRates: readonly FaultRate[] = [
  { rate: 0.08, fault: "cutBeforeEffect" },
  { rate: 0.08, fault: "cutAfterEffect" },
  { rate: 1, fault: { kind: "latency", ms: 30, maxMs: 600 } },
];

interface NetworkPorts {
  readonly clock: Clock;
  readonly seed: () => Seed;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** The network between an engine and the platform, with a switch in it. The platform knows nothing of it. */
export class NetworkSwitch {
  readonly #ports: NetworkPorts;
  readonly #attempts = new Attempts();
  readonly #faults: Faults;
  readonly #listeners = new Set<(state: NetworkState) => void>();
  #state: NetworkState;
  /** Ends the calls under way when the network goes. */
  #outage = new AbortController();

  constructor(ports: NetworkPorts, state: NetworkState) {
    this.#ports = ports;
    this.#state = state;
    this.#faults = new Faults(ports.seed);
    this.#apply();
  }

  get state(): NetworkState {
    return this.#state;
  }

  set(state: NetworkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#apply();
    for (const listener of [...this.#listeners]) listener(state);
  }

  subscribe(listener: (state: NetworkState) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  async fetch(request: Request): Promise<Response> {
    const outage = this.#outage.signal;
    outage.throwIfAborted();
    const { pathname: path } = new URL(request.url);
    const bytes = await request.arrayBuffer();
    // Content of a file names no call: its URL does.
    const text = request.method === "POST" ? new TextDecoder().decode(bytes) : "";
    const attempt = this.#attempts.count(`${path} ${text}`);
    const signal = AbortSignal.any([request.signal, outage]);
    const { url, method, headers } = request;
    const hasBody = method !== "GET" && method !== "HEAD";
    const init = { method, headers, signal };
    return await deliver(this.#ports.clock, this.#faults.plan({ path, body: text, attempt }), {
      signal,
      arrive: () => this.#ports.fetch(new Request(url, hasBody ? { ...init, body: bytes } : init)),
      refuse: (error, { status, headers: extra = {} }) =>
        new Response(error instanceof ApiError ? errorBody(error) : error.message, {
          status,
          headers: extra,
        }),
      respond: (status, body, extra = {}) => new Response(body, { status, headers: extra }),
    });
  }

  #apply(): void {
    this.#faults.rates(this.#state === "flaky" ? flakyRates : []);
    if (this.#state === "offline") this.#outage.abort(broken());
    else if (this.#outage.signal.aborted) this.#outage = new AbortController();
  }
}
