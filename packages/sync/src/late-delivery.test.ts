import { type Clock, HoldfastError, type LocalKey, nonceWindowMs } from "@holdfast/core";
import { expect, test } from "vitest";
import { type EngineWorld, openWorld } from "./engine-world.test-support.ts";
import { defaultLimits } from "./limits.ts";
import type { Call, Script } from "./scripted-platform.test-support.ts";

const minute = 60_000;
const lateMs = 15 * minute;

/** A record on the platform of which a rename hangs, is given up, and lands when told. */
async function withRenameUnderWay(world: EngineWorld): Promise<{
  readonly key: LocalKey;
  readonly land: () => void;
}> {
  const { key } = await world.create({ name: "S-1" });
  await world.openTab();
  await world.drain();
  const late = Promise.withResolvers<void>();
  world.platform.script = once("rename", { late: late.promise });
  await world.edit(key, "rename", { name: "a" });
  await world.run(62_000);
  await world.drain();
  return { key, land: late.resolve };
}

function once(method: string, script: Script): (call: Call) => Script | undefined {
  let isOver = false;
  return ({ path }) => {
    if (isOver || !path.endsWith(`/${method}`)) return undefined;
    isOver = true;
    return script;
  };
}

/** The clocks of a device of which a person has set the wall clock. */
function setForward(clock: Clock, ms: number): Clock {
  return {
    now: () => clock.now() + ms,
    monotonic: () => clock.monotonic(),
    timer: (delayMs, callback) => clock.timer(delayMs, callback),
  };
}

function callsOf(world: EngineWorld, method: string): number {
  return world.platform.calls.filter(({ path }) => path.endsWith(`/${method}`)).length;
}

test("a name that a late rename brought back is set again when the time is over", async () => {
  await using world = await openWorld();
  const { key, land } = await withRenameUnderWay(world);
  await world.edit(key, "rename", { name: "b" });
  await world.drain();
  land();
  await world.run(minute);
  expect(world.platform.named("a")).toHaveLength(1);
  expect((await world.object(key))?.view.name).toBe("b");
  await world.run(lateMs);
  expect(world.platform.named("b")).toHaveLength(1);
  expect((await world.object(key))?.view.name).toBe("b");
  expect(await world.outbox()).toEqual([]);
  await world.run(2 * lateMs);
  expect(await world.journal()).toEqual([]);
});

test("who is not let see the object when the time is over looks again when that may be better", async () => {
  await using world = await openWorld();
  const { key, land } = await withRenameUnderWay(world);
  await world.edit(key, "rename", { name: "b" });
  await world.drain();
  land();
  const looks = (): number => callsOf(world, "describeDataObjects");
  world.platform.script = ({ path }) =>
    path.endsWith("/describeDataObjects") ? { status: 401, type: "PermissionDenied" } : undefined;
  await world.run(60 * minute);
  expect(looks()).toBeLessThan(15);
  world.platform.script = () => undefined;
  await world.run(10 * minute);
  expect(world.platform.named("b")).toHaveLength(1);
  expect(await world.journal()).toEqual([]);
});

test("before a close the object is looked at, and what went back is set again first", async () => {
  await using world = await openWorld();
  const { key, land } = await withRenameUnderWay(world);
  await world.edit(key, "rename", { name: "b" });
  await world.drain();
  land();
  await world.run(minute);
  await world.edit(key, "close");
  await world.drain();
  expect(world.platform.named("b")).toMatchObject([{ state: "closed" }]);
  expect(world.platform.effects.at(-1)).toMatch(/close$/);
});

test("a process that ends leaves the watch to the next one, also where the wall clock was set", async () => {
  await using world = await openWorld();
  const { key } = await world.create({ name: "S-1" });
  const first = await world.openTab();
  await world.drain();
  const late = Promise.withResolvers<void>();
  world.platform.script = once("rename", { late: late.promise });
  await world.edit(key, "rename", { name: "a" });
  await world.run(62_000);
  await world.edit(key, "rename", { name: "b" });
  await world.drain();
  first.crash();
  await world.openTab({ clock: setForward(world.clock, 60 * minute) });
  await world.run(10 * minute);
  late.resolve();
  await world.run(lateMs);
  expect(world.platform.named("b")).toHaveLength(1);
  expect(await world.outbox()).toEqual([]);
});

test("somebody else's later word is not taken for a value that went back", async () => {
  await using world = await openWorld();
  const { key } = await withRenameUnderWay(world);
  await world.edit(key, "rename", { name: "b" });
  await world.drain();
  const [real] = world.platform.named("b");
  if (real !== undefined) real.name = "theirs";
  await world.run(lateMs + minute);
  expect(world.platform.named("theirs")).toHaveLength(1);
  expect((await world.object(key))?.view.name).toBe("theirs");
});

test("what a person wants by now is not set back for the sake of what was there before", async () => {
  await using world = await openWorld();
  const { key, land } = await withRenameUnderWay(world);
  await world.edit(key, "rename", { name: "b" });
  await world.drain();
  land();
  await world.run(lateMs - 2 * minute);
  world.setOnline(false);
  await world.edit(key, "rename", { name: "c" });
  await world.run(5 * minute);
  world.setOnline(true);
  await world.drain();
  await world.run(minute);
  expect(world.platform.named("c")).toHaveLength(1);
  expect(world.platform.effects.filter((effect) => effect.endsWith("rename"))).toHaveLength(4);
});

