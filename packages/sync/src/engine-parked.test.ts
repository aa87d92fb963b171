import { discard, retryParked } from "@holdfast/core";
import { expect, test } from "vitest";
import { openWorld, project } from "./engine-world.test-support.ts";

test("a parked operation that is retried is sent, in any tab's name", async () => {
  await using world = await openWorld();
  let isForbidden = true;
  world.platform.script = ({ path }) =>
    isForbidden && path === "/record/new" ? { status: 401, type: "PermissionDenied" } : undefined;
  const { key } = await world.create({ name: "S-1" });
  const tab = await world.openTab();
  await world.run(1_000);
  expect(await world.parkedReasons()).toEqual(["PermissionDenied"]);
  isForbidden = false;
  const [row] = await world.outbox();
  await world.app.write(
    retryParked({ lane: key, operations: [row?.sequence ?? 0], at: world.clock.now() }),
  );
  tab.engine.wake();
  await world.run(1_000);
  expect(world.platform.named("S-1")).toHaveLength(1);
  expect(await world.outbox()).toEqual([]);
});

test("a create parked in doubt is asked about when it is retried, not sent anew", async () => {
  await using world = await openWorld();
  let sent = 0;
  world.platform.script = ({ path }) => {
    if (path !== "/record/new") return undefined;
    sent += 1;
    return sent === 1 ? "cutAfterEffect" : undefined;
  };
  const { key } = await world.create({ name: "S-1" });
  await world.openTab();
  await world.run(50);
  world.setOnline(false);
  await world.run(50 * 60_000);
  const [real] = world.platform.named("S-1");
  const twin = world.platform.put({
    ...real,
    id: "record-ZZZZZZZZZZZZZZZZZZZZZZZZ",
    project,
  });
  world.setOnline(true);
  await world.run(60_000);
  expect(await world.parkedReasons()).toEqual(["Undecidable"]);
  // A person removes the one that is too many.
  world.platform.records.delete(twin.id);
  const [row] = await world.outbox();
  await world.app.write(
    retryParked({ lane: key, operations: [row?.sequence ?? 0], at: world.clock.now() }),
  );
  await world.run(10_000);
  expect(await world.outbox()).toEqual([]);
  expect(await world.journal()).toEqual([]);
  expect(sent).toBe(1);
  expect((await world.object(key))?.realId).toBe(real?.id);
});

test("what waits for something that is discarded parks, and says so", async () => {
  await using world = await openWorld();
  world.platform.script = ({ body }) =>
    body.includes('"donor"') ? { status: 401, type: "PermissionDenied" } : undefined;
  const donor = await world.create({ name: "donor" });
  const sample = await world.create({ name: "sample", details: { $dnanexus_link: donor.id } });
  const tab = await world.openTab();
  await world.run(1_000);
  expect(await world.parkedReasons()).toEqual(["PermissionDenied"]);
  expect(tab.engine.status).toMatchObject({ phase: "idle", counts: { pending: 1, parked: 1 } });
  await world.app.write(
    discard({
      lane: donor.key,
      operation: donor.operation,
      at: world.clock.now(),
      dependants: [sample.key],
    }),
  );
  await world.run(10_000);
  expect(await world.parkedReasons()).toEqual(["DependencyParked"]);
  expect(world.platform.records.size).toBe(0);
});

test("an edit that parks stops the close of its object, and nothing else", async () => {
  await using world = await openWorld();
  const { key } = await world.create({ name: "S-1" });
  await world.openTab();
  await world.drain();
  world.platform.script = ({ path }) =>
    path.endsWith("/addTypes") ? { status: 422, type: "InvalidInput" } : undefined;
  await world.edit(key, "addTypes", { types: ["Sample"] });
  await world.edit(key, "addTags", { tags: ["x"] });
  await world.edit(key, "close");
  await world.run(10_000);
  expect(world.platform.named("S-1")).toMatchObject([{ tags: ["x"], state: "open" }]);
  const rows = await world.outbox();
  expect(rows.map(({ operation, parked }) => [operation.kind, parked?.reason.code])).toEqual([
    ["addTypes", "InvalidInput"],
    ["close", undefined],
  ]);
});
