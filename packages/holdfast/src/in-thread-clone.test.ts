import { expect, test } from "vitest";
import type { Holdfast } from "./holdfast.ts";
import type { CreatedHandle } from "./object-handle.ts";
import { codeOf, World } from "./in-thread.test-support.ts";

const other = "project-GGGGGGGGGGGGGGGGGGGGGGGG";

async function closedSample(world: World, holdfast: Holdfast): Promise<CreatedHandle> {
  return await holdfast.records.create({
    project: world.project,
    name: "S-1",
    tags: ["a"],
    close: true,
  });
}

test("a copy shows at once, is a copy of its own, and exists once the network is back", async () => {
  await using world = new World();
  await world.platform.control.addProject({
    id: other,
    name: "other",
    permissions: { "user-ada": "ADMINISTER" },
  });
  world.setOnline(false);
  const holdfast = await world.open();
  const sample = await closedSample(world, holdfast);
  const copy = await sample.clone({ project: other, folder: "/copies", parents: true });
  await copy.rename("S-1 copy");
  expect(await copy.describe()).toMatchObject({
    id: sample.id,
    project: other,
    name: "S-1 copy",
    folder: "/copies",
    state: "closed",
    tags: ["a"],
  });
  expect(await sample.describe()).toMatchObject({ name: "S-1", folder: "/" });
  expect(await holdfast.objects.find({ scope: { project: other } })).toHaveLength(1);
  expect((await sample.clone({ project: other })).receipt.operation).toBe(copy.receipt.operation);

  world.setOnline(true);
  await copy.settled();
  await copy.acked();
  expect(copy.id).toBe((await sample.describe()).id);
  expect(await copy.describe()).toMatchObject({
    name: "S-1 copy",
    isProvisional: false,
    pending: 0,
  });
  const again = await sample.clone({ project: other });
  await again.receipt.acked();
  expect(again.key).toBe(copy.key);
  expect(await holdfast.operations.get(again.receipt.operation)).toMatchObject({ state: "found" });
});

test("what is certain to be refused is refused at the call", async () => {
  await using world = new World();
  const holdfast = await world.open({ paused: true });
  const { project } = world;
  const open = await holdfast.records.create({ project });
  expect(await codeOf(open.clone({ project: other }))).toBe("InvalidState");
  const sample = await closedSample(world, holdfast);
  expect(await codeOf(sample.clone({ project }))).toBe("InvalidInput");
  expect(await codeOf(sample.clone({ project: "elsewhere" }))).toBe("InvalidType");
  expect(await codeOf(sample.clone({ project: other, folder: "copies" }))).toBe("InvalidInput");
  const copy = await sample.clone({ project: other });
  expect(await codeOf(copy.addTypes(["T"]))).toBe("InvalidState");
  await copy.remove();
  expect(await codeOf(sample.clone({ project: other }))).toBe("InvalidState");
  await sample.remove();
  expect(await codeOf(sample.clone({ project: other }))).toBe("ResourceNotFound");
  expect(await holdfast.objects.count()).toBe(1);
});

test("a discard takes the copy away, and a discarded object parks its copies", async () => {
  await using world = new World();
  const holdfast = await world.open({ paused: true });
  const sample = await closedSample(world, holdfast);
  const copy = await sample.clone({ project: other });
  const tagged = await copy.addTags(["b"]);
  const { operation } = copy.receipt;
  expect(await holdfast.outbox.discardPreview({ operations: [operation] })).toMatchObject({
    operations: [{ kind: "clone" }, { kind: "addTags" }],
    parks: [],
    objects: [copy.key],
  });
  expect(await holdfast.outbox.discard({ operations: [operation] })).toBe(2);
  expect(await holdfast.objects.get(copy.key)).toBeUndefined();
  expect(await codeOf(tagged.acked())).toBe("Discarded");

  const again = await sample.clone({ project: other });
  const preview = await holdfast.outbox.discardPreview({ operations: [sample.receipt.operation] });
  expect(preview).toMatchObject({ operations: [{ kind: "create" }], parks: [{ kind: "clone" }] });
  await holdfast.outbox.discard({ operations: [sample.receipt.operation] });
  expect(await codeOf(again.settled())).toBe("Parked");
  expect(await holdfast.outbox.list()).toMatchObject([
    { kind: "clone", state: "parked", reason: { code: "DependencyParked" } },
  ]);
});
