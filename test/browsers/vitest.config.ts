import { fileURLToPath } from "node:url";
import { defaultServerConditions } from "vite";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { CountReporter } from "../support/count-reporter.ts";
import { EngineTable } from "./engine-table.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The suites of `npm run browsers`: in every engine of the machine, one after another. */
const config: ViteUserConfig = defineConfig({
  root,
  ssr: { resolve: { conditions: ["source", ...defaultServerConditions] } },
  test: {
    environment: "node",
    reporters: ["default", new EngineTable(), new CountReporter()],
    include: ["test/browsers/*.browsers.test.ts"],
    globalSetup: [
      "test/support/global-chromium.ts",
      "test/support/global-e2e-page.ts",
      "test/support/global-suites-page.ts",
    ],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    fileParallelism: false,
    maxConcurrency: 8,
  },
});
export default config;
