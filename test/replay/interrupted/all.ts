import type { Case } from "./claim.ts";
import { interruptedHistories } from "./histories.ts";
import { unknownOutcomes } from "./unknown-outcomes.ts";

/** Every case, as Node plays them. */
export const cases: readonly Case[] = [...unknownOutcomes, ...interruptedHistories];

/** Those that browsers play, too. */
export const browserCases: readonly Case[] = cases.filter(({ isForBrowsers }) => isForBrowsers);

/** Cases by group, in order. */
export function groupsOf(
  some: readonly Case[],
): readonly (readonly [group: string, cases: readonly Case[]])[] {
  return [...Map.groupBy(some, ({ group }) => group)];
}
