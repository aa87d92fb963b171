import { HoldfastError, type LeaseRow } from "@holdfast/core";
import { expect, test } from "vitest";
import { type EngineWorld, openWorld } from "./engine-world.test-support.ts";

async function lease(world: EngineWorld): Promise<LeaseRow | undefined> {
  return (await world.app.get("meta", ["lease"]))[0] as LeaseRow | undefined;
}

test("of two tabs one leads, and the other shows what it does", async () => {
  await using world = await openWorld();
  const first = await world.openTab();
  const second = await world.openTab();
  await world.create({ name: "S-1" });
  await world.run(5_000);
  expect(first.engine.status.leading).toBe(true);
  expect(second.engine.status).toMatchObject({
    leading: false,
    phase: "idle",
    counts: { pending: 0, acked: 1 },
  });
  expect(await lease(world)).toMatchObject({ epoch: 1, owner: "process-1" });
});

test("a tab that closes is replaced at once", async () => {
  await using world = await openWorld();
  const first = await world.openTab();
  const second = await world.openTab();
  await world.run(1_000);
  await first.close();
  await world.run(100);
  expect(second.engine.status.leading).toBe(true);
  expect(await lease(world)).toMatchObject({ epoch: 2, owner: "process-2" });
});

test("a tab that is killed is replaced at once, its lock being free", async () => {
  await using world = await openWorld();
  const first = await world.openTab();
  const second = await world.openTab();
  await world.run(1_000);
  first.crash();
  await world.run(100);
  expect(second.engine.status.leading).toBe(true);
});

test("a frozen sender is replaced within 15 s, and is fenced out when it thaws", async () => {
  await using world = await openWorld();
  const first = await world.openTab();
  const second = await world.openTab();
  await world.run(1_000);
  world.platform.script = ({ path }) => (path === "/record/new" ? "hang" : undefined);
  await world.create({ name: "S-1" });
  await world.run(100);
  first.freeze();
  world.platform.script = () => undefined;
  await world.run(15_000);
  expect(second.engine.status.leading).toBe(true);
  const sentBefore = world.platform.calls.length;
  await world.create({ name: "S-2" });
  await world.drain();
  first.thaw();
  await world.run(30_000);
  expect(first.engine.status.leading).toBe(false);
  expect(second.engine.status.leading).toBe(true);
  expect(world.platform.named("S-1")).toHaveLength(1);
  expect(world.platform.named("S-2")).toHaveLength(1);
  expect((await lease(world))?.epoch).toBe(2);
  expect(world.platform.calls.length - sentBefore).toBeLessThanOrEqual(3);
});

test("a sender frozen between its journal and its request does not send when it thaws", async () => {
  await using world = await openWorld();
  let freeze: (() => void) | undefined;
  const first = await world.openTab({
    wrapStore: (store) => ({
      ...store,
      write: async (write) => {
        const result = await store.write(write);
        if (write.reads.lanes !== undefined) freeze?.();
        // Whatever is awaited next takes as long as the tab is frozen.
        await store.get("meta", []);
        return result;
      },
    }),
  });
  await world.openTab();
  await world.run(100);
  freeze = () => first.freeze();
  await world.create({ name: "S-1" });
  await world.run(100);
  freeze = undefined;
  expect(await world.journal()).toHaveLength(1);
  expect(world.platform.writes).toHaveLength(0);
  await world.run(20_000);
  expect(world.platform.writes).toHaveLength(1);
  first.thaw();
  await world.run(20_000);
  expect(world.platform.writes).toHaveLength(1);
  expect(await world.outbox()).toEqual([]);
});

test("a tab that froze when it was given the lock does not take the place of who leads by now", async () => {
  await using world = await openWorld();
  const first = await world.openTab();
  await world.run(1_000);
  const thawed = Promise.withResolvers<void>();
  const second = await world.openTab({
    wrapStore: (store) => ({
      ...store,
      write: async (write) => {
        if (write.reads.meta?.includes("lease") === true) await thawed.promise;
        return await store.write(write);
      },
    }),
  });
  const third = await world.openTab();
  await world.run(1_000);
  first.crash();
  await world.run(16_000);
  expect(third.engine.status.leading).toBe(true);
  const held = await lease(world);
  thawed.resolve();
  await world.run(100);
  expect(await lease(world)).toMatchObject({ epoch: held?.epoch, owner: "process-3" });
  expect(second.engine.status.leading).toBe(false);
  await third.close();
  await world.run(15_000);
  expect(second.engine.status.leading).toBe(true);
});

