import type { CreatedObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { type EngineWorld, openWorld } from "./engine-world.test-support.ts";

const minute = 60_000;

async function names(world: EngineWorld, names: readonly string[]): Promise<void> {
  const created = await world.createMany(names.map((name) => ({ name })));
  await world.openTab();
  await world.drain();
  for (const { key } of created) await world.edit(key, "close");
}

function createHere(world: EngineWorld, count: number): Promise<readonly CreatedObject[]> {
  return world.createMany(Array.from({ length: count }, (_, index) => ({ name: `S-${index}` })));
}

function describes(world: EngineWorld): readonly number[] {
  return world.platform.calls
    .filter(({ path }) => path === "/system/describeDataObjects")
    .map(({ body }) => (JSON.parse(body) as { objects: unknown[] }).objects.length);
}

test("what was closed is looked at once, all in one call", async () => {
  await using world = await openWorld();
  await names(
    world,
    Array.from({ length: 60 }, (_, index) => `S-${index}`),
  );
  await world.drain();
  await world.run(10 * minute);
  expect(describes(world)).toEqual([60]);
  expect(await world.journal()).toEqual([]);
  const history = await world.app.scan("history", { limit: 200 });
  expect(history.filter((row) => row.closedWithForeignChange !== undefined)).toEqual([]);
});

test("what was closed offline is looked at in one call when all of it is closed", async () => {
  await using world = await openWorld();
  const created = await createHere(world, 300);
  const tab = await world.openTab();
  await world.drain();
  await tab.close();
  for (const { key } of created) await world.edit(key, "close");
  world.platform.latencyMs = 400;
  const objectsRead: number[] = [];
  await world.openTab({
    wrapStore: (store) => ({
      ...store,
      get: (table, keys) => {
        if (table === "objects" && keys.length > 0) objectsRead.push(keys.length);
        return store.get(table, keys);
      },
    }),
  });
  await world.drain();
  await world.run(minute);
  // The survey, and the look after the closes.
  expect(describes(world)).toEqual([300, 300]);
  expect(objectsRead).toEqual([300, 300]);
  expect(await world.journal()).toEqual([]);
});

test("the look waits for other closes, but not for longer than half a minute", async () => {
  await using world = await openWorld();
  const created = await createHere(world, 300);
  // Few requests ahead, as the look leaves behind those.
  await world.openTab({ limits: { journalAhead: 12 } });
  await world.drain();
  for (const { key } of created) await world.edit(key, "close");
  world.platform.latencyMs = 1_000;
  const beganAt = world.clock.now();
  while (describes(world).length === 0) await world.run(250);
  const waitedMs = world.clock.now() - beganAt;
  expect(waitedMs).toBeGreaterThan(25_000);
  expect(waitedMs).toBeLessThan(35_000);
  await world.drain();
  await world.run(minute);
  // What was closed while the first look was under way waits for company anew.
  expect(describes(world)).toHaveLength(2);
  expect(await world.journal()).toEqual([]);
});

test("the look does not wait for a request that the platform fails on again and again", async () => {
  await using world = await openWorld();
  const created = await createHere(world, 20);
  await world.openTab();
  await world.drain();
  const [poisoned] = world.platform.named("S-0");
  world.platform.script = ({ path }) =>
    path.includes(poisoned?.id ?? "") ? { status: 503, type: "ServiceUnavailable" } : undefined;
  for (const { key } of created) await world.edit(key, "close");
  await world.run(15_000);
  expect(describes(world)).toContain(19);
  const settled = await Promise.all(created.map(({ key }) => world.object(key)));
  expect(settled.filter((row) => row?.unsettled === undefined)).toHaveLength(20);
});

test("what somebody changed just before our close is told with the object and the operation", async () => {
  await using world = await openWorld();
  await names(world, ["S-1", "S-2"]);
  const [real] = world.platform.named("S-1");
  world.platform.script = ({ path }) => {
    if (path.endsWith("/close") && real !== undefined && path.includes(real.id)) {
      real.details = { theirs: 1 };
      real.types = ["Theirs"];
    }
    return undefined;
  };
  await world.drain();
  await world.run(minute);
  const rows = await world.app.find({ name: "S-1" });
  expect(rows).toMatchObject([
    {
      closedWithForeignChange: ["types", "details"],
      view: { state: "closed", details: '{"theirs":1}', types: ["Theirs"] },
    },
  ]);
  expect(rows[0]).not.toHaveProperty("unsettled");
  const history = await world.app.scan("history", { limit: 10 });
  expect(history.map((row) => row.closedWithForeignChange)).toEqual([
    undefined,
    undefined,
    ["types", "details"],
    undefined,
  ]);
});

test("what is still closing is looked at again at growing intervals, and settles when it is closed", async () => {
  await using world = await openWorld();
  await names(world, ["S-1"]);
  await world.drain();
  const [real] = world.platform.named("S-1");
  if (real !== undefined) real.state = "closing";
  await world.run(4 * minute);
  expect((await world.app.find({ name: "S-1" }))[0]).toHaveProperty("unsettled", true);
  const looks = describes(world).length;
  expect(looks).toBeGreaterThan(5);
  expect(looks).toBeLessThan(10);
  if (real !== undefined) real.state = "closed";
  await world.run(3 * minute);
  expect((await world.app.find({ name: "S-1" }))[0]).not.toHaveProperty("unsettled");
  expect(await world.journal()).toEqual([]);
});

test("what was closed and is still open after a minute is closed again", async () => {
  await using world = await openWorld();
  await names(world, ["S-1"]);
  const [real] = world.platform.named("S-1");
  let accepted = 0;
  world.platform.script = ({ path }) => {
    if (path.endsWith("/close")) accepted += 1;
    return undefined;
  };
  await world.drain();
  await world.run(10);
  if (real !== undefined) real.state = "open";
  await world.run(3 * minute);
  expect(accepted).toBe(2);
  expect(real?.state).toBe("closed");
  expect((await world.app.find({ name: "S-1" }))[0]).not.toHaveProperty("unsettled");
  expect(await world.outbox()).toEqual([]);
});

test("what was closed and not compared is compared by the next process", async () => {
  await using world = await openWorld();
  const { key } = await world.create({ name: "S-1" });
  const first = await world.openTab();
  await world.drain();
  await world.edit(key, "close");
  world.platform.script = ({ path }) =>
    path.endsWith("/describeDataObjects") ? "hang" : undefined;
  await world.drain();
  await world.run(10);
  first.crash();
  const [real] = world.platform.named("S-1");
  if (real !== undefined) real.hidden = true;
  world.platform.script = () => undefined;
  await world.openTab();
  await world.run(minute);
  expect(await world.object(key)).toMatchObject({
    closedWithForeignChange: ["hidden"],
    view: { hidden: true },
  });
  expect(await world.journal()).toEqual([]);
});

test("an object that was closed twice leaves nothing behind", async () => {
  await using world = await openWorld();
  const { key } = await world.create({ name: "S-1" });
  await world.openTab();
  await world.drain();
  await world.edit(key, "close");
  while ((await world.outbox()).length > 0) await world.run(1);
  await world.edit(key, "close");
  await world.drain();
  await world.run(minute);
  expect(await world.journal()).toEqual([]);
});
