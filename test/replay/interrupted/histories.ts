import type { Case } from "./claim.ts";
import { Day, type History } from "./day.ts";
import { doubtHistories } from "./doubt-histories.ts";
import { lateHistories } from "./late-histories.ts";
import { orderHistories } from "./order-histories.ts";
import { objectHistories } from "./object-histories.ts";
import { laneHistories } from "./lane-histories.ts";

/** The histories that decision pages name, each cut before and after its effect, and with the end of the process. */
export const histories: readonly History[] = [
  ...laneHistories,
  ...doubtHistories,
  ...objectHistories,
  ...lateHistories,
  ...orderHistories,
];

export const interruptedHistories: readonly Case[] = histories.flatMap(({ page, name, play }) =>
  (["cutBeforeEffect", "cutAfterEffect"] as const).flatMap((cut) =>
    [false, true].map((restarts) => ({
      group: `${page}: ${name}`,
      name: `${cut}, restarted: ${restarts}`,
      isForBrowsers: true,
      play: async (open) => {
        await using world = await open(`${page} ${name} ${cut} ${restarts}`);
        const day = new Day(world, { cut, restarts });
        await play(day);
        return day.claims;
      },
    })),
  ),
);
