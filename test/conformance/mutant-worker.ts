import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { facts } from "./facts/all.ts";
import { inProcess, type PlatformModule } from "./grounds.ts";
import { runFact } from "./run-facts.ts";

// One thread for each mutant: a module that was loaded stays loaded.
const { folder, ids } = workerData as { readonly folder: string; readonly ids: readonly string[] };
const module = (await import(pathToFileURL(join(folder, "src/index.ts")).href)) as PlatformModule;
const outcomes: { outcome: string; reason: string }[] = [];
for (const id of ids) {
  const fact = facts[id];
  if (fact === undefined) throw new Error(`there is no fact ${id}`);
  const { outcome, reason = "" } = await runFact(id, fact, { ground: () => inProcess(module) });
  outcomes.push({ outcome, reason });
}
parentPort?.postMessage(outcomes);
