import { execFile } from "node:child_process";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Builds the Vite app in a folder of the repository, as it would be published. In a process of its own: Vitest sets
 * NODE_ENV to "test", and Vite would then build for development.
 */
export async function buildWithVite(
  folder: string,
  options: readonly string[] = [],
): Promise<void> {
  const vite = `${root}node_modules/vite/bin/vite.js`;
  await promisify(execFile)(process.execPath, [vite, "build", "--logLevel=warn", ...options], {
    cwd: `${root}${folder}`,
    env: { ...env, NODE_ENV: "production" },
  });
}
