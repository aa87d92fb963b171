import type { Clock } from "@holdfast/core";
import type { Platform } from "@holdfast/platform";
import { fractionFor } from "./chance.ts";

/** One request as it leaves a tab. */
export interface SentRequest {
  readonly tab: number;
  /** PUT and GET of content: it goes to where a signed URL says. */
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: Promise<string>;
}

export interface NetworkOptions {
  readonly seed: string;
  readonly clock: Clock;
  readonly platform: Platform;
  /** In the task in which it leaves. */
  readonly onRequest: (request: SentRequest) => void;
  readonly onAnswer: (request: SentRequest, response: Response | undefined) => void;
}

/**
 * Between the tabs and the platform. Each way takes its time, so that requests and answers overtake each other; without a network
 * nothing leaves, and what was under way has its effect and no answer.
 */
export class Network {
  readonly #options: NetworkOptions;
  readonly #listeners = new Set<() => void>();
  #sent = 0;
  #isOnline = true;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  get isOnline(): boolean {
    return this.#isOnline;
  }

  set isOnline(isOnline: boolean) {
    if (this.#isOnline === isOnline) return;
    this.#isOnline = isOnline;
    for (const listener of this.#listeners) listener();
  }

  /** Requests that have left. */
  get sent(): number {
    return this.#sent;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async fetch(tab: number, request: Request): Promise<Response> {
    const { seed, platform, onRequest, onAnswer } = this.#options;
    const entity = `${seed}/network/${++this.#sent}`;
    const sent: SentRequest = {
      tab,
      method: request.method,
      path: new URL(request.url).pathname,
      token: request.headers.get("Authorization")?.slice("Bearer ".length),
      body: request.clone().text(),
    };
    onRequest(sent);
    if (!this.#isOnline) throw cut();
    let response: Response | undefined;
    try {
      await this.#travel(`${entity}/there`);
      if (!this.#isOnline) throw cut();
      response = await platform.fetch(request);
      await this.#travel(`${entity}/back`);
      if (!this.#isOnline) throw cut();
      return response;
    } finally {
      onAnswer(sent, response);
    }
  }

  async #travel(entity: string): Promise<void> {
    const delayMs = travelMs(fractionFor(entity));
    await new Promise<void>((resolve) => this.#options.clock.timer(delayMs, resolve));
  }
}

function travelMs(drawn: number): number {
  if (drawn < 0.7) return 1 + Math.floor(drawn * 30);
  if (drawn < 0.97) return 20 + Math.floor((drawn - 0.7) * 1_000);
  return 300 + Math.floor((drawn - 0.97) * 100_000);
}

function cut(): TypeError {
  return new TypeError("fetch failed");
}
