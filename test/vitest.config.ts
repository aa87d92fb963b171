import { fileURLToPath } from "node:url";
import { defaultClientConditions, defaultServerConditions } from "vite";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { CountReporter } from "./support/count-reporter.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
// Packages see each other's sources, so that no test waits for a build.
const resolve = { conditions: ["source", ...defaultClientConditions] };
const ssr = { resolve: { conditions: ["source", ...defaultServerConditions] } };

/** Packages whose tests want an IndexedDB in Node; the others must do without, so that a stray use shows. */
const withIndexedDb = "packages/{storage,holdfast}/src/**/*.test.ts";

const config: ViteUserConfig = defineConfig({
  root,
  test: {
    reporters: ["default", new CountReporter()],
    passWithNoTests: true,
    projects: [
      {
        root,
        resolve,
        ssr,
        test: {
          name: "node",
          environment: "node",
          include: ["packages/*/src/**/*.test.ts"],
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
          include: [withIndexedDb, "test/**/*.node.test.ts"],
          setupFiles: ["test/support/fake-indexeddb.ts"],
        },
      },
    ],
  },
});
export default config;
