import { expect, test } from "vitest";
import { type EngineWorld, openWorld } from "./engine-world.test-support.ts";
import type { Call, Script } from "./scripted-platform.test-support.ts";

/** The first call of the method goes wrong, the others do not. */
function once(method: string, script: Script): (call: Call) => Script | undefined {
  let isOver = false;
  return ({ path }) => {
    if (isOver || !path.endsWith(`/${method}`)) return undefined;
    isOver = true;
    return script;
  };
}

async function createdRecord(
  world: EngineWorld,
): Promise<{ key: Parameters<EngineWorld["edit"]>[0] }> {
  const { key } = await world.create({ name: "S-1" });
  await world.openTab();
  await world.drain();
  return { key };
}

const cuts = ["cutBeforeEffect", "cutAfterEffect", "truncate", "hang"] as const;

test.each(cuts)(
  "a create %s is sent again with the same bytes and makes one object",
  async (cut) => {
    await using world = await openWorld();
    world.platform.script = once("new", cut);
    await world.create({ name: "S-1" });
    await world.openTab();
    await world.drain();
    expect(world.platform.named("S-1")).toHaveLength(1);
    expect(world.platform.writes.map(({ body }) => body)).toHaveLength(2);
    expect(new Set(world.platform.writes.map(({ body }) => body)).size).toBe(1);
    expect(await world.outbox()).toEqual([]);
  },
);

test.each(cuts)("a close %s is sent again", async (cut) => {
  await using world = await openWorld();
  const { key } = await createdRecord(world);
  world.platform.script = once("close", cut);
  await world.edit(key, "close");
  await world.drain();
  expect(world.platform.effects.filter((effect) => effect.endsWith("close"))).toHaveLength(1);
  expect(world.platform.writes.filter(({ path }) => path.endsWith("/close"))).toHaveLength(2);
  expect(await world.outbox()).toEqual([]);
});

test.each([
  ["addTypes", { types: ["Sample"] }],
  ["removeTypes", { types: ["Old"] }],
  ["setDetails", { details: { n: 1 } }],
  ["setVisibility", { hidden: true }],
  ["rename", { name: "S-2" }],
  ["setProperties", { properties: { a: "1", b: null } }],
  ["addTags", { tags: ["x"] }],
  ["removeTags", { tags: ["y"] }],
] as const)("%s is asked about before it is sent again", async (kind, input) => {
  for (const cut of cuts) {
    await using world = await openWorld();
    const { key } = await world.create({
      name: "S-1",
      types: ["Old"],
      tags: ["y"],
      properties: { b: "2" },
    });
    await world.openTab();
    await world.drain();
    world.platform.script = once(kind, cut);
    await world.edit(key, kind, input);
    await world.drain();
    const hadEffect = cut === "cutAfterEffect" || cut === "truncate";
    const calls = world.platform.calls.map(({ path }) => path.split("/").at(-1));
    expect(calls.filter((method) => method === kind)).toHaveLength(hadEffect ? 1 : 2);
    const asked = calls.indexOf("describeDataObjects");
    expect(asked).toBeGreaterThan(calls.indexOf(kind));
    expect(world.platform.effects.filter((effect) => effect.endsWith(kind))).toHaveLength(1);
    const history = await world.app.scan("history", { limit: 10 });
    expect(history.at(-1)?.outcome).toBe(hadEffect ? "found" : "acked");
    expect(await world.outbox()).toEqual([]);
  }
});

