import type { Answer, Clock } from "@holdfast/core";

/** `globalThis.fetch`, or the one of the reference platform. */
export type Fetch = (request: Request) => Promise<Response>;

export interface ApiCall {
  /** `/record-xxxx/close` */
  readonly path: string;
  /** JSON text. */
  readonly body: string;
  readonly token?: string;
  readonly signal?: AbortSignal;
}

export interface ApiClientOptions {
  /** `https://api.dnanexus.com`, without a trailing slash. */
  readonly url: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/**
 * The HTTP API, one POST at a time. Never throws and never tries again: whatever happened is an `Answer`, and
 * what it means is decided elsewhere.
 */
export class ApiClient {
  readonly #options: ApiClientOptions;

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  /**
   * `fetch` is called before this returns, in the same task: a lease checked just before still holds when the
   * request leaves (design §5, one sender).
   */
  post(call: ApiCall): Promise<Answer> {
    if (call.signal?.aborted === true) {
      return Promise.resolve({ kind: "none", cause: "aborted", sent: false });
    }
    const { clock, timeoutMs } = this.#options;
    const abort = new AbortController();
    return new Promise((resolve) => {
      // A fetch that does not heed its signal must not hold the connection, so the answer does not wait for it.
      const give = (answer: Answer): void => {
        cancelTimer();
        call.signal?.removeEventListener("abort", onAbort);
        resolve(answer);
      };
      const giveUp = (cause: "timeout" | "aborted"): void => {
        give({ kind: "none", cause, sent: true });
        abort.abort();
      };
      const onAbort = (): void => giveUp("aborted");
      const cancelTimer = clock.timer(timeoutMs, () => giveUp("timeout"));
      call.signal?.addEventListener("abort", onAbort, { once: true });
      void this.#exchange(call, abort.signal).then(give);
    });
  }

  async #exchange(call: ApiCall, signal: AbortSignal): Promise<Answer> {
    try {
      const response = await this.#options.fetch(this.#request(call, signal));
      return toAnswer(response, await bodyOf(response));
    } catch (error) {
      return { kind: "none", cause: "network", sent: !neverLeft(error) };
    }
  }

  #request(call: ApiCall, signal: AbortSignal): Request {
    const headers: Record<string, string> = {
      "Content-Type": "application/json",
      // The platform allows whatever headers a preflight names, and the version keeps answers as we know them.
      "DNAnexus-API": "1.0.0",
    };
    if (call.token !== undefined) headers["Authorization"] = `Bearer ${call.token}`;
    // No `cache`: a POST is never answered from one, but Chromium asks a preflight for each call that names a mode.
    return new Request(`${this.#options.url}${call.path}`, {
      method: "POST",
      headers,
      body: call.body,
      signal,
      credentials: "omit",
      // The API never redirects a call; what does, a captive portal say, must not get its body.
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
  }
}

/** `undefined` where the body broke off: the status alone is then no answer. */
async function bodyOf(response: Response): Promise<string | undefined> {
  try {
    return await response.text();
  } catch {
    return undefined;
  }
}

/**
 * Lengths are not compared: a compressed body is legally shorter or longer than `Content-Length` says, and
 * browsers do not tell which it was. A JSON object that was cut off never parses, which is what the rules check.
 */
function toAnswer(response: Response, body: string | undefined): Answer {
  // Cross-origin these are readable only where the platform exposes them.
  const requestId = response.headers.get("X-Request-ID");
  const retryAfter = response.headers.get("Retry-After");
  const serverAt = Date.parse(response.headers.get("Date") ?? "");
  return {
    kind: "response",
    status: response.status,
    body,
    ...(requestId === null ? {} : { requestId }),
    ...(retryAfter === null ? {} : { retryAfter }),
    ...(Number.isNaN(serverAt) ? {} : { serverAt }),
  };
}

/** Node names the reason; a browser hides it, and then the request may have left. */
function neverLeft(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const code =
    typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN";
}
