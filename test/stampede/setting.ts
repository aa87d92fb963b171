import type { StampedeOptions } from "./stampede.ts";

/** What all paces have to cope with. */
export type Setting = Omit<StampedeOptions, "open" | "onProgress">;

export function settingOf({ seed, clients }: { seed: number; clients: number }): Setting {
  return {
    seed,
    clients,
    clientsPerAccount: 5,
    workload: { lanes: 10, requestsPerLane: 5 },
    accountPerSecond: 200,
    perSecond: Math.max(1, Math.round(clients / 2)),
    outageMs: 10 * 60_000,
    withinMs: 60 * 60_000,
  };
}
