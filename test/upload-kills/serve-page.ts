import { fileURLToPath } from "node:url";
import { openStaticServer, type StaticServer } from "../support/static-server.ts";
import { buildWithVite } from "../support/vite-build.ts";

const built = fileURLToPath(
  new URL("../../node_modules/.cache/upload-kills-page", import.meta.url),
);

/** Builds test/upload-kills/page and serves it. */
export async function serveUploadKillsPage(): Promise<StaticServer> {
  await buildWithVite("test/upload-kills/page");
  return await openStaticServer(built);
}
