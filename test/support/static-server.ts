import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

export interface StaticServer {
  /** Ends in a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a built page on a free port of this machine. A path without an extension that is not there gets `index.html`
 * (the page routes it itself); a missing file is a 404, so that a wrong script address shows.
 */
export async function openStaticServer(folder: string): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    readAsset(folder, decodeURIComponent(pathname)).then(
      ({ type, body }) => response.writeHead(200, { "content-type": type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  // "localhost" counts as a secure context, which OPFS, Web Locks and service workers want.
  return { url: `http://localhost:${port}/`, close: () => close(server) };
}

async function readAsset(
  folder: string,
  pathname: string,
): Promise<{ type: string; body: Uint8Array }> {
  const extension = extname(pathname);
  const file = extension === "" ? "index.html" : normalize(pathname);
  const type = CONTENT_TYPES[extension === "" ? ".html" : extension] ?? "application/octet-stream";
  return { type, body: await readFile(join(folder, file)) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
