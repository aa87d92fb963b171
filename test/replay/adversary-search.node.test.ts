import { MemoryDatabase, memoryStore } from "@holdfast/core/testing";
import { test } from "vitest";
import { AdversaryHistory, type AdversaryOptions } from "./adversary-history.ts";
import { checkHistory } from "./adversary-oracle.ts";
import { bind, ReplayWorld } from "./replay-world.ts";
import { openStoredWorld } from "./stored-world.ts";

/** `SEED=adversary-17` plays one history, `HISTORIES=2000` so many of them, `FROM=500` the first of them. */
const { SEED, HISTORIES = "50", FROM = "0" } = process.env;
const seeds =
  SEED === undefined
    ? Array.from({ length: Number(HISTORIES) }, (_, index) => `adversary-${Number(FROM) + index}`)
    : [SEED];

async function play(world: ReplayWorld, options: AdversaryOptions = {}): Promise<void> {
  const history = new AdversaryHistory(world, options);
  await history.play(30);
  await checkHistory(world, history, await history.settle());
}

test.each(seeds)(
  "nothing is lost, doubled, misordered or misreported (%s)",
  { timeout: 60_000 },
  async (seed) => {
    const database = new MemoryDatabase();
    const open = () => memoryStore({ database });
    await using world = new ReplayWorld({ seed }, open(), open);
    await bind(world.app, world.clock.now());
    await play(world, { losePower: () => database.loseRelaxedTail() });
  },
);

test.each(seeds.slice(0, Math.ceil(seeds.length / 10)))(
  "nor over the durable store (%s)",
  { timeout: 60_000 },
  async (seed) => {
    await using world = await openStoredWorld(seed);
    await play(world);
  },
);
