import type { Case } from "./claim.ts";
import { interruptedHistories } from "./histories.ts";
import { unknownOutcomes } from "./unknown-outcomes.ts";

/** Every case that Node and the browser both play. */
export const cases: readonly Case[] = [...unknownOutcomes, ...interruptedHistories];

/** The cases by group, in order. */
export function groups(): readonly (readonly [group: string, cases: readonly Case[]])[] {
  return [...Map.groupBy(cases, ({ group }) => group)];
}
