import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { indexedDbStorage, openHoldfastInThread } from "holdfast/in-thread";
import { expect, test } from "vitest";
import { type DayResult, play } from "./play.ts";
import type { Sabotage } from "./sabotage.ts";
import { inventSamples } from "./samples.ts";
import { api, token, user, World } from "./world.ts";

const SAMPLES = 60;
// Each sample, its pools, and a rerun of every second one.
const OBJECTS = SAMPLES + SAMPLES / 12 + SAMPLES / 2;

async function playOnce(seed: number, sabotage?: Sabotage): Promise<DayResult> {
  const storage = indexedDbStorage({ indexedDB: new IDBFactory(), IDBKeyRange });
  const world = new World({ seed, storage, sabotage });
  return await play({
    seed,
    samples: inventSamples(SAMPLES),
    stage: world,
    start: () =>
      openHoldfastInThread({ api, user, token: () => token, ports: world.startProcess() }),
    log: () => {},
  });
}

test("a day with a crash and a flaky network loses and doubles nothing", {
  timeout: 60_000,
}, async () => {
  expect(await playOnce(7)).toMatchObject({
    ...{ objects: OBJECTS, closed: OBJECTS - SAMPLES / 2, parked: 1, duplicates: 0, lost: 0 },
  });
});

test("the same seed plays the same day, another seed another one", {
  timeout: 60_000,
}, async () => {
  const [once, again, other] = [await playOnce(3), await playOnce(3), await playOnce(4)];
  expect(again).toEqual(once);
  expect(other.digest).not.toBe(once.digest);
});

test("creates whose nonce does not last are seen to be doubled", { timeout: 60_000 }, async () => {
  expect((await playOnce(7, "nonce")).duplicates).toBeGreaterThan(0);
});

test("operations that the outbox forgets are seen to be lost", { timeout: 60_000 }, async () => {
  expect((await playOnce(7, "outbox")).lost).toBeGreaterThan(0);
});
