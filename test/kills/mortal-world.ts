import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPlatform, type Platform } from "@holdfast/platform";
import { type Server, startServer } from "@holdfast/platform/node";
import type { Page } from "playwright";
import {
  breachesOfConvergence,
  breachesOfGroups,
  breachesOfReceipt,
  breachesOfView,
  Happened,
} from "./breaches.ts";
import { happeningOf, type Progress, type Told } from "./facts.ts";
import { MortalBrowser } from "./mortal-browser.ts";

const token = "token-of-ada";

/** What a world has gone through, in numbers. */
export interface Tally {
  readonly receipts: { stored: number; acked: number; settled: number };
  /** Objects that a start found with something unsent, all starts together. */
  unsent: number;
  /** Objects that a start found though no receipt of them had come. */
  untold: number;
}

/** Serves one request, or does not. */
export type OnRequest = (path: string, serve: () => Promise<Response>) => Promise<Response>;

export interface Started {
  readonly browser: MortalBrowser;
  readonly page: Page;
}

/** A profile on disk and a platform on a port beside it, which outlive every browser that is killed. */
export class MortalWorld implements AsyncDisposable {
  readonly breaches: string[] = [];
  readonly tally: Tally = { receipts: { stored: 0, acked: 0, settled: 0 }, unsent: 0, untold: 0 };
  onRequest: OnRequest | undefined;
  /** After each receipt. */
  onTold: (() => void) | undefined;
  readonly #happened = new Happened();
  readonly #told: Told[] = [];
  readonly #names = new Set<string>();
  readonly #groups: (readonly string[])[] = [];
  readonly #platform: Platform;
  readonly #server: Server;
  readonly #profile: string;
  readonly #pageUrl: string;
  #heard = 0;

  static async open(pageUrl: string): Promise<MortalWorld> {
    const platform = createPlatform({
      users: [{ name: "ada", token }],
      projects: [{ name: "lab" }],
    });
    let world: MortalWorld | undefined;
    const fetch = async (request: Request): Promise<Response> => {
      const serve = (): Promise<Response> => platform.fetch(request);
      const onRequest = world?.onRequest;
      return onRequest === undefined
        ? await serve()
        : await onRequest(new URL(request.url).pathname, serve);
    };
    const server = await startServer({ platform: { fetch } });
    const profile = await mkdtemp(join(tmpdir(), "holdfast-kills-"));
    world = new MortalWorld({ platform, server, profile, pageUrl });
    return world;
  }

  private constructor(parts: {
    readonly platform: Platform;
    readonly server: Server;
    readonly profile: string;
    readonly pageUrl: string;
  }) {
    this.#platform = parts.platform;
    this.#server = parts.server;
    this.#profile = parts.profile;
    this.#pageUrl = parts.pageUrl;
  }

  get project(): string {
    const [project] = this.#platform.projects;
    if (project === undefined) throw new Error("There is a project.");
    return project.id;
  }

  get requests(): number {
    return this.#platform.requests.length;
  }

  get objects(): number {
    return this.#happened.names().length;
  }

  get effects(): number {
    return this.#heard;
  }

  /** A browser on the profile, its store open and paused, and what it shows compared with every receipt so far. */
  async start(): Promise<Started> {
    const browser = await MortalBrowser.launch(this.#profile);
    const page = await browser.context.newPage();
    await page.exposeFunction("tell", (told: readonly Told[]) => this.#hear(told));
    await page.goto(this.#pageUrl);
    await page.evaluate((options) => inKills.open(options), { api: this.#server.url, token });
    const view = await page.evaluate(() => inKills.look());
    this.#note(breachesOfView(this.#told, view));
    this.#note(breachesOfGroups(this.#groups, view));
    this.#pull();
    this.#count(view);
    return { browser, page };
  }

  /** Sends all that is unsent, compares with the platform, and pauses again. */
  async sendAll(page: Page): Promise<void> {
    await page.evaluate(() => inKills.resume());
    const parked = await page.evaluate(() => inKills.sent());
    this.#note(parked.map((reason) => `parked: ${reason}`));
    this.#pull();
    this.#note(breachesOfConvergence(await page.evaluate(() => inKills.look()), this.#happened));
    await page.evaluate(() => inKills.pause());
  }

  /** Names that are to be stored as a whole. */
  group(names: readonly string[]): readonly string[] {
    this.#groups.push(names);
    return names;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
    await this.#platform.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #hear(told: readonly Told[]): void {
    this.#pull();
    const { receipts } = this.tally;
    for (const one of told) {
      this.#note(breachesOfReceipt(one, this.#happened));
      this.#told.push(one);
      const names = one.what === "storedAll" ? one.names : [one.name];
      for (const name of names) this.#names.add(name);
      receipts[one.what === "storedAll" ? "stored" : one.what] += names.length;
      this.onTold?.();
    }
  }

  /** What has happened on the platform since. */
  #pull(): void {
    const { effects } = this.#platform;
    for (const effect of effects.slice(this.#heard)) {
      this.#note(this.#happened.add(happeningOf(effect)));
    }
    this.#heard = effects.length;
  }

  #count(view: readonly Progress[]): void {
    for (const shown of view) {
      const there = this.#happened.progressOf(shown.name);
      if (JSON.stringify(there) !== JSON.stringify(shown)) this.tally.unsent += 1;
      if (!this.#names.has(shown.name)) this.tally.untold += 1;
    }
  }

  #note(breaches: readonly string[]): void {
    this.breaches.push(...breaches);
  }
}
