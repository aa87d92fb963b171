import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defaultClientConditions, defaultServerConditions } from "vite";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { CHROMIUM_FLAGS, chromiumPath } from "./support/chromium.ts";
import { CountReporter } from "./support/count-reporter.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
// Packages see each other's sources, so that no test waits for a build.
const resolve = { conditions: ["source", ...defaultClientConditions] };
const ssr = { resolve: { conditions: ["source", ...defaultServerConditions] } };

/** For what hangs, nothing else: a busy machine takes many times as long as an idle one, and no test is of its speed. */
const patience = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
};
const morePatience = { ...patience, testTimeout: 240_000 };

/** Packages whose tests want an IndexedDB in Node; the others must do without, so that a stray use shows. */
const withIndexedDb = "packages/{storage,holdfast}/src/**/*.test.ts";

const config: ViteUserConfig = defineConfig({
  root,
  test: {
    reporters: ["default", new CountReporter()],
    passWithNoTests: true,
    // One more than there are cores: tests of browsers wait most of their time, for leases and for each other.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        root,
        resolve,
        ssr,
        test: {
          name: "node",
          environment: "node",
          // They share nothing, and a process for each file would take longer than most of them.
          isolate: false,
          ...patience,
          include: ["{packages,examples}/*/src/**/*.test.ts"],
          exclude: [withIndexedDb],
        },
      },
      {
        root,
        resolve,
        ssr,
        test: {
          name: "node-indexeddb",
          environment: "node",
          ...patience,
          include: [withIndexedDb, "test/**/*.node.test.ts"],
          setupFiles: ["test/support/fake-indexeddb.ts"],
        },
      },
      {
        root: `${root}test/browser`,
        publicDir: false,
        cacheDir: `${root}node_modules/.cache/vite-browser`,
        resolve,
        // Found while the tests run, a dependency would make Vite reload the page under them; what is not named here goes as it is.
        optimizeDeps: {
          noDiscovery: true,
          include: [
            "rxjs",
            "comlink",
            "holdfast > hash-wasm",
            "@holdfast/platform > hono",
            "@holdfast/platform > hono/router/reg-exp-router",
            "@holdfast/platform > @noble/hashes/legacy.js",
            "@holdfast/platform > @noble/hashes/sha2.js",
            "@holdfast/platform > @noble/hashes/utils.js",
          ],
        },
        worker: { format: "es" },
        server: { fs: { allow: [root] } },
        test: {
          name: "browser",
          ...morePatience,
          include: ["**/*.browser.test.ts"],
          globalSetup: [`${root}test/support/global-chromium.ts`],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            connectTimeout: patience.hookTimeout,
            provider: playwright({
              launchOptions: { executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
      {
        root,
        resolve,
        ssr,
        test: {
          name: "e2e",
          environment: "node",
          ...morePatience,
          include: ["test/e2e/**/*.e2e.test.ts"],
          globalSetup: [
            "test/support/global-chromium.ts",
            "test/support/global-example.ts",
            "test/support/global-e2e-page.ts",
          ],
        },
      },
    ],
  },
});
export default config;
