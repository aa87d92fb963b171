import { expect, test } from "vitest";
import { openWorld, project, settle } from "./engine-world.test-support.ts";
import type { TokenQuestion } from "./session.ts";

test("nothing is sent with a token before it answered as the bound user", async () => {
  await using world = await openWorld();
  world.platform.users.set("token-eve", "user-eve");
  await world.create({ name: "S-1" });
  const tab = await world.openTab({ token: async () => "token-eve" });
  await world.run(2_000);
  expect(tab.engine.status).toMatchObject({ phase: "needsAuth", failure: { code: "NeedsAuth" } });
  expect(world.platform.calls.map(({ path }) => path)).toEqual(["/system/whoami"]);
  expect(JSON.stringify(tab.statuses)).not.toContain("token-eve");
});

test("a token refused in the middle pauses, is asked for once, and a new one goes on", async () => {
  await using world = await openWorld();
  const questions: TokenQuestion[] = [];
  let token = "token-ada";
  const tab = await world.openTab({
    token: async (question) => {
      questions.push(question);
      return token;
    },
  });
  await world.run(100);
  world.platform.users.delete("token-ada");
  await world.create({ name: "S-1" });
  await world.run(1_000);
  expect(tab.engine.status).toMatchObject({
    phase: "needsAuth",
    failure: { code: "InvalidAuthentication" },
  });
  expect(questions).toEqual([{ reason: "connect" }, { reason: "refused" }]);
  const refused = world.platform.calls.length;
  await world.run(30_000);
  expect(world.platform.calls).toHaveLength(refused);
  token = "token-new";
  world.platform.users.set("token-new", "user-ada");
  tab.engine.resume();
  await world.drain();
  expect(world.platform.named("S-1")).toHaveLength(1);
  const [first, second] = world.platform.writes;
  expect(second?.body).toBe(first?.body);
  // No attempt was burnt, and no second object is possible.
  expect(second?.token).toBe("token-new");
});

test("a new token is found without anybody saying so", async () => {
  await using world = await openWorld();
  let token = "token-old";
  const tab = await world.openTab({ token: async () => token });
  await world.create({ name: "S-1" });
  await world.run(1_000);
  expect(tab.engine.status.phase).toBe("needsAuth");
  token = "token-ada";
  await world.run(61_000);
  await world.drain();
  expect(world.platform.named("S-1")).toHaveLength(1);
});

test("a token that changes hands in the middle of a replay sends nothing as somebody else", async () => {
  await using world = await openWorld();
  let token = "token-ada";
  world.platform.users.set("token-eve", "user-eve");
  await world.createMany(Array.from({ length: 40 }, (_, index) => ({ name: `S-${index}` })));
  world.platform.latencyMs = 50;
  const tab = await world.openTab({ token: async () => token });
  await world.run(400);
  token = "token-eve";
  world.platform.users.delete("token-ada");
  await world.run(10_000);
  expect(tab.engine.status.phase).toBe("needsAuth");
  expect(world.platform.calls.filter(({ token: used }) => used === "token-eve")).toMatchObject([
    { path: "/system/whoami" },
  ]);
  expect(
    [...world.platform.records.values()].every(({ createdBy }) => createdBy.user === "user-ada"),
  ).toBe(true);
});

test("a token renewed in the middle of a replay that answers as somebody else sends nothing more", async () => {
  await using world = await openWorld();
  let token = "token-ada";
  await world.createMany(Array.from({ length: 40 }, (_, index) => ({ name: `S-${index}` })));
  world.platform.latencyMs = 50;
  const tab = await world.openTab({ token: async () => token });
  await world.run(400);
  world.setOnline(false);
  await world.run(1_000);
  // The login behind the page is another person's now, and the old value answers as that person as well.
  token = "token-renewed";
  world.platform.users.set("token-renewed", "user-eve");
  world.platform.users.set("token-ada", "user-eve");
  world.setOnline(true);
  const sent = world.platform.calls.length;
  await world.run(50_000);
  expect(tab.engine.status).toMatchObject({
    phase: "needsAuth",
    failure: { code: "NeedsAuth", message: expect.stringContaining("user-eve") as string },
  });
  expect(new Set(world.platform.calls.slice(sent).map(({ path }) => path))).toEqual(
    new Set(["/system/whoami"]),
  );
  const makers = [...world.platform.records.values()].map(({ createdBy }) => createdBy.user);
  expect(makers.length).toBeLessThan(40);
  expect(new Set(makers)).toEqual(new Set(["user-ada"]));
  world.platform.users.set("token-renewed", "user-ada");
  tab.engine.resume();
  await world.drain();
  expect(world.platform.records.size).toBe(40);
});

