import { chromiumExecutable } from "./chromium.ts";

/** Vitest calls this once before a project that needs a browser. */
export async function setup(): Promise<void> {
  await chromiumExecutable();
}
