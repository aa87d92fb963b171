/** One workload's rounds: wall times in milliseconds, the two sides measured in turn. */
export interface Rounds {
  readonly ours: readonly number[];
  readonly limit: readonly number[];
}

export interface Measured {
  /** Median wall time in milliseconds. */
  readonly ours: number;
  readonly limit: number;
  /** Median of the ratios of the rounds, not ratio of the medians: the machine's speed drifts between rounds. */
  readonly ratio: number;
  readonly rounds: number;
  /** CPU time of all processes. Absent where the system does not tell. */
  readonly cpu?: Omit<Measured, "cpu">;
}

export function measure(rounds: Rounds): Measured {
  const ratios = rounds.ours.map((ours, index) => ours / (rounds.limit[index] ?? Number.NaN));
  return {
    ours: round(median(rounds.ours), 1),
    limit: round(median(rounds.limit), 1),
    ratio: round(median(ratios), 3),
    rounds: ratios.length,
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
