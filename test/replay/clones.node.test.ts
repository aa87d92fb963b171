import { toLocalKey, type ObjectId, type ProjectId } from "@holdfast/core";
import { expect, test } from "vitest";
import { elsewhere, openReplayWorld, user } from "./replay-world.ts";

/** What travels with a clone, and what does not. */

test("what is called on an object after its clone does not travel with it", async () => {
  await using world = await openReplayWorld("edited after the clone");
  const { key, createKey } = await world.create({ name: "first", tags: ["a"] });
  await world.edit(key, "close");
  await world.edit(key, "addTags", { tags: ["b"] });
  const copy = await world.clone(key);
  await world.edit(key, "rename", { name: "second" });
  await world.edit(key, "addTags", { tags: ["c"] });
  await world.openTab();
  await world.drain(60_000);
  expect(await world.outbox()).toEqual([]);
  const [id = ""] = world.causedBy(createKey);
  expect(await world.describe(id)).toMatchObject({ name: "second", tags: ["a", "b", "c"] });
  expect(await world.describe(id, elsewhere)).toMatchObject({ name: "first", tags: ["a", "b"] });
  const [object] = await world.app.get("objects", [copy]);
  expect(object?.view).toMatchObject({ name: "first", tags: ["a", "b"] });
});

test("what is called after a clone goes on where the clone is parked or given up", async () => {
  await using world = await openReplayWorld("edited after a clone that parks");
  await world.platform.control.setLevel(elsewhere, user, "VIEW");
  const { key, createKey } = await world.create({ name: "first", close: true });
  await world.clone(key);
  await world.edit(key, "rename", { name: "second" });
  await world.openTab();
  await world.run(30_000);
  const [id = ""] = world.causedBy(createKey);
  expect(await world.describe(id)).toMatchObject({ name: "second" });
});

test("hidden objects that travel with a clone are shown where they are then", async () => {
  await using world = await openReplayWorld("hidden ones travel");
  await world.openTab();
  const inner = await world.create({ name: "inner", hidden: true, close: true });
  await world.drain(5_000);
  const details = { inside: { $dnanexus_link: inner.id } };
  const outer = await world.create({ name: "outer", details, close: true });
  await world.drain(5_000);
  await world.clone(outer.key, { folder: "/" });
  await world.drain(30_000);
  const [id = ""] = world.causedBy(inner.createKey);
  const key = toLocalKey(elsewhere as ProjectId, inner.id);
  const [copy] = await world.app.get("objects", [key]);
  expect(copy).toMatchObject({ realId: id as ObjectId, view: { name: "inner", hidden: true } });
  const shown = await world.app.find({
    scope: { project: elsewhere as ProjectId },
    visibility: "hidden",
  });
  expect(shown).toHaveLength(1);
});
