import { test } from "vitest";
import { AdversaryHistory } from "./adversary-history.ts";
import { checkHistory } from "./adversary-oracle.ts";
import { openReplayWorld } from "./replay-world.ts";

/** `SEED=adversary-17` plays one history, `HISTORIES=2000` so many of them, `FROM=500` the first of them. */
const { SEED, HISTORIES = "120", FROM = "0" } = process.env;
const seeds =
  SEED === undefined
    ? Array.from({ length: Number(HISTORIES) }, (_, index) => `adversary-${Number(FROM) + index}`)
    : [SEED];

test.each(seeds)(
  "nothing is lost, doubled, misordered or misreported (%s)",
  { timeout: 60_000 },
  async (seed) => {
    await using world = await openReplayWorld(seed);
    const history = new AdversaryHistory(world);
    await history.play(30);
    const tabs = await history.settle();
    await checkHistory(world, history, tabs);
  },
);
