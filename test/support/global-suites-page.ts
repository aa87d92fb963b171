import type { TestProject } from "vitest/node";
import { servePage } from "./test-page.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the page with the suites is served: `inject("suitesUrl")`. Ends in a slash. */
    readonly suitesUrl: string;
  }
}

/** Vitest calls this once before the tests of the engines: builds test/browsers/page and serves it until they end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await servePage("test/browsers/page");
  project.provide("suitesUrl", server.url);
  return () => server.close();
}
