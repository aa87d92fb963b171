import { type Setting, workloads } from "./workloads.ts";

declare global {
  /** What the Node side calls: the wall time of one side of one workload. */
  var runWorkload: (name: string, side: "ours" | "limit", setting: Setting) => Promise<number>;
}

globalThis.runWorkload = async (name, side, setting) => {
  const workload = workloads[name];
  if (workload === undefined) throw new Error(`no such workload: ${name}`);
  return await workload[side](setting);
};