test.each([
  ["rename", "describeDataObjects", 10_000],
  ["new", "findDataObjects", 50 * 60_000],
] as const)(
  "a %s in doubt waits while the project that it asks about is blocked",
  async (method, question, awayMs) => {
    await using world = await openWorld();
    const { key } = await createdRecord(world);
    let isBlocked = true;
    const cut = once(method, "cutAfterEffect");
    world.platform.script = (call) => {
      if (isBlocked && call.path.endsWith(question)) {
        return { status: 403, type: "SpendingLimitExceeded" };
      }
      return cut(call);
    };
    if (method === "new") await world.create({ name: "S-2" });
    else await world.edit(key, method, { name: "S-2" });
    await world.run(50);
    world.setOnline(false);
    await world.run(awayMs);
    world.setOnline(true);
    await world.run(60_000);
    const outbox = await world.outbox();
    expect(outbox).toHaveLength(1);
    expect(outbox[0]).not.toHaveProperty("parked");
    const asked = world.platform.calls.filter(({ path }) => path.endsWith(question)).length;
    expect(asked).toBeLessThan(6);
    isBlocked = false;
    await world.drain();
    expect(world.platform.named("S-2")).toHaveLength(1);
    expect(await world.outbox()).toEqual([]);
  },
);

test("a create in doubt after the nonce window is looked up, and adopted", async () => {
  await using world = await openWorld();
  world.platform.script = once("new", "cutAfterEffect");
  await world.create({ name: "S-1" });
  await world.openTab();
  await world.run(50);
  world.setOnline(false);
  await world.run(50 * 60_000);
  world.setOnline(true);
  await world.drain();
  expect(world.platform.named("S-1")).toHaveLength(1);
  expect(world.platform.writes).toHaveLength(1);
  expect(world.platform.calls.map(({ path }) => path)).toContain("/system/findDataObjects");
  expect(await world.outbox()).toEqual([]);
});

test("a create that a lookup does not find leaves again with the same bytes and nonce", async () => {
  await using world = await openWorld();
  world.platform.script = once("new", "cutBeforeEffect");
  await world.create({ name: "S-1" });
  await world.openTab();
  await world.run(50);
  world.setOnline(false);
  await world.run(50 * 60_000);
  world.setOnline(true);
  await world.drain();
  expect(world.platform.named("S-1")).toHaveLength(1);
  const [first, second] = world.platform.writes;
  expect(second?.body).toBe(first?.body);
});

test("more than one object for a create parks it, and names them", async () => {
  await using world = await openWorld();
  world.platform.script = once("new", "cutAfterEffect");
  const { key } = await world.create({ name: "S-1" });
  await world.openTab();
  await world.run(50);
  world.setOnline(false);
  await world.run(50 * 60_000);
  const [real] = world.platform.named("S-1");
  world.platform.put({
    ...real,
    id: "record-ZZZZZZZZZZZZZZZZZZZZZZZZ",
    project: real?.project ?? "",
  });
  world.setOnline(true);
  await world.run(60_000);
  const [row] = await world.outbox();
  expect(row?.parked?.reason).toMatchObject({ code: "Undecidable" });
  expect(row?.parked?.reason).toHaveProperty("objects.length", 2);
  expect(world.platform.writes).toHaveLength(1);
  // In doubt: its bytes stay, so that a retry asks again.
  expect(await world.journal()).toHaveLength(1);
  expect((await world.object(key))?.parked).toBe(1);
});

test("somebody else's object with the same key is not adopted", async () => {
  await using world = await openWorld();
  world.platform.script = once("new", "cutBeforeEffect");
  await world.create({ name: "S-1" });
  await world.openTab();
  await world.run(50);
  const [row] = await world.outbox();
  world.platform.put({
    project: "project-000000000000000000000001",
    createdBy: { user: "user-eve" },
    properties: { ".holdfast-key": row?.create?.key ?? "" },
  });
  world.setOnline(false);
  await world.run(50 * 60_000);
  world.setOnline(true);
  await world.drain();
  expect(world.platform.named("S-1")).toHaveLength(1);
  expect(await world.outbox()).toEqual([]);
});

test("InvalidInput that answers a resend is not believed before the create was looked up", async () => {
  await using world = await openWorld();
  let sent = 0;
  world.platform.script = ({ path }) => {
    if (path !== "/record/new") return undefined;
    sent += 1;
    return sent === 1 ? "cutAfterEffect" : { status: 422, type: "InvalidInput" };
  };
  await world.create({ name: "S-1" });
  await world.openTab();
  await world.drain();
  expect(world.platform.named("S-1")).toHaveLength(1);
  expect(await world.outbox()).toEqual([]);
});

