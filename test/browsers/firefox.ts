import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { env } from "node:process";
import { type BrowserContext, firefox as playwright } from "playwright";
import type { Engine, RunningBrowser, Tab } from "./engine.ts";
import { versionOf } from "./version-of.ts";
import { playwrightTab } from "./playwright-tab.ts";
import { type BrowserProcess, descendants, killAll } from "./processes.ts";

/** Debian's package. */
export const firefoxPackages = ["firefox-esr"] as const;

/** An ordinary Firefox, spoken to by WebDriver BiDi; undefined where none is installed. */
export function firefox(): Engine | undefined {
  const executablePath = installed();
  if (executablePath === undefined) return undefined;
  return {
    name: "Firefox",
    cannot: { killTab: "a driven Firefox ends with the first tab that crashes" },
    version: () => versionOf(executablePath, "--version"),
    start: async (profile) => {
      const context = await playwright.launchPersistentContext(profile, {
        channel: "moz-firefox",
        executablePath,
      });
      return new Firefox(context, profile);
    },
  };
}

class Firefox implements RunningBrowser {
  readonly #context: BrowserContext;
  readonly #profile: string;

  constructor(context: BrowserContext, profile: string) {
    this.#context = context;
    this.#profile = profile;
  }

  async openTab(url: string): Promise<Tab> {
    const page = await this.#context.newPage();
    await page.goto(url);
    return playwrightTab(page, () => Promise.reject(new Error("No tab of it dies alone.")));
  }

  async kill(): Promise<void> {
    const main = await this.#main();
    const started = await descendants(main.pid);
    await killAll([main.pid, ...started.map(({ pid }) => pid)]);
    await this.#context.close();
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  async #main(): Promise<BrowserProcess> {
    const main = (await descendants(process.pid)).find(
      ({ command }) => command.includes(this.#profile) && !command.includes("-contentproc"),
    );
    if (main === undefined) throw new Error("The browser has a process.");
    return main;
  }
}

function installed(): string | undefined {
  const names = ["firefox-esr", "firefox"];
  const onPath = (env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const candidates = [
    env["FIREFOX_BIN"],
    ...onPath,
    "/Applications/Firefox.app/Contents/MacOS/firefox",
  ];
  return candidates.find((file) => file !== undefined && isExecutable(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
