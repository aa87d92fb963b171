import type { Answer, Clock } from "@holdfast/core";
import type { Fetch } from "./api-client.ts";

/** One part on its way to where the platform said (DO §7.3). */
export interface PartPut {
  readonly url: string;
  /** As the platform gave them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob;
  readonly signal?: AbortSignal;
}

export interface StorageClientOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** What a PUT may take, whatever its size. */
  readonly requestTimeoutMs: number;
  /** The slowest network that a part shall come through: `fetch` does not tell how far it is. */
  readonly slowestBytesPerSecond: number;
}

/**
 * The storage behind the platform, one PUT at a time. Never throws and never tries again. It is told nothing of us: no
 * token, no header but those that the platform gave.
 */
export class StorageClient {
  readonly #options: StorageClientOptions;

  constructor(options: StorageClientOptions) {
    this.#options = options;
  }

  /** `fetch` is called before this returns, in the same task (design §5, one sender). */
  put(part: PartPut): Promise<Answer> {
    if (part.signal?.aborted === true) {
      return Promise.resolve({ kind: "none", cause: "aborted", sent: false });
    }
    const { clock, requestTimeoutMs, slowestBytesPerSecond } = this.#options;
    const patienceMs = requestTimeoutMs + (part.body.size / slowestBytesPerSecond) * 1_000;
    const abort = new AbortController();
    return new Promise((resolve) => {
      const give = (answer: Answer): void => {
        cancelTimer();
        part.signal?.removeEventListener("abort", onAbort);
        resolve(answer);
      };
      const giveUp = (cause: "timeout" | "aborted"): void => {
        give({ kind: "none", cause, sent: true });
        abort.abort();
      };
      const onAbort = (): void => giveUp("aborted");
      const cancelTimer = clock.timer(patienceMs, () => giveUp("timeout"));
      part.signal?.addEventListener("abort", onAbort, { once: true });
      void this.#exchange(part, abort.signal).then(give);
    });
  }

  async #exchange({ url, headers, body }: PartPut, signal: AbortSignal): Promise<Answer> {
    try {
      const request = new Request(url, {
        method: "PUT",
        headers: settableHeaders(headers),
        body,
        signal,
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
      });
      const response = await this.#options.fetch(request);
      const retryAfter = response.headers.get("Retry-After");
      return {
        kind: "response",
        status: response.status,
        body: await response.text().catch(() => undefined),
        ...(retryAfter === null ? {} : { retryAfter }),
      };
    } catch {
      // A browser hides whether it has left, and a part is the same however often it is put.
      return { kind: "none", cause: "network", sent: true };
    }
  }
}

/** A browser fills these in by itself, and refuses them from scripts (DO §7.3). */
const ownedByBrowsers: ReadonlySet<string> = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "date",
  "expect",
  "host",
  "keep-alive",
  "origin",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
]);

function settableHeaders(headers: Readonly<Record<string, string>>): Headers {
  const kept = Object.entries(headers).filter(([name]) => !ownedByBrowsers.has(name.toLowerCase()));
  return new Headers(kept);
}

/** What the storage's answer to a PUT means (DO §7.3). Its errors are XML, whose `Code` says more than the status. */
export type PutVerdict =
  | { readonly verdict: "stored" }
  /** The URL is too old, or was never good: another one is asked for. */
  | { readonly verdict: "expired" }
  /** The file takes no parts any more. */
  | { readonly verdict: "notOpen" }
  /** What came was not what was announced. */
  | { readonly verdict: "mismatch"; readonly code: string }
  /** Nothing that says what became of it; `status` where somebody answered. */
  | { readonly verdict: "unknown"; readonly status?: number };

export function judgePut(answer: Answer): PutVerdict {
  if (answer.kind === "none") return { verdict: "unknown" };
  const { status } = answer;
  if (status >= 200 && status < 300) return { verdict: "stored" };
  const code = /<Code>([^<]*)<\/Code>/.exec(answer.body ?? "")?.[1];
  // Whoever answers without a code is not the storage: a proxy, a captive portal.
  if (code === undefined) return { verdict: "unknown", status };
  if (status === 403) return { verdict: "expired" };
  if (status === 404) return { verdict: "notOpen" };
  if (status === 411 || (status === 400 && code !== "RequestTimeout")) {
    return { verdict: "mismatch", code };
  }
  return { verdict: "unknown", status };
}
