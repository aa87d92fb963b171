import { expect, test } from "vitest";
import { type EngineWorld, openWorld, project, type Tab } from "./engine-world.test-support.ts";
import type { Call, Script } from "./scripted-platform.test-support.ts";

const other = "project-000000000000000000000002";

/** Hours go by in fewer steps. */
const unhurried = { limits: { heartbeatMs: 60_000, leaseMs: 200_000 } };

function callsTo(world: EngineWorld, path: string): readonly Call[] {
  return world.platform.calls.filter((call) => call.path === path);
}

function gapMs(calls: readonly Call[], index = 0): number {
  return (calls[index + 1]?.at ?? Infinity) - (calls[index]?.at ?? 0);
}

function names(count: number, more: object = {}): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({ name: `S-${index}`, ...more }));
}

/** The first call of the path is treated so. */
function first(path: string, script: Script): (call: Call) => Script | undefined {
  let isOver = false;
  return (call) => {
    if (isOver || call.path !== path) return undefined;
    isOver = true;
    return script;
  };
}

test.each<readonly [string, Script]>([
  ["429 of the API", { status: 429, type: "RateLimitConditional" }],
  ["503 of the API", { status: 503, type: "ServiceUnavailable" }],
  ["503 of something in between", { status: 503 }],
])(
  "a platform that throttles everything by %s, and for how long cannot be read, is left alone",
  async (_, script) => {
    await using world = await openWorld();
    await world.createMany(names(100));
    world.platform.script = ({ path }) => (path === "/record/new" ? script : undefined);
    const tab = await world.openTab();
    await world.run(15_000);
    expect(world.platform.writes.length).toBeLessThanOrEqual(12);
    expect(world.platform.calls.length).toBeLessThanOrEqual(16);
    expect(tab.engine.status).toMatchObject({ phase: "offline" });
    world.platform.script = () => undefined;
    await world.drain();
    expect(world.platform.records.size).toBe(100);
  },
);

test("a platform that knows who we are and fails on everything else is tried less and less", async () => {
  await using world = await openWorld();
  await world.createMany(names(400));
  world.platform.script = ({ path }) =>
    path === "/record/new" ? { status: 500, type: "InternalError" } : undefined;
  await world.openTab();
  await world.run(10_000);
  const early = world.platform.calls.length;
  expect(early).toBeLessThan(100);
  await world.run(120_000);
  expect((world.platform.calls.length - early) / 120).toBeLessThan(2);
  world.platform.script = () => undefined;
  await world.drain(300_000);
  expect(world.platform.records.size).toBe(400);
});

test.each<readonly [string, Script, number]>([
  ["of the API, unreadable", { status: 503, type: "ServiceUnavailable" }, 20_000],
  ["of the API, read", { status: 503, type: "ServiceUnavailable", retryAfter: "40" }, 40_000],
  ["of something in between, unreadable", { status: 503 }, 20_000],
  ["of something in between, read", { status: 503, retryAfter: "40" }, 40_000],
])("whoami answered 503 %s is asked again after that", async (_, script, atLeastMs) => {
  await using world = await openWorld();
  world.platform.script = first("/system/whoami", script);
  await world.create();
  const tab = await world.openTab();
  await world.run(1_000);
  expect(tab.engine.status.phase).toBe("offline");
  // A device that says that it is online, and a tab that becomes visible, say nothing of the platform.
  world.setOnline(true);
  tab.engine.wake();
  await world.drain();
  const gap = gapMs(callsTo(world, "/system/whoami"));
  expect(gap).toBeGreaterThanOrEqual(atLeastMs);
  expect(gap).toBeLessThanOrEqual(atLeastMs * 1.5);
});

test("the platform's clock, asked for at connecting, may ask to wait as well", async () => {
  await using world = await openWorld();
  world.platform.script = first("/system/comeBackLater", {
    status: 503,
    type: "ServiceUnavailable",
    retryAfter: "30",
  });
  await world.create();
  await world.openTab();
  await world.drain();
  expect(world.platform.writes[0]?.at).toBeGreaterThanOrEqual(30_000);
});

