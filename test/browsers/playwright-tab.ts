import type { Page } from "playwright";
import type { Tab } from "./engine.ts";

/** A page of Playwright's as a tab. */
export function playwrightTab(page: Page, kill: () => Promise<void>): Tab {
  return {
    evaluate: <Result, Given>(run: (given: Given) => Result | Promise<Result>, given?: Given) =>
      page.evaluate(run as (given: unknown) => Result | Promise<Result>, given as unknown),
    goto: async (url) => void (await page.goto(url)),
    close: () => page.close(),
    kill,
  };
}
