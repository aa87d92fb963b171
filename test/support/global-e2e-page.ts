import { execFile } from "node:child_process";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { openStaticServer } from "./static-server.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the page of the end-to-end tests is served: `inject("labUrl")`. Ends in a slash. */
    readonly labUrl: string;
  }
}

/** Vitest calls this once before the end-to-end tests: builds test/e2e/page and serves it until they end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const vite = `${root}node_modules/vite/bin/vite.js`;
  await promisify(execFile)(process.execPath, [vite, "build", "--logLevel=warn"], {
    cwd: `${root}test/e2e/page`,
    env: { ...env, NODE_ENV: "production" },
  });
  const server = await openStaticServer(`${root}node_modules/.cache/e2e-page`);
  project.provide("labUrl", server.url);
  return () => server.close();
}
