import { seededRandom, VirtualClock } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { processName } from "./process-name.ts";

test("a restart has another name, also where chance is seeded", async () => {
  const clock = new VirtualClock();
  const random = seededRandom(1);
  const first = processName({ random, clock });
  await clock.advance(1);
  expect(processName({ random, clock })).not.toBe(first);
});

test("two tabs that start at one instant have different names", () => {
  const clock = new VirtualClock();
  const names = [1, 2].map((seed) => processName({ random: seededRandom(seed), clock }));
  expect(new Set(names).size).toBe(2);
});
