import { expect, test } from "vitest";
import { openWorld, project } from "./engine-world.test-support.ts";

test("a record described, tagged and closed offline is one request", async () => {
  await using world = await openWorld();
  const { key } = await world.create({ name: "S-1", types: ["Sample"], details: { a: 1 } });
  await world.edit(key, "addTags", { tags: ["x"] });
  await world.edit(key, "close");
  await world.openTab();
  await world.drain();
  expect(world.platform.calls.map(({ path }) => path)).toEqual([
    "/system/whoami",
    "/system/comeBackLater",
    `/${project}/describe`,
    "/record/new",
  ]);
  expect(world.platform.named("S-1")).toMatchObject([{ state: "closed", tags: ["x"] }]);
  expect((await world.object(key))?.pending).toBe(0);
  expect(await world.journal()).toEqual([]);
  expect(world.errors).toEqual([]);
});

test("what is written while connected leaves without another survey", async () => {
  await using world = await openWorld();
  await world.openTab();
  await world.run(100);
  const { key } = await world.create({ name: "S-1" });
  await world.drain();
  await world.edit(key, "rename", { name: "S-2" });
  await world.edit(key, "close");
  await world.drain();
  expect(world.platform.writes.map(({ path }) => path.split("/").at(-1))).toEqual([
    "new",
    "rename",
    "close",
  ]);
  expect(world.platform.calls.filter(({ path }) => path.includes("describe"))).toHaveLength(0);
  expect(world.errors).toEqual([]);
});

test("operations of a lane go in order, and lanes side by side", async () => {
  await using world = await openWorld();
  const created = await world.createMany([{ name: "a" }, { name: "b" }]);
  await world.openTab();
  await world.drain();
  world.platform.latencyMs = 100;
  const startedAt = world.clock.monotonic();
  for (const { key } of created) {
    await world.edit(key, "setDetails", { details: { n: 1 } });
    await world.edit(key, "addTags", { tags: ["t"] });
    await world.edit(key, "close");
  }
  await world.drain();
  const byObject = Map.groupBy(world.platform.writes.slice(2), ({ path }) => path.split("/")[1]);
  for (const calls of byObject.values()) {
    expect(calls.at(-1)?.path).toMatch(/close$/);
    // One at a time: each left after the one before it was answered.
    const times = calls.map(({ at }) => at);
    expect(times.every((at, index) => index === 0 || at - (times[index - 1] ?? 0) >= 100)).toBe(
      true,
    );
  }
  expect(world.clock.monotonic() - startedAt).toBeLessThan(1_000);
});

test("what links to an object made here waits for its id, and then carries it", async () => {
  await using world = await openWorld();
  const donor = await world.create({ name: "donor" });
  const sample = await world.create({
    name: "sample",
    details: { donor: { $dnanexus_link: donor.id } },
  });
  await world.edit(sample.key, "close");
  await world.openTab();
  await world.drain();
  const [real] = world.platform.named("donor");
  expect(world.platform.named("sample")).toMatchObject([
    { details: { donor: { $dnanexus_link: real?.id } }, state: "closed" },
  ]);
  expect(world.platform.writes).toHaveLength(2);
});

test("an object that links to itself is created first, and then given its details", async () => {
  await using world = await openWorld();
  const { key, id } = await world.create({ name: "self" });
  await world.edit(key, "setDetails", { details: { me: { $dnanexus_link: id } } });
  await world.edit(key, "close");
  await world.openTab();
  await world.drain();
  const [real] = world.platform.named("self");
  expect(real).toMatchObject({ state: "closed", details: { me: { $dnanexus_link: real?.id } } });
  expect(await world.outbox()).toEqual([]);
});

test("two objects that link to each other are both sent", async () => {
  await using world = await openWorld();
  const left = await world.create({ name: "left" });
  const right = await world.create({ name: "right", details: { $dnanexus_link: left.id } });
  await world.edit(left.key, "setDetails", { details: { $dnanexus_link: right.id } });
  await world.edit(left.key, "close");
  await world.edit(right.key, "close");
  await world.openTab();
  await world.drain();
  const [realLeft] = world.platform.named("left");
  const [realRight] = world.platform.named("right");
  expect(realLeft).toMatchObject({ details: { $dnanexus_link: realRight?.id }, state: "closed" });
  expect(realRight).toMatchObject({ details: { $dnanexus_link: realLeft?.id }, state: "closed" });
});

test("at most six requests are in flight, and no more than the budget in a second", async () => {
  await using world = await openWorld();
  await world.createMany(Array.from({ length: 600 }, (_, index) => ({ name: `S-${index}` })));
  world.platform.latencyMs = 20;
  await world.openTab();
  await world.drain();
  const times = world.platform.calls.map(({ at }) => at);
  const inSecond = (from: number): number =>
    times.filter((at) => at >= from && at < from + 1_000).length;
  expect(Math.max(...times.map(inSecond))).toBeLessThanOrEqual(200);
  expect(times.at(-1)).toBeGreaterThan(3_500);
  expect(world.platform.records.size).toBe(600);
  for (const at of times) {
    expect(times.filter((other) => other > at - 20 && other <= at).length).toBeLessThanOrEqual(6);
  }
});

