import { parentPort, workerData } from "node:worker_threads";
import { type PaceName, paces } from "./paces.ts";
import type { Setting } from "./setting.ts";
import { type Stampede, stampede } from "./stampede.ts";

/** What the thread of one crowd tells. */
export type CrowdMessage =
  | { readonly kind: "progress"; readonly drained: number; readonly passedMs: number }
  | { readonly kind: "over"; readonly crowd: Stampede };

const { name, setting } = workerData as { readonly name: PaceName; readonly setting: Setting };
const crowd = await stampede({
  ...setting,
  open: paces[name].open,
  onProgress: (progress) => tell({ kind: "progress", ...progress }),
});
tell({ kind: "over", crowd });

function tell(message: CrowdMessage): void {
  parentPort?.postMessage(message);
}
