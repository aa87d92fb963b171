import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig, type UserConfig } from "vite";

const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  resolve: { conditions: ["source", ...defaultClientConditions] },
  worker: { format: "es" },
  build: {
    outDir: fileURLToPath(new URL("../../../node_modules/.cache/demo-page", import.meta.url)),
    emptyOutDir: true,
    target: "esnext",
  },
});
export default config;
