import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { LabPlatform } from "../e2e/lab-platform.ts";
import type { OpenOptions } from "../e2e/page/main.ts";
import type { Engine, RunningBrowser, Tab } from "./engine.ts";

/** A browser of some engine with tabs that keep one store, and a platform outside of it. */
export class TabLab implements AsyncDisposable {
  readonly served: LabPlatform;
  readonly #engine: Engine;
  readonly #profile: string;
  #browser: RunningBrowser;

  static async open(engine: Engine): Promise<TabLab> {
    const served = await LabPlatform.open();
    const profile = await mkdtemp(join(tmpdir(), "holdfast-tabs-"));
    return new TabLab({ served, engine, profile, browser: await engine.start(profile) });
  }

  constructor(parts: {
    readonly served: LabPlatform;
    readonly engine: Engine;
    readonly profile: string;
    readonly browser: RunningBrowser;
  }) {
    this.served = parts.served;
    this.#engine = parts.engine;
    this.#profile = parts.profile;
    this.#browser = parts.browser;
  }

  /** One more tab, with the store open in it as `inPage.holdfast`. */
  async tab(options: Partial<OpenOptions> = {}): Promise<Tab> {
    const tab = await this.#browser.openTab(inject("labUrl"));
    const given: OpenOptions = { ...this.served.access, ...options };
    await tab.evaluate(async (opened) => void (await inPage.open(opened)), given);
    return tab;
  }

  /** Creates, annotates and closes records in a tab; resolves once all is stored. */
  async work(tab: Tab, names: readonly string[]): Promise<void> {
    await tab.evaluate(
      async ({ project, names }) => {
        if (inPage.holdfast === undefined) throw new Error("The store is open.");
        await inPage.work(inPage.holdfast, project, names);
      },
      { project: this.served.project, names },
    );
  }

  /** The whole browser dies, and starts again on what it had written. */
  async kill(): Promise<void> {
    await this.#browser.kill();
    this.#browser = await this.#engine.start(this.#profile);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.served.interfere({});
    await this.#browser.close();
    await this.served[Symbol.asyncDispose]();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Resolves once nothing is unsent, as a tab sees it. */
export async function sent(tab: Tab): Promise<void> {
  await tab.evaluate(async () => {
    if (inPage.holdfast === undefined) throw new Error("The store is open.");
    await inPage.sent(inPage.holdfast);
  });
}

export function isSender(tab: Tab): Promise<boolean> {
  return tab.evaluate(() => inPage.isSender());
}
