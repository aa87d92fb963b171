/** One measured figure beside its limit. */
export interface Figure {
  readonly value: number;
  readonly unit: "1/s" | "ms" | "MiB" | "";
  /** Absent of a figure that is told for its own sake. */
  readonly must?: { readonly atLeast: number } | { readonly atMost: number };
  readonly held?: boolean;
}

export type Figures = Readonly<Record<string, Figure>>;

export function atLeast(limit: number, value: number, unit: Figure["unit"]): Figure {
  return { value: round(value), unit, must: { atLeast: limit }, held: value >= limit };
}

export function atMost(limit: number, value: number, unit: Figure["unit"]): Figure {
  return { value: round(value), unit, must: { atMost: limit }, held: value <= limit };
}

export function told(value: number, unit: Figure["unit"]): Figure {
  return { value: round(value), unit };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