test.each<readonly [string, string | undefined, number]>([
  ["unreadable", undefined, 20_000],
  ["read", "25", 25_000],
])("a survey that is throttled waits, Retry-After %s", async (_, retryAfter, atLeastMs) => {
  await using world = await openWorld();
  world.platform.script = first(`/${project}/describe`, {
    status: 429,
    type: "RateLimitConditional",
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
  await world.create();
  await world.openTab();
  await world.drain();
  expect(gapMs(callsTo(world, `/${project}/describe`))).toBeGreaterThanOrEqual(atLeastMs);
});

test("a Retry-After on an answer that is not the API's is heard, and the outcome stays unknown", async () => {
  await using world = await openWorld();
  world.platform.script = first("/record/new", { status: 502, retryAfter: "40" });
  await world.create();
  await world.openTab();
  await world.drain();
  expect(gapMs(world.platform.writes)).toBeGreaterThanOrEqual(40_000);
});

test("a person who resumes does not wait for a Retry-After", async () => {
  await using world = await openWorld();
  const throttled = { status: 503, type: "ServiceUnavailable", retryAfter: "3000" };
  world.platform.script = first("/record/new", throttled);
  await world.createMany(names(2));
  const tab = await world.openTab();
  await world.run(2_000);
  expect(world.platform.records.size).toBe(1);
  tab.engine.resume();
  await world.run(1_000);
  expect(world.platform.records.size).toBe(2);
});

test("the device's word that it is offline is a hint: where the platform answers, everything is sent", async () => {
  await using world = await openWorld();
  world.isOnline = false;
  await world.create({ name: "before" });
  await world.openTab();
  await world.run(1_000);
  expect(world.platform.named("before")).toHaveLength(1);
  for (const listener of world.connectivityListeners) listener();
  await world.create({ name: "after" });
  await world.run(1_000);
  expect(world.platform.named("after")).toHaveLength(1);
});

test("the longer the outage, the wider those spread who hear the same word of its end", async () => {
  const cameBackAfter = async (seed: number, outageMs: number): Promise<number> => {
    await using world = await openWorld(seed);
    world.setOnline(false);
    await world.create();
    await world.openTab(unhurried);
    await world.run(outageMs);
    const seen = world.platform.calls.length;
    world.setOnline(true);
    await world.run(20_000);
    return (world.platform.calls[seen]?.at ?? Infinity) - outageMs;
  };
  const seeds = Array.from({ length: 10 }, (_, index) => index);
  const short = await Promise.all(seeds.map((seed) => cameBackAfter(seed, 5_000)));
  const long = await Promise.all(seeds.map((seed) => cameBackAfter(seed, 1_200_000)));
  expect(Math.max(...short)).toBeLessThanOrEqual(1_000);
  expect(Math.max(...long)).toBeGreaterThan(3_000);
  expect(Math.max(...long)).toBeLessThanOrEqual(10_000);
  expect(Math.min(...long)).toBeLessThan(3_000);
});

test("a blocked project is tried again by one request, and less and less often", async () => {
  await using world = await openWorld();
  let isBlocked = true;
  world.platform.script = ({ path, body }) =>
    isBlocked && path === "/record/new" && body.includes(project)
      ? { status: 403, type: "SpendingLimitExceeded" }
      : undefined;
  await world.createMany([...names(60), { name: "elsewhere", project: other }]);
  world.platform.latencyMs = 20;
  const tab = await world.openTab(unhurried);
  await world.run(10_000);
  const begun = world.platform.writes.length;
  expect(begun).toBeLessThanOrEqual(7);
  const [block] = tab.engine.status.blocked;
  expect((block?.retryAt ?? 0) - world.clock.now()).toBeLessThanOrEqual(120_000);
  await world.run(5 * 3_600_000);
  const tried = world.platform.writes.slice(begun);
  // One at a time, and at last once in a quarter to half an hour.
  expect(tried.length).toBeGreaterThan(10);
  expect(tried.length).toBeLessThan(26);
  for (let index = 1; index < tried.length; index++) {
    expect(gapMs(tried, index - 1)).toBeGreaterThan(60_000);
  }
  isBlocked = false;
  const before = world.platform.writes.length;
  tab.engine.resume();
  await world.drain();
  expect(world.platform.records.size).toBe(61);
  expect(gapMs(world.platform.writes, before)).toBeGreaterThan(0);
  expect(tab.engine.status.blocked).toEqual([]);
});

test("one who tries a blocked project and hears nothing leaves the turn to others once it is settled", async () => {
  await using world = await openWorld();
  let isBlocked = true;
  let isMute = false;
  world.platform.script = ({ path }) => {
    if (path !== "/record/new") return undefined;
    if (isBlocked) return { status: 403, type: "SpendingLimitExceeded" };
    if (!isMute) return undefined;
    isMute = false;
    return "cutAfterEffect";
  };
  await world.createMany(names(20));
  await world.openTab();
  await world.run(5_000);
  isBlocked = false;
  isMute = true;
  await world.drain(300_000);
  expect(world.platform.records.size).toBe(20);
});

function ageOf(tab: Tab): number | undefined {
  return tab.engine.status.oldestUnsentAgeMs;
}

test("the age of the oldest unsent operation counts neither what was sent nor what is parked", async () => {
  await using world = await openWorld();
  world.platform.levels.set(other, "VIEW");
  await world.createMany(names(150, { project: other }));
  const tab = await world.openTab();
  await world.create({ name: "sent" });
  await world.run(3_600_000);
  expect(tab.engine.status.counts).toMatchObject({ pending: 0, parked: 150 });
  expect(ageOf(tab)).toBeUndefined();
  world.platform.isUnreachable = true;
  await world.create({ name: "waits" });
  await world.run(500);
  expect(ageOf(tab)).toBeLessThanOrEqual(500);
  await world.run(60_000);
  expect(ageOf(tab)).toBeGreaterThan(56_000);
  expect(ageOf(tab)).toBeLessThanOrEqual(60_500);
});
