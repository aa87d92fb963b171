import { exposedHeaders, preflightMaxAgeS } from "../assumed.ts";
import { verbsOf } from "../storage/storage-path.ts";

/** What every answer carries (DO §1.2). */
export function answerHeaders(request: Request, requestId: string, now: number): Headers {
  const headers = new Headers({
    "Content-Type": "application/json",
    "X-Request-ID": requestId,
    "X-Content-Type-Options": "nosniff",
    Date: new Date(now).toUTCString(),
  });
  const version = request.headers.get("DNAnexus-API");
  if (version !== null) headers.set("DNAnexus-API", version);
  allowOrigin(request, headers);
  return headers;
}

/** The answer to a preflight: the origin and the headers that were asked for come back (DO §1.2). */
export function preflightHeaders(request: Request): Headers {
  const headers = new Headers();
  allowOrigin(request, headers);
  const wanted = request.headers.get("Access-Control-Request-Headers");
  if (wanted !== null) headers.set("Access-Control-Allow-Headers", wanted);
  const verbs = verbsOf(new URL(request.url).pathname);
  if (verbs.length > 0) headers.set("Access-Control-Allow-Methods", verbs.join(", "));
  if (preflightMaxAgeS !== undefined) {
    headers.set("Access-Control-Max-Age", String(preflightMaxAgeS));
  }
  return headers;
}

/** Of a call of the API, or of a PUT or GET of content. */
export function isPreflight(request: Request): boolean {
  if (request.method !== "OPTIONS") return false;
  const method = request.headers.get("Access-Control-Request-Method") ?? "";
  return method === "POST" || verbsOf(new URL(request.url).pathname).includes(method);
}

export function allowOrigin(request: Request, headers: Headers): void {
  const origin = request.headers.get("Origin");
  if (origin === null) return;
  headers.set("Access-Control-Allow-Origin", origin);
  headers.set("Vary", "Origin");
  if (exposedHeaders.length > 0) {
    headers.set("Access-Control-Expose-Headers", exposedHeaders.join(", "));
  }
}
