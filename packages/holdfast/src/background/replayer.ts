import { type Failure, HoldfastError } from "@holdfast/core";
import type { HostLimits, HostPorts } from "../host/ports.ts";
import type { ReplayOptions } from "../options.ts";
import { askToken } from "./ask-token.ts";
import type { TokenAnswer } from "./background-wire.ts";
import { replayStore } from "./replay-store.ts";
import { parseTag, type StoreAddress } from "./store-tag.ts";

/** The app's own way to a token, without a page. */
export type BackgroundToken = (store: {
  readonly user: string;
  /** Address of the platform, without a slash at the end. */
  readonly api: string;
}) => string | undefined | Promise<string | undefined>;

export interface ReplayerOptions {
  /** Without it, nothing is ever sent. */
  readonly token?: BackgroundToken;
  readonly replay: ReplayOptions;
  readonly limits: HostLimits;
  readonly withinMs: number;
}

/** Sends what stores hold, one replay at a time for each of them. */
export class Replayer {
  readonly #ports: HostPorts;
  readonly #options: ReplayerOptions;
  /** By tag: the one that runs, and the one that is asked for meanwhile, which begins after it. */
  readonly #running = new Map<string, Promise<void>>();
  readonly #next = new Map<string, Promise<void>>();

  constructor(ports: HostPorts, options: ReplayerOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  /** Asks the app and forgets the value. `undefined` for a tag that is none of ours. */
  async tokenFor(tag: string): Promise<TokenAnswer | undefined> {
    const address = parseTag(tag);
    if (address === undefined) return undefined;
    try {
      const token = await askToken(this.#ports.clock, () => this.#token(address));
      return token === undefined ? "none" : "given";
    } catch {
      return "unknown";
    }
  }

  /**
   * Resolves when the store has nothing left to send, and for a tag that is none of ours, at once.
   * @throws HoldfastError why something is left: the browser then tries again, in its own time.
   */
  async replay(tag: string): Promise<void> {
    const running = this.#running.get(tag);
    if (running === undefined) return await this.#begin(tag);
    // What it has not seen any more is seen by one more after it, however often it is asked for.
    const next =
      this.#next.get(tag) ??
      running
        .catch(() => {})
        .then(() => {
          this.#next.delete(tag);
          return this.#begin(tag);
        });
    this.#next.set(tag, next);
    return await next;
  }

  #begin(tag: string): Promise<void> {
    const run = this.#replay(tag).finally(() => this.#running.delete(tag));
    this.#running.set(tag, run);
    return run;
  }

  async #replay(tag: string): Promise<void> {
    const address = parseTag(tag);
    if (address === undefined || this.#options.token === undefined) return;
    const failure: Failure | undefined = await replayStore(this.#ports, {
      ...this.#options,
      address,
      token: () => this.#token(address),
    });
    if (failure !== undefined) throw new HoldfastError(failure);
  }

  #token({ user, url }: StoreAddress): ReturnType<BackgroundToken> {
    return this.#options.token?.({ user, api: url });
  }
}
