import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { openStaticServer } from "./static-server.ts";
import { buildWithVite } from "./vite-build.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the built example page is served: `inject("exampleUrl")`. Ends in a slash. */
    readonly exampleUrl: string;
  }
}

/** Vitest calls this once before the end-to-end tests: builds examples/bench and serves it until they end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildWithVite("examples/bench");
  const server = await openStaticServer(`${root}examples/bench/dist`);
  project.provide("exampleUrl", server.url);
  return () => server.close();
}
