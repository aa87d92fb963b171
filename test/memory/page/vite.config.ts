import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig, type UserConfig } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));

const config: UserConfig = defineConfig({
  root,
  base: "./",
  resolve: { conditions: ["source", ...defaultClientConditions] },
  worker: { format: "es" },
  build: {
    outDir: fileURLToPath(new URL("../../../node_modules/.cache/memory-page", import.meta.url)),
    emptyOutDir: true,
  },
});
export default config;
