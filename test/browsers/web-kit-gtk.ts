import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { env } from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import type { Engine, RunningBrowser, Tab } from "./engine.ts";
import { descendants, killAll } from "./processes.ts";
import { versionOf } from "./version-of.ts";
import { WebDriver } from "./web-driver.ts";

const driver = "/usr/bin/WebKitWebDriver";
const virtualDisplay = "/usr/bin/Xvfb";
const features = "--features=+StorageAPI,+StorageAPIEstimate";

/** What a killed run leaves behind ends with it: the driver, and by the loss of its display the browser. */
const mortal = ["--pdeathsig", "KILL"];

/** Debian's packages with all that is needed. */
export const webKitGtkPackages = ["webkit2gtk-driver", "xvfb"] as const;

/** WebKitGTK's own small browser, the engine of Safari on other foundations; undefined where it is not installed. */
export function webKitGtk(): Engine | undefined {
  const [binary] = globSync("/usr/lib/*/webkit2gtk-4.*/MiniBrowser");
  if (binary === undefined || ![driver, virtualDisplay].every((file) => existsSync(file)))
    return undefined;
  return {
    name: "WebKitGTK",
    cannot: {
      killTab: "its driver ends the session with the first tab that crashes",
      keepProfile: "it keeps nothing on disk while it is driven",
    },
    version: () => versionOf("dpkg-query", "--show", webKitGtkPackages[0]),
    start: () => WebKitGtk.start(binary),
  };
}

class WebKitGtk implements RunningBrowser {
  readonly #display: ChildProcess;
  readonly #server: ChildProcess;
  readonly #driver: WebDriver;

  static async start(binary: string): Promise<WebKitGtk> {
    const { display, number } = await startDisplay();
    const port = await freePort();
    const server = spawn("setpriv", [...mortal, driver, `--port=${port}`], {
      stdio: "ignore",
      env: { ...env, DISPLAY: `:${number}`, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" },
    });
    const url = `http://127.0.0.1:${port}`;
    await answers(`${url}/status`);
    const browserOptions = { binary, args: ["--automation", features] };
    const session = await WebDriver.open(url, { "webkitgtk:browserOptions": browserOptions });
    return new WebKitGtk(display, server, session);
  }

  constructor(display: ChildProcess, server: ChildProcess, session: WebDriver) {
    this.#display = display;
    this.#server = server;
    this.#driver = session;
  }

  async openTab(url: string): Promise<Tab> {
    const handle = await this.#driver.newWindow();
    await this.#driver.goto(handle, url);
    return {
      evaluate: (run, given) => this.#driver.evaluate(handle, String(run), given ?? null),
      goto: (url) => this.#driver.goto(handle, url),
      close: () => this.#driver.closeWindow(handle),
      kill: () => Promise.reject(new Error("No tab of it dies alone.")),
    };
  }

  async kill(): Promise<void> {
    const browser = await descendants(this.#server.pid ?? 0);
    await killAll([...browser.map(({ pid }) => pid), this.#server.pid ?? 0]);
    await end(this.#display);
  }

  async close(): Promise<void> {
    await this.#driver.close();
    await end(this.#server);
    await end(this.#display);
  }
}

async function startDisplay(): Promise<{
  readonly display: ChildProcess;
  readonly number: number;
}> {
  const args = ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
  const display = spawn("setpriv", [...mortal, virtualDisplay, ...args], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const [said] = (await once(display.stdio[3] as NodeJS.ReadableStream, "data")) as [Buffer];
  return { display, number: Number(String(said)) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function answers(url: string): Promise<void> {
  for (;;) {
    const isThere = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await delay(20);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill();
  await ended;
}
