import type { TestProject } from "vitest/node";
import { servePage } from "./test-page.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the page of the end-to-end tests is served: `inject("labUrl")`. Ends in a slash. */
    readonly labUrl: string;
  }
}

/** Vitest calls this once before the end-to-end tests: builds test/e2e/page and serves it until they end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await servePage("test/e2e/page");
  project.provide("labUrl", server.url);
  return () => server.close();
}
