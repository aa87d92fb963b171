import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPlatform, type Effect, type Platform } from "@holdfast/platform";
import { type Server, startServer } from "@holdfast/platform/node";
import type { BrowserContext, Page } from "playwright";
import { inject } from "vitest";
import { launchPersistentChromium } from "../support/chromium.ts";
import type { OpenOptions } from "./page/main.ts";

const token = "token-of-ada";

/** A worker that asks for this waits for the answer and does nothing else. */
const freezePath = "/freeze";

/** What happens with a request on its way: a kill before the effect, or between the effect and the answer. */
export interface Interference {
  before?: (path: string) => Promise<void>;
  after?: (path: string) => Promise<void>;
  /** Called when a worker has stopped; it stays so until this resolves. */
  freeze?: () => Promise<void>;
}

/** A browser with a profile on disk, and a platform outside of it whose effect log outlives every kill. */
export class Lab implements AsyncDisposable {
  readonly platform: Platform;
  readonly #server: Server;
  readonly #profile: string;
  readonly #interference: Interference;
  readonly #tokens: readonly string[];
  context: BrowserContext;

  static async open(): Promise<Lab> {
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
          await interference.before?.(pathname);
          const response = await platform.fetch(request);
          await interference.after?.(pathname);
          return response;
        },
      },
    });
    const profile = await mkdtemp(join(tmpdir(), "holdfast-lab-"));
    const context = await launchPersistentChromium(profile);
    return new Lab({ platform, server, profile, context, interference, tokens });
  }

  constructor(parts: {
    readonly platform: Platform;
    readonly server: Server;
    readonly profile: string;
    readonly context: BrowserContext;
    readonly interference: Interference;
    readonly tokens: readonly string[];
  }) {
    this.platform = parts.platform;
    this.context = parts.context;
    this.#server = parts.server;
    this.#profile = parts.profile;
    this.#interference = parts.interference;
    this.#tokens = parts.tokens;
  }

  get project(): string {
    const [project] = this.platform.projects;
    if (project === undefined) throw new Error("The lab has a project.");
    return project.id;
  }

  /** How many requests came under that token. */
  requestsUnder(token: string): number {
    return this.#tokens.filter((used) => used === token).length;
  }

  interfere(interference: Interference): void {
    this.#interference.before = interference.before ?? (async () => {});
    this.#interference.after = interference.after ?? (async () => {});
  }

  /** One more tab, with the store open in it as `inPage.holdfast`. */
  async tab(options: Partial<OpenOptions> = {}): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(inject("labUrl"));
    await this.openStore(page, options);
    return page;
  }

  async openStore(page: Page, options: Partial<OpenOptions> = {}): Promise<void> {
    await page.evaluate(
      async (opened) => {
        await inPage.open(opened);
      },
      { api: this.#server.url, user: "user-ada", token, ...options },
    );
  }

  /**
   * Stops the worker of a tab with a `breakage` in the middle of whatever it does: its timers, the
   * answers to its requests and its lease run on without it. The function returned lets it go on.
   */
  async freeze(page: Page): Promise<() => void> {
    let thaw!: () => void;
    const thawed = new Promise<void>((resolve) => {
      thaw = resolve;
    });
    const isFrozen = new Promise<void>((resolve) => {
      this.#interference.freeze = async () => {
        resolve();
        await thawed;
      };
    });
    // By another name, since a browser opens six connections to one, and the replay may hold them all.
    const url = new URL(freezePath, this.#server.url);
    url.hostname = "localhost";
    await page.evaluate((url) => inPage.freeze(url), url.href);
    await isFrozen;
    return thaw;
  }

  /** The whole browser dies at once, and starts again on the same profile. */
  async kill(): Promise<void> {
    const session = await this.context.browser()?.newBrowserCDPSession();
    if (session === undefined) throw new Error("The browser can be spoken to.");
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const browser = processInfo.find(({ type }) => type === "browser");
    if (browser === undefined) throw new Error("The browser has a process.");
    const closed = new Promise<void>((resolve) => this.context.once("close", () => resolve()));
    process.kill(browser.id, "SIGKILL");
    await closed;
    this.context = await launchPersistentChromium(this.#profile);
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
    await this.context.close();
    await this.#server.close();
    await this.platform.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
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

/** The renderer with the tab and its worker dies at once, as an out-of-memory kill would do it. */
export async function killTab(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = new Promise<void>((resolve) => page.once("crash", () => resolve()));
  // The answer never comes: who would send it is gone.
  session.send("Page.crash").catch(() => {});
  await crashed;
}

export function namesFrom(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(3, "0")}`);
}
