import { defaultClientConditions, defineConfig, type UserConfig } from "vite";

/** For the pages of tests, which take the packages' sources. */
const config: UserConfig = defineConfig({
  base: "./",
  resolve: { conditions: ["source", ...defaultClientConditions] },
  worker: { format: "es" },
  build: {
    emptyOutDir: true,
    // What WebKit understands: it has no `using` yet.
    target: "es2024",
    // A debugger finds the statements at which it stops a worker by their text.
    minify: false,
  },
});
export default config;