test("a page that rejects the question for a token counts as offline", async () => {
  await using world = await openWorld();
  let isSignedIn = false;
  const tab = await world.openTab({
    token: async () => {
      if (!isSignedIn) throw new Error("The login page is loading.");
      return "token-ada";
    },
  });
  await world.run(1_000);
  expect(tab.engine.status).toMatchObject({ phase: "offline", failure: { code: "Unreachable" } });
  isSignedIn = true;
  await world.create({ name: "S-1" });
  await world.drain();
  expect(world.platform.named("S-1")).toHaveLength(1);
});

test("a page that does not answer for a token makes its worker resign, and another tab sends", async () => {
  await using world = await openWorld();
  await world.openTab({ token: () => new Promise(() => undefined) });
  const second = await world.openTab();
  await world.create({ name: "S-1" });
  await world.run(11_000);
  await world.drain(10_000);
  expect(second.engine.status.leading).toBe(true);
  expect(world.platform.named("S-1")).toHaveLength(1);
});

test("offline it waits longer and longer, and goes on soon after the device says online", async () => {
  await using world = await openWorld();
  world.setOnline(false);
  await world.create({ name: "S-1" });
  const tab = await world.openTab();
  await world.run(10 * 60_000);
  expect(tab.engine.status).toMatchObject({
    phase: "offline",
    counts: { pending: 1 },
    oldestUnsentAgeMs: 600_000,
  });
  expect(tab.engine.status.retryAt).toBeGreaterThan(world.clock.now());
  expect(world.platform.calls.length).toBeLessThan(40);
  expect(world.platform.calls.every(({ path }) => path === "/system/whoami")).toBe(true);
  world.setOnline(true);
  await world.run(5_200);
  expect(world.platform.named("S-1")).toHaveLength(1);
});

test("the network gone while idle is noticed when the device says so", async () => {
  await using world = await openWorld();
  const tab = await world.openTab();
  await world.run(1_000);
  expect(tab.engine.status.phase).toBe("idle");
  world.setOnline(false);
  await world.run(200);
  expect(tab.engine.status.phase).toBe("offline");
});

test("wake tries at once", async () => {
  await using world = await openWorld();
  world.platform.isUnreachable = true;
  const tab = await world.openTab();
  await world.run(5 * 60_000);
  world.platform.isUnreachable = false;
  tab.engine.wake();
  await world.run(100);
  expect(tab.engine.status.phase).toBe("idle");
});

test("paused in one tab, nothing leaves from any, until it is resumed in another", async () => {
  await using world = await openWorld();
  const first = await world.openTab();
  const second = await world.openTab();
  await world.run(1_000);
  second.engine.pause();
  await world.run(10);
  await world.create({ name: "S-1" });
  await world.run(5_000);
  expect(first.engine.status).toMatchObject({ phase: "paused", counts: { pending: 1 } });
  expect(second.engine.status.phase).toBe("paused");
  expect(world.platform.writes).toHaveLength(0);
  const third = await world.openTab();
  await world.run(1_000);
  expect(third.engine.status.phase).toBe("paused");
  third.engine.resume();
  await world.drain();
  expect(world.platform.named("S-1")).toHaveLength(1);
});

test("an engine opened paused sends nothing until it is resumed", async () => {
  await using world = await openWorld();
  await world.create({ name: "S-1" });
  const tab = await world.openTab({ paused: true });
  await world.run(10_000);
  expect(world.platform.calls).toHaveLength(0);
  tab.engine.resume();
  await world.drain();
  expect(world.platform.named("S-1")).toHaveLength(1);
});