test("an edit refused on its resend is done where a describe shows it", async () => {
  await using world = await openWorld();
  const { key } = await createdRecord(world);
  let sent = 0;
  const [real] = world.platform.named("S-1");
  world.platform.script = ({ path }) => {
    if (path.endsWith("/describeDataObjects") && sent === 1) return { status: 404 };
    if (!path.endsWith("/addTypes")) return undefined;
    sent += 1;
    return "cutAfterEffect";
  };
  await world.edit(key, "addTypes", { types: ["Sample"] });
  await world.run(30_000);
  expect(real?.types).toEqual(["Sample"]);
  expect(sent).toBe(1);
});

test("details that somebody else changed meanwhile are merged with, not overwritten", async () => {
  await using world = await openWorld();
  const { key } = await createdRecord(world);
  world.platform.script = once("setDetails", "cutBeforeEffect");
  await world.edit(key, "setDetails", { details: { ours: 1 } });
  await world.run(10);
  const [real] = world.platform.named("S-1");
  if (real !== undefined) real.details = { theirs: 1 };
  await world.run(60_000);
  expect(await world.parkedReasons()).toEqual([]);
  expect(real?.details).toEqual({ theirs: 1, ours: 1 });
});

test("details that landed before somebody else changed more are not sent twice", async () => {
  await using world = await openWorld();
  const { key } = await createdRecord(world);
  let sent = 0;
  world.platform.script = ({ path }) => {
    if (!path.endsWith("/setDetails")) return undefined;
    sent += 1;
    return "cutAfterEffect";
  };
  await world.edit(key, "setDetails", { details: { ours: 1 } });
  await world.run(10);
  const [real] = world.platform.named("S-1");
  if (real !== undefined) real.details = { ours: 1, theirs: 1 };
  await world.run(60_000);
  expect([sent, await world.outbox(), real?.details]).toEqual([1, [], { ours: 1, theirs: 1 }]);
});

test("details that somebody else changed at the same path are for a person to decide", async () => {
  await using world = await openWorld();
  const { key } = await createdRecord(world);
  world.platform.script = once("setDetails", "cutBeforeEffect");
  await world.edit(key, "setDetails", { details: { ours: 1 } });
  await world.run(10);
  const [real] = world.platform.named("S-1");
  if (real !== undefined) real.details = { ours: 2 };
  await world.run(60_000);
  expect(await world.parkedReasons()).toEqual(["Conflict"]);
  expect(real?.details).toEqual({ ours: 2 });
});

test("a request answered 500 ten times while others succeed parks; an unanswered one never does", async () => {
  await using world = await openWorld();
  world.platform.script = ({ path, body }) => {
    if (path !== "/record/new") return undefined;
    if (body.includes('"poison"')) return { status: 500, type: "InternalError" };
    return body.includes('"mute"') ? "cutBeforeEffect" : undefined;
  };
  await world.createMany([{ name: "poison" }, { name: "mute" }]);
  await world.openTab();
  for (let count = 0; count < 40; count++) {
    await world.create({ name: `good-${count}` });
    await world.run(60_000);
  }
  expect(world.platform.records.size).toBe(40);
  const rows = await world.outbox();
  expect(rows.map(({ parked }) => parked?.reason.code)).toEqual(["InternalError", undefined]);
  const poisoned = world.platform.writes.filter(({ body }) => body.includes('"poison"'));
  expect(poisoned).toHaveLength(10);
});

test("a late answer of an attempt that was given up changes nothing", async () => {
  await using world = await openWorld();
  const late = Promise.withResolvers<void>();
  world.platform.script = once("new", { late: late.promise });
  const { key } = await world.create({ name: "S-1" });
  await world.openTab();
  await world.run(61_000);
  await world.drain();
  expect(world.platform.named("S-1")).toHaveLength(1);
  late.resolve();
  await world.run(1_000);
  expect(world.platform.named("S-1")).toHaveLength(1);
  expect((await world.object(key))?.pending).toBe(0);
});