test("a wall clock set back does not keep a frozen sender in place", async () => {
  await using world = await openWorld();
  const first = await world.openTab();
  const second = await world.openTab();
  await world.run(1_000);
  first.freeze();
  world.clock.jumpWall(-3_600_000);
  await world.run(16_000);
  expect(second.engine.status.leading).toBe(true);
});

test("a wall clock set forward costs a renewal and no leadership", async () => {
  await using world = await openWorld();
  const first = await world.openTab();
  await world.openTab();
  await world.run(1_000);
  world.clock.jumpWall(3_600_000);
  await world.create({ name: "S-1" });
  await world.run(5_000);
  expect(first.engine.status.leading).toBe(true);
  expect(world.platform.named("S-1")).toHaveLength(1);
  expect((await lease(world))?.epoch).toBe(1);
});

test("a sender whose store fails steps down, and leads again when it works", async () => {
  await using world = await openWorld();
  let isBroken = false;
  const tab = await world.openTab({
    wrapStore: (store) => ({
      ...store,
      write: (write) =>
        isBroken
          ? Promise.reject(
              new HoldfastError({ code: "StorageFailed", message: "The disk is gone." }),
            )
          : store.write(write),
    }),
  });
  await world.run(1_000);
  isBroken = true;
  await world.create({ name: "S-1" });
  await world.run(10_000);
  expect(world.platform.writes).toHaveLength(0);
  isBroken = false;
  await world.run(10_000);
  expect(tab.engine.status.leading).toBe(true);
  expect(world.platform.named("S-1")).toHaveLength(1);
});

test("a row of a newer release stops the sender instead of being skipped", async () => {
  await using world = await openWorld();
  const tab = await world.openTab({
    wrapStore: (store) => ({
      ...store,
      lanes: () =>
        Promise.reject(
          new HoldfastError({ code: "NewerVersion", message: "Reload the page.", found: 2 }),
        ),
    }),
  });
  await world.create({ name: "S-1" });
  await world.run(10_000);
  expect(tab.engine.status).toMatchObject({ phase: "stopped", failure: { code: "NewerVersion" } });
  expect(world.platform.writes).toHaveLength(0);
});

test("a page that may not use locks is told, and leads once it may", async () => {
  await using world = await openWorld();
  let mayLock = false;
  const tab = await world.openTab({
    locks: {
      request: (...args) => {
        if (!mayLock) throw new Error("locks are not allowed here");
        return world.locks.request(...args);
      },
    },
  });
  await world.run(10_000);
  expect(tab.engine.status.leading).toBe(false);
  expect(world.errors.map(({ message }) => message)).toContain(
    "The sender's lock could not be asked for; it is tried again.",
  );
  mayLock = true;
  await world.run(10_000);
  expect(tab.engine.status.leading).toBe(true);
});

test("a sender whose timers are throttled to one a minute is replaced within 15 s, and sends nothing between", async () => {
  await using world = await openWorld();
  const { clock } = world;
  let isThrottled = false;
  const throttled = await world.openTab({
    clock: {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      timer: (delayMs, callback) => {
        const dueAt = clock.monotonic() + delayMs;
        const nextMinuteMs = Math.ceil(dueAt / 60_000) * 60_000 - clock.monotonic();
        return clock.timer(isThrottled ? nextMinuteMs : delayMs, callback);
      },
    },
  });
  const other = await world.openTab();
  await world.run(1_000);
  expect(throttled.engine.status.leading).toBe(true);
  isThrottled = true;
  await world.run(18_000);
  expect(other.engine.status.leading).toBe(true);
  await world.create({ name: "S-1" });
  await world.run(120_000);
  expect(other.engine.status.leading).toBe(true);
  expect(world.platform.named("S-1")).toHaveLength(1);
  expect((await lease(world))?.epoch).toBe(2);
});
