import { type Chance, chanceOf } from "./chance.ts";
import { drawUserAct } from "./draw-call.ts";
import { withFiles } from "./draw-files.ts";
import { drawDisturbance, drawFault } from "./draw-disturbance.ts";
import { drawHabits } from "./habits.ts";
import type { Act, History, Settings, Step } from "./history.ts";
import { drawMisfortune } from "./misfortunes.ts";
import { second, Story } from "./story.ts";

/** Draws a whole history: what a person does in some tabs, and everything that goes wrong meanwhile. */
export function drawHistory(seed: string): History {
  const chance = chanceOf(seed);
  const settings = drawSettings(chance);
  const story = new Story(chance, drawHabits(chance));
  const steps: Step[] = [story.withWait({ act: "openTab" })];
  const length = 42 + chance.whole(30);
  while (steps.length < length) {
    if (chance.isTrue(story.habits.unfortunate)) steps.push(...drawMisfortune(story));
    else steps.push(story.withWait(drawAct(story)));
  }
  return withFiles({ version: 1, seed, settings, steps });
}

/** A short one in one tab, in which nothing but the network goes wrong: for whoever adds something at every single place. */
export function drawShortHistory(seed: string): History {
  const chance = chanceOf(`short/${seed}`);
  const settings = drawSettings(chance);
  const story = new Story(chance, drawHabits(chance));
  const steps: Step[] = [{ act: "openTab", waitMs: 50 }];
  const length = 6 + chance.whole(5);
  while (steps.length < length) {
    const act = chance.isTrue(0.25) ? drawFault(story) : drawUserAct(story);
    steps.push({ ...act, waitMs: chance.isTrue(0.5) ? 0 : chance.whole(500) });
  }
  return { version: 1, seed: `short/${seed}`, settings, steps };
}

function drawAct(story: Story): Act {
  const { chance, habits } = story;
  return story.objects.length === 0 || !chance.isTrue(habits.disturbed)
    ? drawUserAct(story)
    : drawDisturbance(story);
}

function drawSettings(chance: Chance): Settings {
  return {
    driftPpm: chance.isTrue(0.5) ? 0 : chance.whole(400) - 200,
    searchLagMs: chance.isTrue(0.5) ? 0 : chance.whole(8 * second),
    closingMs: chance.pick([0, 50, 3 * second, 12 * second]),
    lostBroadcasts: chance.pick([0, 0, 0.2, 0.8]),
    onDetailsConflict: chance.pick(["park", "park", "ours", "theirs"] as const),
  };
}
