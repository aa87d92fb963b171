import { expect, test } from "vitest";
import { codeOf, when, World } from "./in-thread.test-support.ts";

test("what is removed is gone from every view at once, and a discard gives it back whole", async () => {
  await using world = new World();
  const holdfast = await world.open({ paused: true });
  const { project } = world;
  const sample = await holdfast.records.create({ project, name: "S-1", tags: ["a"] });
  const linking = await holdfast.records.create({
    project,
    name: "S-2",
    details: { $dnanexus_link: sample.id },
  });
  const seen: (readonly string[])[] = [];
  const watching = holdfast.objects
    .watch({ tags: "a" })
    .subscribe((rows) => seen.push(rows.map(({ name }) => name)));
  await when(holdfast.objects.watch({ tags: "a" }), (rows) => rows.length === 1);

  const removed = await sample.remove();
  expect(await holdfast.objects.get(sample.key)).toBeUndefined();
  expect(await holdfast.objects.get(sample.id)).toBeUndefined();
  expect(await codeOf(sample.describe())).toBe("ResourceNotFound");
  expect(await codeOf(sample.addTags(["b"]))).toBe("ResourceNotFound");
  expect(await codeOf(sample.remove())).toBe("ResourceNotFound");
  expect(await holdfast.objects.count()).toBe(1);
  await when(sample.watch(), (row) => row === undefined);
  expect(await codeOf(sample.settled())).toBe("Removed");
  expect(
    await codeOf(holdfast.records.create({ project, details: { $dnanexus_link: sample.id } })),
  ).toBe("ResourceNotFound");
  expect(await holdfast.outbox.list()).toMatchObject([
    { kind: "create", name: "S-1" },
    { kind: "create", name: "S-2" },
    { kind: "remove", name: "S-1", choices: ["discard"] },
  ]);

  const preview = await holdfast.outbox.discardPreview({ operations: [removed.operation] });
  expect(preview).toMatchObject({ operations: [{ kind: "remove" }], parks: [], objects: [] });
  expect(await holdfast.outbox.discard({ operations: [removed.operation] })).toBe(1);
  expect(await sample.describe()).toMatchObject({ name: "S-1", tags: ["a"], pending: 1 });
  expect(await linking.describe()).toMatchObject({ links: [sample.id] });
  expect(await codeOf(removed.acked())).toBe("Discarded");
  await when(holdfast.objects.watch({ tags: "a" }), (rows) => rows.length === 1);
  watching.unsubscribe();
  expect(seen.at(0)).toEqual(["S-1"]);
});

test("receipts of what was not sent before the removal say that the object is gone", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const { project } = world;
  const sample = await holdfast.records.create({ project, name: "S-1" });
  await sample.acked();
  world.setOnline(false);
  const renamed = await sample.rename("S-1b");
  const removed = await sample.remove();
  const acked = codeOf(renamed.acked());
  world.setOnline(true);
  await removed.acked();
  expect(await acked).toBe("Removed");
  expect(await holdfast.operations.get(renamed.operation)).toMatchObject({ state: "removed" });
  expect(await holdfast.operations.get(removed.operation)).toMatchObject({ state: "acked" });
  expect(await world.objects()).toEqual([]);
  expect(await holdfast.outbox.list()).toEqual([]);
});

test("many are removed in one call, each on its own", async () => {
  await using world = new World();
  const holdfast = await world.open({ paused: true });
  const { project } = world;
  const made = await holdfast.records.createMany(
    Array.from({ length: 3 }, (_, n) => ({ project, name: `S-${n}` })),
  );
  const outcomes = await holdfast.objects.editMany(
    [...made, made[0]].map((one) => ({ object: one?.key ?? "", kind: "remove" as const })),
  );
  expect(outcomes.map((one) => "receipt" in one || one.failure.code)).toEqual([
    true,
    true,
    true,
    "ResourceNotFound",
  ]);
  expect(await holdfast.objects.count()).toBe(0);
});
