import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CHROMIUM_FLAGS, chromiumExecutable } from "../support/chromium.ts";

/**
 * A Chromium in which nobody watches the network: Playwright does, and what a page fetches is then kept for it, so many
 * megabytes of it.
 */
export class BareBrowser implements AsyncDisposable {
  /** Of processes: the browser's own and those of its tabs. */
  readonly group: number;
  readonly #gone: Promise<void>;
  readonly #page: Connection;

  /** With a page of that address. */
  static async launch(profile: string, url: string): Promise<BareBrowser> {
    const flags = [
      ...CHROMIUM_FLAGS,
      "--headless",
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
    ];
    // In a group of its own, whose memory is then its own.
    const child = spawn(await chromiumExecutable(), [...flags, url], {
      detached: true,
      stdio: "ignore",
    });
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const { pid } = child;
    if (pid === undefined) throw new Error("The browser does not start.");
    try {
      const page = await Connection.open(await pageAt(profile, url));
      const browser = new BareBrowser({ group: pid, gone, page });
      const isLoaded = `location.href === ${JSON.stringify(url)} && document.readyState === "complete"`;
      while ((await browser.evaluate(isLoaded)) !== true) await delay(lookEveryMs);
      return browser;
    } catch (error) {
      process.kill(-pid, "SIGKILL");
      throw error;
    }
  }

  private constructor(parts: {
    readonly group: number;
    readonly gone: Promise<void>;
    readonly page: Connection;
  }) {
    this.group = parts.group;
    this.#gone = parts.gone;
    this.#page = parts.page;
  }

  /** What the expression's promise comes to, in the page. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = (await this.#page.call("Runtime.evaluate", {
      ...{ expression, awaitPromise: true, returnByValue: true },
    })) as Evaluated;
    if (exceptionDetails !== undefined) throw new Error(result.description ?? "It threw.");
    return result.value;
  }

  /** As a person picks a file of the device. */
  async pick(selector: string, path: string): Promise<void> {
    const { root } = (await this.#page.call("DOM.getDocument", {})) as {
      readonly root: { readonly nodeId: number };
    };
    const { nodeId } = (await this.#page.call("DOM.querySelector", {
      ...{ nodeId: root.nodeId, selector },
    })) as { readonly nodeId: number };
    await this.#page.call("DOM.setFileInputFiles", { nodeId, files: [path] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#page.call("Browser.close", {}).catch(() => undefined);
    await this.#gone;
  }
}

interface Evaluated {
  readonly result: { readonly value?: unknown; readonly description?: string };
  readonly exceptionDetails?: unknown;
}

const lookEveryMs = 50;
const startsWithinMs = 30_000;

/** The address at which the page can be spoken to. */
async function pageAt(profile: string, url: string): Promise<string> {
  for (let waitedMs = 0; waitedMs < startsWithinMs; waitedMs += lookEveryMs) {
    const page = await pageNow(profile, url).catch(() => undefined);
    if (page !== undefined) return page;
    await delay(lookEveryMs);
  }
  throw new Error("The browser does not come up.");
}

async function pageNow(profile: string, url: string): Promise<string | undefined> {
  const [port] = (await readFile(join(profile, "DevToolsActivePort"), "utf8")).split("\n");
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as readonly {
    readonly url: string;
    readonly webSocketDebuggerUrl: string;
  }[];
  return targets.find((target) => target.url === url)?.webSocketDebuggerUrl;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The DevTools protocol, question by question. */
class Connection {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  #last = 0;

  static async open(url: string): Promise<Connection> {
    const socket = new WebSocket(url);
    await new Promise<void>((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = () => reject(new Error("The browser cannot be spoken to."));
    });
    return new Connection(socket);
  }

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      const { id, result, error } = JSON.parse(data as string) as {
        readonly id?: number;
        readonly result?: unknown;
        readonly error?: { readonly message: string };
      };
      const pending = id === undefined ? undefined : this.#pending.get(id);
      if (id !== undefined) this.#pending.delete(id);
      if (error === undefined) pending?.resolve(result);
      else pending?.reject(new Error(error.message));
    };
    socket.onclose = () => {
      for (const { reject } of this.#pending.values()) reject(new Error("The browser is gone."));
    };
  }

  call(method: string, params: object): Promise<unknown> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
