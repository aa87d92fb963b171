import { exposedHeaders, preflightMaxAgeS } from "../assumed.ts";

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
  if (preflightMaxAgeS !== undefined) {
    headers.set("Access-Control-Max-Age", String(preflightMaxAgeS));
  }
  return headers;
}

export function isPreflight(request: Request): boolean {
  return (
    request.method === "OPTIONS" && request.headers.get("Access-Control-Request-Method") === "POST"
  );
}

function allowOrigin(request: Request, headers: Headers): void {
  const origin = request.headers.get("Origin");
  if (origin === null) return;
  headers.set("Access-Control-Allow-Origin", origin);
  headers.set("Vary", "Origin");
  if (exposedHeaders.length > 0) {
    headers.set("Access-Control-Expose-Headers", exposedHeaders.join(", "));
  }
}
