import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Platform } from "../platform.ts";
import { readBody } from "../transport/read-body.ts";

export interface ServerOptions {
  readonly platform: Pick<Platform, "fetch">;
  /** Default 0: any that is free. */
  readonly port?: number;
  /** Default `127.0.0.1`: nobody but this machine. */
  readonly host?: string;
}

export interface Server {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Takes no more calls, and ends once those under way have ended. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A part of a file may take its time. */
const requestTimeoutMs = 0;

/** Connections that are kept open are cut when the server closes and they say nothing for so long. */
const keepAliveTimeoutMs = 65_000;

/** Puts a platform on a port. */
export async function startServer({
  platform,
  port = 0,
  host = "127.0.0.1",
}: ServerOptions): Promise<Server> {
  const server = createServer(
    { noDelay: true, keepAliveTimeout: keepAliveTimeoutMs, requestTimeout: requestTimeoutMs },
    (incoming, outgoing) => {
      void serve(platform, incoming, outgoing);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  const name = family === "IPv6" ? `[${address}]` : address;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
    return closing;
  };
  return { url: `http://${name}:${taken}`, close, [Symbol.asyncDispose]: close };
}

async function serve(
  platform: Pick<Platform, "fetch">,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  try {
    await send(outgoing, await platform.fetch(await toRequest(incoming, gone.signal)));
  } catch {
    // A cut of the platform, or a caller that went away: there is nothing to say and nobody to say it to.
    incoming.socket.destroy();
  }
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const { method = "GET", url = "/" } = incoming;
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] ?? "", incoming.rawHeaders[index + 1] ?? "");
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  // URLs of content lead back to where the caller found this host. A path that begins with // must stay a path.
  const host = headers.get("Host") ?? "";
  const named = hostPattern.test(host) && URL.canParse(`http://${host}`);
  const origin = `http://${named ? host : "platform.holdfast.invalid"}`;
  const address = `${origin}${url.startsWith("/") ? url : "/"}`;
  if (method === "PUT") return new Request(address, flowing(incoming, { method, headers, signal }));
  const body = hasBody ? await readIncoming(incoming) : null;
  return new Request(address, { method, headers, body, signal });
}

/** Content of a file may be larger than memory: it is read as it is kept. */
function flowing(incoming: IncomingMessage, init: RequestInit): RequestInit {
  return Object.assign(init, { body: Readable.toWeb(incoming), duplex: "half" });
}

/** A name or an address and a port: nothing that could end the host's part of a URL. */
const hostPattern = /^(?:[0-9A-Za-z.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

function readIncoming(incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    incoming.once("error", reject);
  });
}

/** Head and body in one write: a head alone costs a caller up to 40 ms of delayed acknowledgement. */
async function send(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.sendDate = false;
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  if (Number(response.headers.get("Content-Length")) > bytesAtOnce && response.body !== null) {
    await flow(outgoing, response.body);
    return;
  }
  const { bytes, isBroken } = await readBody(response);
  if (!isBroken) {
    outgoing.end(bytes);
    return;
  }
  // The head promises more than there is: what a connection that breaks looks like.
  outgoing.write(bytes, () => outgoing.socket?.destroy());
}

/** More than this is content of a file, and goes out as it is read. */
const bytesAtOnce = 1024 * 1024;

async function flow(outgoing: ServerResponse, body: ReadableStream<Uint8Array>): Promise<void> {
  const chunks = body as ReadableStream<Uint8Array<ArrayBuffer>>;
  await pipeline(Readable.fromWeb(chunks as Parameters<typeof Readable.fromWeb>[0]), outgoing);
}
