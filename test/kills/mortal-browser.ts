import { setTimeout as delay } from "node:timers/promises";
import type { BrowserContext } from "playwright";
import { launchPersistentChromium } from "../support/chromium.ts";

/** A Chromium with a profile on disk that can be killed as a machine without memory or power does it. */
export class MortalBrowser {
  readonly context: BrowserContext;
  /** Of the browser; the processes of its tabs are of its group. */
  readonly #group: number;
  #isKilled = false;

  static async launch(profile: string): Promise<MortalBrowser> {
    const context = await launchPersistentChromium(profile);
    const session = await context.browser()?.newBrowserCDPSession();
    const { processInfo = [] } = (await session?.send("SystemInfo.getProcessInfo")) ?? {};
    const browser = processInfo.find(({ type }) => type === "browser");
    if (browser === undefined) throw new Error("The browser has a process.");
    return new MortalBrowser(context, browser.id);
  }

  constructor(context: BrowserContext, group: number) {
    this.context = context;
    this.#group = group;
  }

  get isKilled(): boolean {
    return this.#isKilled;
  }

  /** In this very task: nothing of the browser runs on. */
  kill(): void {
    this.#isKilled = true;
    process.kill(-this.#group, "SIGKILL");
  }

  /** Resolves once no process of it is left. */
  async gone(): Promise<void> {
    while (isThere(this.#group)) await delay(5);
  }
}

function isThere(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
