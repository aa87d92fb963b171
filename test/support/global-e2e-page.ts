import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { openStaticServer } from "./static-server.ts";
import { buildWithVite } from "./vite-build.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the page of the end-to-end tests is served: `inject("labUrl")`. Ends in a slash. */
    readonly labUrl: string;
  }
}

/** Vitest calls this once before the end-to-end tests: builds test/e2e/page and serves it until they end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildWithVite("test/e2e/page");
  const server = await openStaticServer(`${root}node_modules/.cache/e2e-page`);
  project.provide("labUrl", server.url);
  return () => server.close();
}
