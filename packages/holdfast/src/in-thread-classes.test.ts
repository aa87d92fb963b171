import { expect, test } from "vitest";
import { codeOf, World } from "./in-thread.test-support.ts";

test("a file and a workflow made offline are described at once, and exist once the network is back", async () => {
  await using world = new World();
  world.setOnline(false);
  const { project } = world;
  const holdfast = await world.open();
  const file = await holdfast.files.create({ project, name: "reads.fastq", media: "text/plain" });
  const workflow = await holdfast.workflows.create({
    project,
    name: "align",
    title: "Align",
    details: { reads: { $dnanexus_link: file.id } },
  });
  expect(await file.describe()).toMatchObject({
    class: "file",
    state: "open",
    media: "text/plain",
    isProvisional: true,
  });
  expect(await workflow.describe()).toMatchObject({
    class: "workflow",
    title: "Align",
    summary: "",
    stages: [],
    editVersion: 0,
  });
  expect(await holdfast.objects.find({ class: "file" })).toMatchObject([{ name: "reads.fastq" }]);
  await workflow.close();
  expect(await codeOf(workflow.close())).toBe("InvalidState");

  world.setOnline(true);
  await workflow.settled();
  await file.acked();
  expect(await workflow.describe()).toMatchObject({
    state: "closed",
    details: { reads: { $dnanexus_link: file.id } },
    isProvisional: false,
  });
  expect(world.platform.requests.map(({ route }) => route)).toEqual(
    expect.arrayContaining(["/file/new", "/workflow/new", "/workflow-xxxx/close"]),
  );
});

test("many files are made at once, all or none", async () => {
  await using world = new World();
  const holdfast = await world.open({ paused: true });
  const { project } = world;
  const inputs = Array.from({ length: 20 }, (_, n) => ({ project, name: `f-${n}` }));
  expect(await codeOf(holdfast.files.createMany([...inputs, { project, media: 1 as never }]))).toBe(
    "InvalidInput",
  );
  expect(await holdfast.objects.count()).toBe(0);
  expect(await holdfast.files.createMany(inputs)).toHaveLength(20);
  expect(await holdfast.objects.count({ class: "file" })).toBe(20);
});

test("a workflow made from another one takes what it is not given", async () => {
  await using world = new World();
  const holdfast = await world.open({ paused: true });
  const { project } = world;
  const first = await holdfast.workflows.create({ project, name: "one", title: "T", summary: "s" });
  const second = await holdfast.workflows.create({
    project,
    summary: "other",
    initializeFrom: { project, id: first.id },
  });
  expect(await second.describe()).toMatchObject({ name: "one", title: "T", summary: "other" });
});

test("a move shows at once, in listings too, and goes back where it is discarded", async () => {
  await using world = new World();
  const holdfast = await world.open({ paused: true });
  const { project } = world;
  const sample = await holdfast.records.create({ project, name: "S-1", close: true });
  const moved = await sample.move("/inbox/");
  const listing = { scope: { project, folder: "/inbox", recurse: false } };
  expect(await holdfast.objects.find(listing)).toMatchObject([{ name: "S-1", folder: "/inbox" }]);
  expect(await codeOf(sample.move("inbox"))).toBe("InvalidInput");
  expect(await holdfast.outbox.discard({ operations: [moved.operation] })).toBe(1);
  expect(await holdfast.objects.find(listing)).toEqual([]);
  expect(await sample.describe()).toMatchObject({ folder: "/", pending: 1 });
});
