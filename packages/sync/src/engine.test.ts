import { expect, test } from "vitest";
import { openWorld } from "./engine-world.test-support.ts";

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
    "/project-000000000000000000000001/describe",
    "/record/new",
  ]);
  expect(world.platform.named("S-1")).toMatchObject([{ state: "closed", tags: ["x"] }]);
  expect((await world.object(key))?.pending).toBe(0);
  expect(world.errors).toEqual([]);
});
