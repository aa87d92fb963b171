// Preloaded by the planted runs: the sources named by a bug are read with it.
import { registerHooks } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { plantedBugs } from "./bugs.ts";
import { plant } from "./planted-bug.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bug = plantedBugs.find(({ name }) => name === process.env["PLANTED"]);

if (bug !== undefined) {
  const files = new Set(bug.changes.map(({ file }) => file));
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.startsWith("file:")) return loaded;
      const file = relative(root, fileURLToPath(url)).replaceAll("\\", "/");
      if (!files.has(file)) return loaded;
      const { source } = loaded;
      const text =
        typeof source === "string" ? source : new TextDecoder().decode(source ?? undefined);
      return { ...loaded, source: plant(bug, file, text) };
    },
  });
}
