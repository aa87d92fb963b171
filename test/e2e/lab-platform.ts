import { createPlatform, type Effect, type Platform } from "@holdfast/platform";
import { type Server, startServer } from "@holdfast/platform/node";
import type { OpenOptions } from "./page/main.ts";

const token = "token-of-ada";

/** A worker that asks for this waits for the answer and does nothing else. */
const freezePath = "/freeze";

/** What happens with a request on its way: a kill before the effect, or between the effect and the answer. */
export interface Interference {
  before?: (path: string, headers: Headers) => Promise<void>;
  after?: (path: string) => Promise<void>;
  /** What the browser gets instead of the answer. */
  change?: (path: string, response: Response) => Promise<Response>;
  /** Called when a worker has stopped; it stays so until this resolves. */
  freeze?: () => Promise<void>;
}

/** A platform outside of any browser, whose effect log outlives every kill. */
export class LabPlatform implements AsyncDisposable {
  readonly platform: Platform;
  readonly #server: Server;
  readonly #interference: Interference;
  readonly #tokens: readonly string[];

  static async open(): Promise<LabPlatform> {
    const interference: Interference = {};
    const tokens: string[] = [];
    const platform = createPlatform({
      users: [{ name: "ada", token }],
      projects: [{ name: "lab" }],
    });
    const server = await startServer({
      platform: {
        fetch: async (request) => {
          const { url, headers } = request as Request;
          const { pathname } = new URL(url);
          tokens.push(headers.get("authorization")?.replace("Bearer ", "") ?? "");
          if (pathname === freezePath) await interference.freeze?.();
          await interference.before?.(pathname, headers);
          const response = await platform.fetch(request);
          await interference.after?.(pathname);
          return (await interference.change?.(pathname, response)) ?? response;
        },
      },
    });
    return new LabPlatform({ platform, server, interference, tokens });
  }

  constructor(parts: {
    readonly platform: Platform;
    readonly server: Server;
    readonly interference: Interference;
    readonly tokens: readonly string[];
  }) {
    this.platform = parts.platform;
    this.#server = parts.server;
    this.#interference = parts.interference;
    this.#tokens = parts.tokens;
  }

  get project(): string {
    const [project] = this.platform.projects;
    if (project === undefined) throw new Error("The lab has a project.");
    return project.id;
  }

  /** What a page gives to open its store on this platform. */
  get access(): OpenOptions {
    return { api: this.#server.url, user: "user-ada", token };
  }

  /** How many requests came under that token. */
  requestsUnder(token: string): number {
    return this.#tokens.filter((used) => used === token).length;
  }

  interfere(interference: Interference): void {
    this.#interference.before = interference.before ?? (async () => {});
    this.#interference.after = interference.after ?? (async () => {});
    this.#interference.change = interference.change ?? (async (_, response) => response);
  }

  /**
   * Stops the worker that asks for an address in the middle of whatever it does: its timers, the answers to its requests
   * and its lease run on without it. The function returned lets it go on.
   * @param ask - Has the worker ask for it.
   */
  async freeze(ask: (url: string) => Promise<void>): Promise<() => void> {
    const thawed = Promise.withResolvers<void>();
    const frozen = Promise.withResolvers<void>();
    this.#interference.freeze = async () => {
      frozen.resolve();
      await thawed.promise;
    };
    // By another name, since a browser opens six connections to one, and the replay may hold them all.
    const url = new URL(freezePath, this.#server.url);
    url.hostname = "localhost";
    await ask(url.href);
    await frozen.promise;
    return thawed.resolve;
  }

  /** The objects of the project as the platform has them. */
  async objects(): Promise<readonly LabObject[]> {
    const fields = {
      name: true,
      state: true,
      tags: true,
      types: true,
      properties: true,
      details: true,
    };
    const found = await this.platform.control.act("user-ada", "/system/findDataObjects", {
      scope: { project: this.project },
      visibility: "either",
      describe: { fields },
      limit: 1_000,
    });
    const { results } = found as unknown as { results: readonly { describe: LabObject }[] };
    return results
      .map(({ describe }) => describe)
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Creates by their key: each must have had one effect. */
  createsByKey(): ReadonlyMap<string, readonly Effect[]> {
    const creates = new Map<string, Effect[]>();
    for (const effect of this.platform.effects) {
      if (effect.route !== "/record/new") continue;
      const { key = "" } = effect;
      creates.set(key, [...(creates.get(key) ?? []), effect]);
    }
    return creates;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.interfere({});
    await this.#server.close();
    await this.platform.close();
  }
}

export interface LabObject {
  readonly name: string;
  readonly state: string;
  readonly tags: readonly string[];
  readonly types: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  readonly details: unknown;
}

/** What `inPage.work` in the page makes of a name, once it is on the platform. */
export function finished(name: string): object {
  return {
    name,
    state: "closed",
    tags: ["e2e"],
    types: ["Sample"],
    properties: { origin: name },
    details: { of: name },
  };
}

export function namesFrom(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(3, "0")}`);
}
