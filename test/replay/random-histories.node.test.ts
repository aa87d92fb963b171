import { test } from "vitest";
import { RandomHistory } from "./random-history.ts";
import { openReplayWorld } from "./replay-world.ts";

/** Plays the seeds given here, or the one in `SEED`. */
const seeds =
  process.env["SEED"] === undefined
    ? Array.from({ length: 40 }, (_, index) => `replay-${index}`)
    : [process.env["SEED"]];

test.each(seeds)(
  "whatever happens, what was asked for is there once and in order (%s)",
  { timeout: 60_000 },
  async (seed) => {
    await using world = await openReplayWorld(seed);
    const history = new RandomHistory(world);
    await history.play(60);
    await history.settle();
    await history.check();
  },
);
