import { fileURLToPath } from "node:url";
import { openStaticServer, type StaticServer } from "../support/static-server.ts";
import { buildWithVite } from "../support/vite-build.ts";

const built = fileURLToPath(new URL("../../node_modules/.cache/kills-page", import.meta.url));

/** Builds test/kills/page and serves it. */
export async function serveKillsPage(): Promise<StaticServer> {
  await buildWithVite("test/kills/page");
  return await openStaticServer(built);
}
