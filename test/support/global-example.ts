import { execFile } from "node:child_process";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { openStaticServer } from "./static-server.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the built example page is served: `inject("exampleUrl")`. Ends in a slash. */
    readonly exampleUrl: string;
  }
}

/** Vitest calls this once before the end-to-end tests: builds examples/bench and serves it until they end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildExample();
  const server = await openStaticServer(`${root}examples/bench/dist`);
  project.provide("exampleUrl", server.url);
  return () => server.close();
}

/** In a process of its own: Vitest sets NODE_ENV to "test", and Vite would then build React for development. */
async function buildExample(): Promise<void> {
  const vite = `${root}node_modules/vite/bin/vite.js`;
  await promisify(execFile)(process.execPath, [vite, "build", "--logLevel=warn"], {
    cwd: `${root}examples/bench`,
    env: { ...env, NODE_ENV: "production" },
  });
}
