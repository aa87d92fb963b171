import type { CDPSession, Page } from "playwright";

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** A debugger on the dedicated worker of a tab, over the browser's own protocol. */
export class WorkerDebugger {
  readonly #page: CDPSession;
  readonly #worker: string;
  readonly #replies = new Map<number, (reply: Reply) => void>();
  readonly #scripts: string[] = [];
  #sent = 0;
  #isPaused = false;

  static async attach(page: Page): Promise<WorkerDebugger> {
    const session = await page.context().newCDPSession(page);
    const attached = new Promise<string>((resolve) => {
      session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
        if (targetInfo.type === "worker") resolve(sessionId);
      });
    });
    // Not flat: Playwright's session would not know whom a flat message is for.
    await session.send("Target.setAutoAttach", {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
    const debug = new WorkerDebugger(session, await attached);
    await debug.#call("Debugger.enable", {});
    return debug;
  }

  constructor(page: CDPSession, worker: string) {
    this.#page = page;
    this.#worker = worker;
    page.on("Target.receivedMessageFromTarget", ({ sessionId, message }) => {
      if (sessionId === worker) this.#hear(JSON.parse(message) as Reply);
    });
  }

  /**
   * The worker stops before the first statement that holds the text, where the condition is true in its scope.
   */
  async pauseAt(text: string, condition: string): Promise<void> {
    const { scriptId, line, column } = await this.#find(text);
    await this.#call("Debugger.setBreakpoint", {
      location: { scriptId, lineNumber: line, columnNumber: column },
      condition,
    });
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** It goes on, and stops nowhere any more. */
  async thaw(): Promise<void> {
    await this.#call("Debugger.disable", {});
  }

  async #find(text: string): Promise<{ scriptId: string; line: number; column: number }> {
    for (const scriptId of this.#scripts) {
      const { scriptSource } = await this.#call("Debugger.getScriptSource", { scriptId });
      const lines = String(scriptSource).split("\n");
      const line = lines.findIndex((one) => one.includes(text));
      if (line >= 0) return { scriptId, line, column: lines[line]?.indexOf(text) ?? 0 };
    }
    throw new Error(`No script of the worker holds the statement: ${text}`);
  }

  async #call(method: string, params: object): Promise<Record<string, unknown>> {
    this.#sent += 1;
    const id = this.#sent;
    const replied = new Promise<Reply>((resolve) => this.#replies.set(id, resolve));
    await this.#page.send("Target.sendMessageToTarget", {
      sessionId: this.#worker,
      message: JSON.stringify({ id, method, params }),
    });
    const { result, error } = await replied;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  #hear({ id, method, params, ...reply }: Reply): void {
    if (id !== undefined) {
      this.#replies.get(id)?.(reply);
      this.#replies.delete(id);
    } else if (method === "Debugger.scriptParsed") {
      this.#scripts.push(String(params?.["scriptId"]));
    } else if (method === "Debugger.paused") {
      this.#isPaused = true;
    }
  }
}
