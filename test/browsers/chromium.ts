import { MortalBrowser } from "../kills/mortal-browser.ts";
import { killTab } from "../e2e/lab.ts";
import { chromiumExecutable } from "../support/chromium.ts";
import type { Engine } from "./engine.ts";
import { versionOf } from "./version-of.ts";
import { playwrightTab } from "./playwright-tab.ts";

/** The Chromium that all tests of browsers use, which is set up where there is none. */
export const chromium: Engine = {
  name: "Chromium",
  cannot: {},
  version: async () => versionOf(await chromiumExecutable(), "--version"),
  async start(profile) {
    const browser = await MortalBrowser.launch(profile);
    return {
      async openTab(url) {
        const page = await browser.context.newPage();
        await page.goto(url);
        return playwrightTab(page, () => killTab(page));
      },
      async kill() {
        browser.kill();
        await browser.gone();
      },
      close: () => browser.context.close(),
    };
  },
};