test.each([
  ["7", 7_000],
  ["Thu, 01 Jan 2026 00:00:30 GMT", 25_000],
  [undefined, 15_000],
])("Retry-After %s is waited for", async (retryAfter, atLeastMs) => {
  await using world = await openWorld();
  let isThrottled = true;
  world.platform.script = ({ path }) => {
    if (path !== "/record/new" || !isThrottled) return undefined;
    isThrottled = false;
    return {
      status: 503,
      type: "ServiceUnavailable",
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
  };
  await world.create({ name: "S-1" });
  await world.openTab();
  await world.drain();
  const [first, second] = world.platform.writes;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(atLeastMs);
  expect(second?.body).toBe(first?.body);
});

test("a platform that throttles everything is left alone", async () => {
  await using world = await openWorld();
  await world.createMany(Array.from({ length: 100 }, (_, index) => ({ name: `S-${index}` })));
  let isThrottled = true;
  world.platform.script = ({ path }) =>
    isThrottled && path === "/record/new"
      ? { status: 429, type: "RateLimitConditional", retryAfter: "20" }
      : undefined;
  const tab = await world.openTab();
  await world.run(15_000);
  expect(world.platform.writes.length).toBeLessThanOrEqual(12);
  expect(tab.engine.status.phase).toBe("offline");
  isThrottled = false;
  await world.drain();
  expect(world.platform.records.size).toBe(100);
});

test("a blocked account stops after one refusal of its project, and no other", async () => {
  await using world = await openWorld();
  const other = "project-000000000000000000000002";
  let isBlocked = true;
  world.platform.script = ({ path, body }) =>
    isBlocked && path === "/record/new" && body.includes(project)
      ? { status: 403, type: "SpendingLimitExceeded" }
      : undefined;
  const inputs = Array.from({ length: 60 }, (_, index) => ({ name: `S-${index}` }));
  await world.createMany([...inputs, { name: "elsewhere", project: other }]);
  world.platform.latencyMs = 20;
  const tab = await world.openTab();
  await world.run(30_000);
  expect(world.platform.named("elsewhere")).toHaveLength(1);
  expect(world.platform.writes.length).toBeLessThanOrEqual(7);
  expect(tab.engine.status).toMatchObject({
    phase: "idle",
    blocked: [{ scope: project, reason: { code: "SpendingLimitExceeded" } }],
  });
  isBlocked = false;
  tab.engine.resume();
  await world.drain();
  expect(world.platform.records.size).toBe(61);
});

test("the server's clock is kept, and dates what is acknowledged", async () => {
  await using world = await openWorld();
  world.platform.serverAheadMs = 90_000;
  await world.create({ name: "S-1" });
  await world.openTab();
  await world.drain();
  await world.run(100);
  const [row] = await world.app.get("meta", ["serverClock"]);
  expect(row).toMatchObject({ offsetMs: 90_000 });
  const [entry] = await world.app.scan("history", { limit: 1 });
  expect((entry?.platformAt ?? 0) - (entry?.endedAt ?? 0)).toBe(90_000);
});

test("a tab that does not send learns the server's clock from the one that does", async () => {
  await using world = await openWorld();
  world.platform.serverAheadMs = 90_000;
  const [sender, other] = [await world.openTab(), await world.openTab()];
  expect(other.engine.serverOffsetMs).toBeUndefined();
  await world.run(1_000);
  expect([sender.engine.status.leading, other.engine.status.leading]).toEqual([true, false]);
  expect([sender.engine.serverOffsetMs, other.engine.serverOffsetMs]).toEqual([90_000, 90_000]);
  const late = await world.openTab();
  expect(late.engine.serverOffsetMs).toBe(90_000);
});

test("close stops at once, frees the lead, and is idempotent", async () => {
  await using world = await openWorld();
  world.platform.script = ({ path }) => (path === "/record/new" ? "hang" : undefined);
  await world.create({ name: "S-1" });
  const tab = await world.openTab();
  await world.run(100);
  await Promise.all([tab.engine.close(), tab.engine.close(), settle()]);
  const sent = world.platform.calls.length;
  await world.run(60_000);
  expect(world.platform.calls).toHaveLength(sent);
  const [lease] = await world.app.get("meta", ["lease"]);
  expect(lease).toMatchObject({ untilAt: 0 });
  expect(world.clock.nextDelayMs).toBeUndefined();
});

test("progress is seen while many operations replay", async () => {
  await using world = await openWorld();
  await world.createMany(Array.from({ length: 300 }, (_, index) => ({ name: `S-${index}` })));
  world.platform.latencyMs = 30;
  const tab = await world.openTab();
  await world.drain();
  await world.run(1_000);
  const acked = tab.statuses.map(({ counts }) => counts.acked);
  expect(acked.at(-1)).toBe(300);
  expect(acked.toSorted((left, right) => left - right)).toEqual(acked);
  expect(new Set(acked).size).toBeGreaterThan(8);
  expect(
    tab.statuses.some(({ phase, counts }) => phase === "replaying" && counts.sending > 0),
  ).toBe(true);
  // Ten a second at most.
  expect(tab.statuses.length).toBeLessThan(world.clock.monotonic() / 100 + 5);
  expect(tab.statuses.at(-1)).toMatchObject({ phase: "idle", counts: { pending: 0, sending: 0 } });
});
