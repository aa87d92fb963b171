import { type Clock, delay } from "@holdfast/core";
import { ApiError } from "../api-error.ts";
import { StorageError } from "../storage/storage-error.ts";
import { broken, brokenBody } from "./broken-body.ts";
import type { FaultPlan } from "./faults.ts";

/** One call on its way, and how it is answered where it arrives. */
export interface Delivery {
  readonly signal: AbortSignal;
  /** Lets the call take effect. `copy` where it is a second arrival, whose answer nobody gets. */
  readonly arrive: (copy: boolean) => Promise<Response>;
  /** A refusal, in the words of whoever would have answered. */
  readonly refuse: (error: ApiError | StorageError, more: RefusalMore) => Response;
  /** An answer that is not the API's own, with the headers every answer has. */
  readonly respond: (
    status: number,
    body: string,
    headers?: Readonly<Record<string, string>>,
  ) => Response;
}

export interface RefusalMore {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Carries a call to where it takes effect and its answer back, with what the plan says goes wrong.
 *
 * @returns The answer, as `fetch` would give it.
 * @throws TypeError where the connection breaks, as `fetch` does; the signal's reason where the caller gives up.
 */
export async function deliver(
  clock: Clock,
  { latencyMs, fault }: FaultPlan,
  delivery: Delivery,
): Promise<Response> {
  const { signal } = delivery;
  signal.throwIfAborted();
  const beforeMs = Math.ceil(latencyMs / 2);
  if (beforeMs > 0) await delay(clock, beforeMs, signal);
  const response = await withFault(clock, fault, delivery);
  signal.throwIfAborted();
  if (latencyMs > beforeMs) await delay(clock, latencyMs - beforeMs, signal);
  return response;
}

async function withFault(
  clock: Clock,
  fault: FaultPlan["fault"],
  { signal, arrive, refuse, respond }: Delivery,
): Promise<Response> {
  switch (fault?.kind) {
    case undefined:
    case "searchLag":
      return await arrive(false);
    case "refuse": {
      const error = new ApiError(fault.error, fault.message ?? "the platform was told to refuse", {
        ...(fault.details === undefined ? {} : { details: fault.details }),
      });
      return refuse(error, { status: fault.status ?? error.status });
    }
    case "cutBeforeEffect":
      throw broken();
    case "cutAfterEffect":
      await arrive(false);
      throw broken();
    case "late":
      return await arriveLate(clock, fault, { signal, arrive });
    case "double": {
      const response = await arrive(false);
      const { afterMs = 0 } = fault;
      if (afterMs > 0) clock.timer(afterMs, () => void arrive(true).catch(nobody));
      else await arrive(true);
      return response;
    }
    case "truncate":
      return truncate(await arrive(false), fault.silent ?? false);
    case "throttle": {
      const { status = 503, retryAfterS, asDate = false } = fault;
      const type = status === 429 ? "RateLimitConditional" : "ServiceUnavailable";
      const error = new ApiError(type, "too many requests, try again later");
      const after = retryAfterS === undefined ? undefined : retryAfter(clock, retryAfterS, asDate);
      return refuse(error, {
        status,
        ...(after === undefined ? {} : { headers: { "Retry-After": after } }),
      });
    }
    case "garbage":
      if (fault.afterEffect === true) await arrive(false);
      return respond(fault.status ?? 502, "<html><body><h1>Bad Gateway</h1></body></html>", {
        "Content-Type": "text/html",
      });
    case "skew":
      return skewed(await arrive(false), clock.now() + fault.ms);
    case "staleUrl":
    case "slowTransfer": {
      const error = new StorageError(fault.kind === "staleUrl" ? "expired" : "timeout");
      return refuse(error, error);
    }
  }
}

function arriveLate(
  clock: Clock,
  { afterMs, caller = "cut" }: { readonly afterMs: number; readonly caller?: "cut" | "hangs" },
  { signal, arrive }: Pick<Delivery, "signal" | "arrive">,
): Promise<Response> {
  return new Promise((_, reject) => {
    clock.timer(afterMs, () => {
      // Whoever still hangs is cut.
      void arrive(true)
        .catch(nobody)
        .finally(() => reject(broken()));
    });
    if (caller === "cut") reject(broken());
    else signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

/** Is there to be told how a call ended that nobody waits for: what it did is in the effect log. */
function nobody(): void {}

function retryAfter(clock: Clock, seconds: number, asDate: boolean): string {
  return asDate ? new Date(clock.now() + seconds * 1000).toUTCString() : String(seconds);
}

function skewed(response: Response, now: number): Response {
  const headers = new Headers(response.headers);
  headers.set("Date", new Date(now).toUTCString());
  return new Response(response.body, { status: response.status, headers });
}

/** Half of the body arrives. */
async function truncate(response: Response, silent: boolean): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const half = bytes.slice(0, Math.floor(bytes.length / 2));
  const headers = new Headers(response.headers);
  const { status } = response;
  if (!silent) return brokenBody(half, { status, headers });
  headers.delete("Content-Length");
  return new Response(half, { status, headers });
}
