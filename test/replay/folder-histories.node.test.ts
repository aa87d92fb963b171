import { test } from "vitest";
import { FolderHistory } from "./folder-history.ts";
import { openReplayWorld } from "./replay-world.ts";

/** Plays the seeds given here, or the one in `SEED`. */
const seeds =
  process.env["SEED"] === undefined
    ? Array.from({ length: 24 }, (_, index) => `folders-${index}`)
    : [process.env["SEED"]];

test.each(seeds)(
  "whatever happens, folders and what is in them are where they were last put (%s)",
  { timeout: 60_000 },
  async (seed) => {
    await using world = await openReplayWorld(seed);
    const history = new FolderHistory(world);
    await history.play(50);
    await history.settle();
    await history.check();
  },
);