test("what the platform shows as done is acknowledged without a request", async () => {
  await using world = await openWorld();
  const { key } = await world.create({ name: "S-1" });
  const tab = await world.openTab();
  await world.drain();
  await tab.close();
  const [real] = world.platform.named("S-1");
  await world.edit(key, "addTags", { tags: ["x"] });
  await world.edit(key, "close");
  Object.assign(real ?? {}, { tags: ["x"], state: "closed" });
  const before = world.platform.calls.length;
  await world.openTab();
  await world.drain();
  expect(world.platform.calls.slice(before).map(({ path }) => path)).toEqual([
    "/system/whoami",
    "/system/comeBackLater",
    `/${project}/describe`,
    "/system/describeDataObjects",
  ]);
  const history = await world.app.scan("history", { limit: 10 });
  expect(history.map(({ outcome }) => outcome)).toEqual(["acked", "found", "found"]);
});

test("what the project does not allow is parked without a request", async () => {
  await using world = await openWorld();
  await world.create({ name: "S-1" });
  world.platform.levels.set(project, "VIEW");
  const tab = await world.openTab();
  await world.run(1_000);
  expect(await world.parkedReasons()).toEqual(["PermissionDenied"]);
  expect(world.platform.writes).toEqual([]);
  expect(tab.engine.status).toMatchObject({ phase: "idle", counts: { pending: 0, parked: 1 } });
});

test("a fixed field of an object closed elsewhere parks, and its free fields go on", async () => {
  await using world = await openWorld();
  const { key } = await world.create({ name: "S-1" });
  const tab = await world.openTab();
  await world.drain();
  await tab.close();
  await world.edit(key, "addTypes", { types: ["Sample"] });
  await world.edit(key, "addTags", { tags: ["x"] });
  const [real] = world.platform.named("S-1");
  Object.assign(real ?? {}, { state: "closed" });
  await world.openTab();
  await world.run(5_000);
  expect(await world.parkedReasons()).toEqual(["InvalidState"]);
  expect(real).toMatchObject({ tags: ["x"], types: [] });
});

test("a refused operation parks with the platform's reason, and no other lane waits", async () => {
  await using world = await openWorld();
  world.platform.script = ({ body }) =>
    body.includes('"bad"') ? { status: 404, type: "ResourceNotFound" } : undefined;
  await world.createMany([{ name: "bad" }, { name: "good" }, { name: "fine" }]);
  const tab = await world.openTab();
  await world.run(2_000);
  expect(await world.parkedReasons()).toEqual(["ResourceNotFound"]);
  expect(world.platform.records.size).toBe(2);
  expect(world.platform.writes).toHaveLength(3);
  expect(tab.engine.status).toMatchObject({
    phase: "idle",
    counts: { pending: 0, parked: 1, acked: 2 },
  });
});

test("a merged request that is refused is split until the refused operation stands alone", async () => {
  await using world = await openWorld();
  const { key } = await world.create({ name: "S-1" });
  await world.edit(key, "addTags", { tags: ["bad"] });
  await world.edit(key, "setProperties", { properties: { a: "1" } });
  world.platform.script = ({ body }) =>
    body.includes('"bad"') ? { status: 422, type: "InvalidInput" } : undefined;
  await world.openTab();
  await world.run(5_000);
  expect(await world.parkedReasons()).toEqual(["InvalidInput"]);
  expect(world.platform.named("S-1")).toMatchObject([{ tags: [], properties: { a: "1" } }]);
  expect(await world.outbox()).toHaveLength(1);
});

test("a commit of another tab is heard, also when its broadcast is lost", async () => {
  await using world = await openWorld();
  await world.openTab({ name: "one" });
  await world.run(100);
  await world.create({ name: "S-1" });
  await world.run(3_100);
  expect(world.platform.named("S-1")).toHaveLength(1);
});

test("the first request leaves long before the whole outbox is read", async () => {
  await using world = await openWorld();
  await world.createMany(Array.from({ length: 600 }, (_, index) => ({ name: `S-${index}` })));
  let pages = 0;
  let pagesBeforeFirst: number | undefined;
  world.platform.script = ({ path }) => {
    if (path === "/record/new") pagesBeforeFirst ??= pages;
    return undefined;
  };
  await world.openTab({
    limits: { scanRows: 20, objectsPerCall: 40 },
    wrapStore: (store) => ({
      ...store,
      scan: (table, scan) => {
        if (table === "outbox" && scan.after !== undefined) pages += 1;
        return store.scan(table, scan);
      },
    }),
  });
  await world.run(1_000);
  expect(pages).toBeGreaterThanOrEqual(29);
  expect(pagesBeforeFirst).toBeLessThan(28);
  const [first] = world.platform.writes;
  expect(first?.at).toBeLessThan(1_000);
});
