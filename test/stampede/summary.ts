import type { Stampede } from "./stampede.ts";

/** What one pace comes to. */
export interface Summary {
  /** From the reconnect until the share of clients had nothing left to do, in seconds; undefined where never. */
  readonly drainedS: Readonly<Record<"first5" | "half" | "first95" | "all", number | undefined>>;
  readonly requests: number;
  readonly refused: number;
  /** In one second. */
  readonly peak: number;
  /** Of the clients' mean throughput: 1 where all are served alike (Jain's index). */
  readonly fairness: number;
}

export function summarise({ seconds, drainedMs }: Stampede): Summary {
  const sorted = drainedMs.map((ms) => ms ?? Infinity).sort((one, other) => one - other);
  const at = (share: number): number | undefined => {
    const ms = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Infinity;
    return ms === Infinity ? undefined : ms / 1_000;
  };
  const speeds = sorted.map((ms) => 1 / ms);
  const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
  return {
    drainedS: { first5: at(0.05), half: at(0.5), first95: at(0.95), all: at(1) },
    requests: sum(seconds.map(({ offered }) => offered)),
    refused: sum(seconds.map(({ account, all }) => account + all)),
    peak: Math.max(...seconds.map(({ offered }) => offered)),
    fairness: sum(speeds) ** 2 / (speeds.length * sum(speeds.map((speed) => speed ** 2))),
  };
}
