import type { Clock } from "@holdfast/core";
import type { ContentStore } from "../content/content.ts";
import type { Commits } from "../persistence/commits.ts";
import { allowOrigin } from "../protocol/headers.ts";
import type { RequestEntry } from "../protocol/request-entry.ts";
import type { World } from "../world/world.ts";
import { getContent } from "./get-content.ts";
import { putPart } from "./put-part.ts";
import { errorXml, StorageError } from "./storage-error.ts";
import { verbsOf } from "./storage-path.ts";

export interface StoragePorts {
  readonly clock: Clock;
  readonly world: () => World;
  readonly commits: () => Commits;
  readonly contents: ContentStore;
}

export interface StorageExchange {
  readonly request: Request;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly entry: RequestEntry;
}

/** Whether the storage answers a request. What is neither its route nor its verb is the API's to refuse. */
export function isStorageRequest({ method, url }: Request): boolean {
  return verbsOf(new URL(url).pathname).includes(method);
}

/** Answers one delivery of a PUT or a GET of content. A refusal is XML. */
export async function answerStorage(
  ports: StoragePorts,
  exchange: StorageExchange,
): Promise<Response> {
  const { request, entry } = exchange;
  try {
    const response = await (request.method === "PUT" ? put : get)(ports, exchange);
    entry.status = response.status;
    return response;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return refuseAtStorage(ports.clock, exchange, error);
  }
}

/** What a refusal looks like at the storage: also one that the API, or a fault, would have put into an error body. */
export function refuseAtStorage(
  clock: Pick<Clock, "now">,
  { request, entry }: Pick<StorageExchange, "request" | "entry">,
  refusal: Pick<StorageError, "status" | "code" | "message" | "headers">,
): Response {
  const { status, code, message } = refusal;
  entry.status = status;
  entry.error = code;
  const headers = storageHeaders(clock, request, entry);
  for (const [name, value] of Object.entries(refusal.headers)) headers.set(name, value);
  headers.set("Content-Type", "application/xml");
  const bytes = encoder.encode(errorXml(code, message, entry.requestId));
  headers.set("Content-Length", String(bytes.length));
  return new Response(request.method === "HEAD" ? null : bytes, { status, headers });
}

const encoder = new TextEncoder();

async function put(ports: StoragePorts, exchange: StorageExchange): Promise<Response> {
  const { request, body, entry } = exchange;
  const { world, clock, contents, commits } = ports;
  const md5 = await putPart(
    { world, contents, now: () => clock.now() },
    {
      path: new URL(request.url).pathname,
      headers: request.headers,
      body,
      requestId: entry.requestId,
    },
  );
  await commits().settle();
  const headers = storageHeaders(clock, request, entry);
  headers.set("ETag", `"${md5}"`);
  headers.set("Content-Length", "0");
  return new Response(new Uint8Array(), { status: 200, headers });
}

async function get(ports: StoragePorts, exchange: StorageExchange): Promise<Response> {
  const { request, entry } = exchange;
  const found = getContent(
    { world: ports.world(), now: ports.clock.now(), contents: ports.contents },
    { path: new URL(request.url).pathname, headers: request.headers },
  );
  // What is told is saved: a file that has just closed would not be closed after a crash.
  await ports.commits().settle();
  const headers = storageHeaders(ports.clock, request, entry);
  for (const [name, value] of Object.entries(found.headers)) headers.set(name, value);
  const body = request.method === "HEAD" ? null : streamOf(found.chunks);
  return new Response(body, { status: found.status, headers });
}

function storageHeaders(
  clock: Pick<Clock, "now">,
  request: Request,
  { requestId }: RequestEntry,
): Headers {
  const headers = new Headers({
    "X-Request-ID": requestId,
    Date: new Date(clock.now()).toUTCString(),
  });
  allowOrigin(request, headers);
  return headers;
}

/** As fast as it is read, and no faster. */
function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
