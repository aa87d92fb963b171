import { expect, test } from "vitest";
import { facts } from "./facts/all.ts";
import { inProcess } from "./grounds.ts";
import { type Result, runFacts } from "./run-facts.ts";

interface Run {
  readonly results: readonly Result[];
  readonly world: string;
}

/** All facts in one world, as against a foreign platform; cleaning up is part of the calls. */
async function live(): Promise<Run> {
  const ground = inProcess();
  const results = await runFacts(facts, { ground: () => ground });
  return { results, world: JSON.stringify(ground.platform.snapshot()) };
}

test("the facts hold in one world, too, and two runs of the same calls give the same world to the byte", async () => {
  const [one, two] = [await live(), await live()];
  const broken = one.results.filter(({ outcome }) => outcome === "failed");
  expect(broken.map(({ id, reason }) => `${id} ${reason ?? ""}`)).toEqual([]);
  expect(one.world.length).toBeGreaterThan(10_000);
  expect(two.world === one.world).toBe(true);
}, 60_000);
