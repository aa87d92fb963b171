import type { Holdfast } from "./holdfast.ts";
import { expect, test } from "vitest";
import { codeOf, when, World } from "./in-thread.test-support.ts";

/** Two tabs, and so many creates that nobody may send. */
async function parked(world: World, count: number): Promise<readonly [Holdfast, Holdfast]> {
  const { project } = world;
  await world.platform.control.setLevel(project, "user-ada", "VIEW");
  const [one, two] = [await world.open(), await world.open()];
  const inputs = Array.from({ length: count }, (_, n) => ({ project, name: `S-${n}` }));
  await one.records.createMany(inputs);
  for (const tab of [one, two]) await when(tab.outbox.parked$, ({ total }) => total === count);
  return [one, two];
}

test("two tabs that give the same up give it up once, and neither is refused halfway", async () => {
  await using world = new World();
  const [one, two] = await parked(world, 40);
  const counts = await Promise.all([
    one.outbox.discard({ parked: true }),
    two.outbox.discard({ reason: "PermissionDenied" }),
  ]);
  expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(40);
  expect(await one.objects.count()).toBe(0);
  expect((await one.history.list()).map(({ state }) => state)).toEqual(
    Array.from({ length: 40 }, () => "discarded"),
  );
});

test("what is chosen by its id and is gone is said to be gone", async () => {
  await using world = new World();
  const [one] = await parked(world, 2);
  const [entry] = await one.outbox.list();
  const operations = [entry?.id ?? ""];
  expect(await one.outbox.discard({ operations })).toBe(1);
  expect(await one.outbox.discard({ operations })).toBe(0);
  expect(await codeOf(one.outbox.discard({ object: entry?.object ?? "" }))).toBe(
    "ResourceNotFound",
  );
});
