import { expect, test } from "vitest";
import { openWorld } from "./engine-world.test-support.ts";

test("an engine that yields sends while it is alone, and lets who comes later send", async () => {
  await using world = await openWorld();
  world.platform.latencyMs = 400;
  await world.createMany(Array.from({ length: 20 }, (_, n) => ({ name: `S-${n}` })));
  const background = await world.openTab({ yields: true });
  await world.run(2_000);
  expect(background.engine.status).toMatchObject({ leading: true, phase: "replaying" });

  const page = await world.openTab();
  await world.run(100);
  expect(background.engine.status.leading).toBe(false);
  expect(page.engine.status.leading).toBe(true);
  await world.drain();
  for (let n = 0; n < 20; n++) expect(world.platform.named(`S-${n}`)).toHaveLength(1);
  expect(world.errors).toEqual([]);
});

test("an engine that yielded sends again once the other is gone", async () => {
  await using world = await openWorld();
  const background = await world.openTab({ yields: true });
  await world.run(1_000);
  const page = await world.openTab();
  await world.run(10_000);
  expect(page.engine.status.leading).toBe(true);
  page.crash();
  await world.run(100);
  expect(background.engine.status.leading).toBe(true);
  await world.create({ name: "S-1" });
  await world.drain();
  expect(world.platform.named("S-1")).toHaveLength(1);
});

test("of two that yield one sends", async () => {
  await using world = await openWorld();
  const first = await world.openTab({ yields: true });
  await world.run(1_000);
  const second = await world.openTab({ yields: true });
  await world.create({ name: "S-1" });
  await world.run(30_000);
  expect(first.engine.status.leading).toBe(false);
  expect(second.engine.status.leading).toBe(true);
  expect(world.platform.named("S-1")).toHaveLength(1);
});