test("a request that was given up and can undo nothing costs no look", async () => {
  await using world = await openWorld();
  const { key } = await withRenameUnderWay(world);
  const before = callsOf(world, "describeDataObjects");
  await world.edit(key, "close");
  await world.drain();
  await world.run(lateMs + minute);
  // The one that follows each close.
  expect(callsOf(world, "describeDataObjects")).toBe(before + 1);
  expect(await world.journal()).toEqual([]);
});

test("an element that came back after it was taken away goes again, and only that", async () => {
  await using world = await openWorld();
  const { key } = await world.create({ name: "S-1", tags: ["kept"] });
  await world.openTab();
  await world.drain();
  const late = Promise.withResolvers<void>();
  world.platform.script = once("addTags", { late: late.promise });
  await world.edit(key, "addTags", { tags: ["x", "y"] });
  await world.run(62_000);
  await world.drain();
  await world.edit(key, "removeTags", { tags: ["x"] });
  await world.drain();
  late.resolve();
  await world.run(lateMs + minute);
  expect(world.platform.named("S-1")[0]?.tags.toSorted()).toEqual(["kept", "y"]);
  expect((await world.object(key))?.view.tags.toSorted()).toEqual(["kept", "y"]);
});

test("fixed fields of an object closed meanwhile cannot be set again: that is parked, and said", async () => {
  await using world = await openWorld();
  const { key } = await world.create({ name: "S-1" });
  await world.openTab();
  await world.drain();
  const late = Promise.withResolvers<void>();
  world.platform.script = once("setDetails", { late: late.promise });
  await world.edit(key, "setDetails", { details: { n: 1 } });
  await world.run(62_000);
  await world.drain();
  await world.edit(key, "setDetails", { details: { n: 2 } });
  await world.drain();
  late.resolve();
  await world.run(minute);
  const [real] = world.platform.named("S-1");
  expect(real?.details).toEqual({ n: 1 });
  if (real !== undefined) real.state = "closed";
  await world.run(lateMs);
  expect(await world.parkedReasons()).toEqual(["Conflict"]);
  expect((await world.object(key))?.view).toMatchObject({ state: "closed", details: '{"n":1}' });
});

test("what was given up of many objects is read at once when its time is over", async () => {
  await using world = await openWorld();
  const created = await world.createMany(
    Array.from({ length: 20 }, (_, index) => ({ name: `S-${index}` })),
  );
  const reads: string[] = [];
  await world.openTab({
    wrapStore: (store) => ({
      ...store,
      get: (table, keys, options) => {
        if (keys.length > 0) reads.push(table);
        return store.get(table, keys, options);
      },
      lanes: (keys, options) => {
        reads.push("lanes");
        return store.lanes(keys, options);
      },
    }),
  });
  await world.drain();
  world.platform.script = ({ path }) => (path.endsWith("/rename") ? "cutAfterEffect" : undefined);
  for (const { key } of created) await world.edit(key, "rename", { name: "late" });
  await world.drain();
  world.platform.script = () => undefined;
  for (const { key } of created) await world.edit(key, "rename", { name: "last" });
  await world.drain();
  expect(await world.journal()).toHaveLength(20);
  const looksBefore = callsOf(world, "describeDataObjects");
  reads.length = 0;
  while ((await world.journal()).length > 0) await world.run(3_000);
  expect(callsOf(world, "describeDataObjects")).toBe(looksBefore + 1);
  expect(reads.filter((table) => table !== "meta").toSorted()).toEqual([
    "journal",
    "lanes",
    "objects",
  ]);
});

test("what was given up of an object whose lane cannot be read ends no term", async () => {
  await using world = await openWorld();
  const { key } = await world.create({ name: "S-1" });
  let isDamaged = false;
  await world.openTab({
    wrapStore: (store) => ({
      ...store,
      lanes: async (keys, options) => {
        if (isDamaged && keys.includes(key)) {
          const failure = { code: "StorageFailed", message: "A row cannot be read." } as const;
          if (options?.onDamaged === undefined) throw new HoldfastError(failure);
          options.onDamaged({ key: 1, lane: key, failure });
        }
        return await store.lanes(keys, options);
      },
    }),
  });
  await world.drain();
  world.platform.script = once("rename", "cutAfterEffect");
  for (const name of ["late", "last"]) {
    await world.edit(key, "rename", { name });
    await world.drain();
  }
  isDamaged = true;
  await world.run(lateMs + minute);
  expect(world.errors).toEqual([]);
  expect(await world.journal()).toHaveLength(1);
});

test("a create repeated at the last moment of its nonce lands before the platform forgets that", () => {
  const { requestTimeoutMs } = defaultLimits;
  expect(nonceWindowMs + requestTimeoutMs + defaultLimits.lateMs).toBeLessThan(60 * minute);
});
