import { type SenderFigures, senderRuns } from "./sender-runs.ts";
import type { Setting } from "./setting.ts";
import { workloads } from "./workloads.ts";

declare global {
  /** What the Node side calls: the wall time of one side of one workload. */
  var runWorkload: (name: string, side: "ours" | "limit", setting: Setting) => Promise<number>;
  /** What the page itself saw of one run that has no other side. */
  var runSender: (name: string, setting: Setting) => Promise<SenderFigures>;
}

globalThis.runWorkload = async (name, side, setting) => {
  const workload = workloads[name];
  if (workload === undefined) throw new Error(`no such workload: ${name}`);
  return await workload[side](setting);
};

globalThis.runSender = async (name, setting) => {
  const run = senderRuns[name];
  if (run === undefined) throw new Error(`no such run: ${name}`);
  return await run(setting);
};
