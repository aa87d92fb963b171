/** The invariants of design §9, by their numbers. */
export const invariants = {
  1: "Nothing lost",
  2: "Once in effect",
  3: "Order",
  4: "Forward only",
  5: "Isolation",
  6: "Convergence",
  7: "Honesty",
  8: "One voice",
  9: "Secrecy",
  10: "Bounds",
} as const;

export type Invariant = keyof typeof invariants;

/** A promise that was broken. */
export interface Violation {
  readonly invariant: Invariant;
  readonly message: string;
  /** Virtual milliseconds since the history began. */
  readonly at: number;
}

export function describeViolation({ invariant, message, at }: Violation): string {
  return `${invariant}. ${invariants[invariant]}, after ${Math.round(at)} ms: ${message}`;
}
