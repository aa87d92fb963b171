import { fileURLToPath } from "node:url";
import { openStaticServer, type StaticServer } from "./static-server.ts";
import { buildWithVite } from "./vite-build.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where the page in that folder of the repository lies once it is built. */
export function builtPage(folder: string): string {
  return `${root}node_modules/.cache/pages/${folder}`;
}

/** Builds a page of a test. */
export async function buildPage(folder: string): Promise<void> {
  await buildWithVite(folder, [
    `--config=${root}test/support/vite.config.ts`,
    `--outDir=${builtPage(folder)}`,
  ]);
}

/** Builds a page of a test and serves it. */
export async function servePage(folder: string): Promise<StaticServer> {
  await buildPage(folder);
  return await openStaticServer(builtPage(folder));
}
