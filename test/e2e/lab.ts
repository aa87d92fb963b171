import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Effect, Platform } from "@holdfast/platform";
import type { BrowserContext, Page } from "playwright";
import { inject } from "vitest";
import { launchPersistentChromium } from "../support/chromium.ts";
import { type Interference, LabPlatform, type LabObject } from "./lab-platform.ts";
import type { OpenOptions } from "./page/main.ts";

export { finished, type LabObject, namesFrom } from "./lab-platform.ts";

/** A Chromium with a profile on disk, and a platform outside of it. */
export class Lab implements AsyncDisposable {
  readonly served: LabPlatform;
  readonly #profile: string;
  context: BrowserContext;

  static async open(): Promise<Lab> {
    const served = await LabPlatform.open();
    const profile = await mkdtemp(join(tmpdir(), "holdfast-lab-"));
    const context = await launchPersistentChromium(profile);
    return new Lab({ served, profile, context });
  }

  constructor(parts: {
    readonly served: LabPlatform;
    readonly profile: string;
    readonly context: BrowserContext;
  }) {
    this.context = parts.context;
    this.served = parts.served;
    this.#profile = parts.profile;
  }

  get platform(): Platform {
    return this.served.platform;
  }

  get project(): string {
    return this.served.project;
  }

  requestsUnder(token: string): number {
    return this.served.requestsUnder(token);
  }

  interfere(interference: Interference): void {
    this.served.interfere(interference);
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
      { ...this.served.access, ...options },
    );
  }

  /** Stops the worker of a tab with a `breakage`, as `LabPlatform.freeze` says. */
  freeze(page: Page): Promise<() => void> {
    return this.served.freeze((url) => page.evaluate((url) => inPage.freeze(url), url));
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

  objects(): Promise<readonly LabObject[]> {
    return this.served.objects();
  }

  createsByKey(): ReadonlyMap<string, readonly Effect[]> {
    return this.served.createsByKey();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.interfere({});
    await this.context.close();
    await this.served[Symbol.asyncDispose]();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The renderer with the tab and its worker dies at once, as an out-of-memory kill would do it. */
export async function killTab(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = new Promise<void>((resolve) => page.once("crash", () => resolve()));
  // The answer never comes: who would send it is gone.
  session.send("Page.crash").catch(() => {});
  await crashed;
}
