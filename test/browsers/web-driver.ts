import { setTimeout as delay } from "node:timers/promises";

/** An answer of the driver that is none: the command, and what it says of it. */
export class WebDriverError extends Error {
  override readonly name = "WebDriverError";
}

/** One session of a WebDriver server, with its windows. */
export class WebDriver {
  readonly #url: string;
  /** A session has one current window: whoever speaks to one speaks alone. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * @param server - Address of a server that listens.
   * @param capabilities - What is asked of the browser that it starts.
   */
  static async open(server: string, capabilities: object): Promise<WebDriver> {
    const session = await send<{ readonly sessionId: string }>("POST", `${server}/session`, {
      capabilities: { alwaysMatch: capabilities },
    });
    return new WebDriver(`${server}/session/${session.sessionId}`);
  }

  constructor(url: string) {
    this.#url = url;
  }

  /** @returns Its handle. */
  async newWindow(): Promise<string> {
    const asked = (): Promise<{ handle: string }> =>
      this.#send("POST", "/window/new", { type: "tab" });
    return (await this.#alone(asked)).handle;
  }

  async goto(handle: string, url: string): Promise<void> {
    await this.#in(handle, () => this.#send("POST", "/url", { url }));
  }

  /**
   * Calls a function in a window and waits for what it answers, without keeping others from speaking to theirs.
   * @see Tab.evaluate
   */
  async evaluate<Result>(handle: string, run: string, given: unknown): Promise<Result> {
    const id = await this.#execute<number>(
      handle,
      `const calls = (globalThis.webDriverCalls ??= []);
       const call = { state: "running" };
       Promise.resolve(arguments[0]).then(${run}).then(
         (value) => Object.assign(call, { state: "done", value }),
         (error) => Object.assign(call, { state: "failed", error: String(error?.stack ?? error) + error }),
       );
       return calls.push(call) - 1;`,
      [given],
    );
    for (let waitMs = 2; ; waitMs = Math.min(2 * waitMs, 100)) {
      const call = await this.#execute<Call<Result>>(
        handle,
        "return globalThis.webDriverCalls[arguments[0]];",
        [id],
      );
      if (call.state === "done") return call.value;
      if (call.state === "failed") throw new WebDriverError(call.error);
      await delay(waitMs);
    }
  }

  async closeWindow(handle: string): Promise<void> {
    await this.#in(handle, () => this.#send("DELETE", "/window"));
  }

  async close(): Promise<void> {
    await this.#send("DELETE", "");
  }

  #execute<Result>(handle: string, script: string, args: readonly unknown[]): Promise<Result> {
    return this.#in(handle, () => this.#send("POST", "/execute/sync", { script, args }));
  }

  #in<Result>(handle: string, command: () => Promise<Result>): Promise<Result> {
    return this.#alone(async () => {
      await this.#send("POST", "/window", { handle });
      return await command();
    });
  }

  #alone<Result>(commands: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(commands);
    this.#turn = result.catch(() => {});
    return result;
  }

  #send<Result>(method: string, path: string, body?: object): Promise<Result> {
    return send(method, `${this.#url}${path}`, body);
  }
}

type Call<Result> =
  | { readonly state: "running" }
  | { readonly state: "done"; readonly value: Result }
  | { readonly state: "failed"; readonly error: string };

async function send<Result>(method: string, url: string, body?: object): Promise<Result> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(url, init);
  const { value } = (await response.json()) as { value: Result };
  if (!response.ok) throw new WebDriverError(`${method} ${url}: ${JSON.stringify(value)}`);
  return value;
}
