import { expect, test } from "vitest";
import { codeOf, when, World } from "./in-thread.test-support.ts";

test("what is made, annotated and closed offline is one closed object once the network is back", async () => {
  await using world = new World();
  world.setOnline(false);
  const holdfast = await world.open();
  const sample = await holdfast.records.create({
    project: world.project,
    folder: "/run-7",
    parents: true,
    name: "S-1",
    types: ["Sample"],
    details: { tissue: "blood" },
  });
  await sample.addTags(["urgent"]);
  await sample.setProperties({ operator: "ada" });
  await sample.close();
  expect(await sample.describe()).toMatchObject({
    state: "closed",
    isProvisional: true,
    pending: 4,
  });

  world.setOnline(true);
  await sample.settled();

  const objects = await world.objects();
  expect(objects).toEqual([
    {
      id: sample.id,
      name: "S-1",
      state: "closed",
      tags: ["urgent"],
      types: ["Sample"],
      properties: { operator: "ada", ".holdfast-key": expect.any(String) },
      details: { tissue: "blood" },
    },
  ]);
  expect(await sample.describe()).toMatchObject({
    id: sample.id,
    isProvisional: false,
    pending: 0,
  });
  expect(world.platform.requests.filter(({ route }) => route === "/record/new")).toHaveLength(1);
});

test("offline work survives a restart, and its receipts are found again", async () => {
  await using world = new World();
  world.setOnline(false);
  const before = await world.open();
  const made = await before.records.create({ project: world.project, name: "S-1" });
  const tagged = await made.addTags(["a"]);
  await before.close();

  world.setOnline(true);
  const after = await world.open();
  const sample = await after.objects.get(made.key);
  await sample?.close();
  await sample?.settled();
  expect(await after.operations.get(tagged.operation)).toMatchObject({
    state: "acked",
    kind: "addTags",
  });
  expect(await world.objects()).toMatchObject([{ name: "S-1", state: "closed", tags: ["a"] }]);
});

test("createMany of 1,200 is all or nothing and takes few transactions' worth of requests", async () => {
  await using world = new World();
  const holdfast = await world.open({ paused: true });
  const inputs = Array.from({ length: 1_200 }, (_, index) => ({
    project: world.project,
    name: `S-${index}`,
  }));
  const progress: number[] = [];
  const bad = inputs.with(777, { project: world.project, name: 7 as never });
  const refused = await holdfast.records.createMany(bad).catch((error) => error.failure);
  expect(refused).toMatchObject({ code: "InvalidInput", details: { index: 777 } });
  expect(await holdfast.objects.count()).toBe(0);

  const made = await holdfast.records.createMany(inputs, {
    onProgress: ({ done }) => progress.push(done),
  });
  expect(made).toHaveLength(1_200);
  expect(progress.at(-1)).toBe(1_200);
  expect(await holdfast.objects.count()).toBe(1_200);
  expect(await holdfast.objects.find({ limit: 1_200 })).toHaveLength(1_200);
  expect(new Set(made.map(({ key }) => key)).size).toBe(1_200);
});

test("a refused operation parks, says why, and can be given up or tried again", async () => {
  await using world = new World();
  const { project } = world;
  await world.platform.control.setLevel(project, "user-ada", "VIEW");
  const holdfast = await world.open();
  const first = await holdfast.records.create({ project, name: "first" });
  const second = await holdfast.records.create({ project, name: "second" });

  expect(await codeOf(first.receipt.acked())).toBe("Parked");
  const page = await when(holdfast.outbox.parked$, ({ total }) => total === 2);
  expect(page.reasons).toEqual([{ code: "PermissionDenied", count: 2 }]);
  expect(page.entries).toMatchObject([{ name: "first", state: "parked" }, { name: "second" }]);

  const { operation } = first.receipt;
  const preview = await holdfast.outbox.discardPreview({ operations: [operation] });
  expect(preview.objects).toEqual([first.key]);
  expect(await holdfast.outbox.discard({ operations: [operation] })).toBe(1);
  expect(await codeOf(first.receipt.acked())).toBe("Discarded");
  expect(await codeOf(first.describe())).toBe("ResourceNotFound");

  await world.platform.control.setLevel(project, "user-ada", "CONTRIBUTE");
  expect(await holdfast.outbox.retry({ reason: "PermissionDenied" })).toBe(1);
  await second.acked();
  expect(await world.objects()).toMatchObject([{ name: "second", state: "open" }]);
  const history = await holdfast.history.list();
  expect(history.map(({ state }) => state)).toEqual(["discarded", "acked"]);
});

test("two tabs write at once while one sends, and both see everything", async () => {
  await using world = new World();
  const { project } = world;
  const one = await world.open();
  const two = await world.open();
  const made = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      (index % 2 === 0 ? one : two).records.create({ project, name: `S-${index}`, close: true }),
    ),
  );
  await Promise.all(made.map((sample) => sample.settled()));
  const objects = await world.objects();
  expect(objects).toHaveLength(60);
  expect(objects.every(({ state }) => state === "closed")).toBe(true);
  for (const tab of [one, two]) {
    const rows = await when(
      tab.objects.watch(),
      (rows) => rows.length === 60 && rows.every(({ isProvisional }) => !isProvisional),
    );
    expect(rows).toHaveLength(60);
  }
});

test("a live query follows edits of another tab", async () => {
  await using world = new World();
  const { project } = world;
  const one = await world.open({ paused: true });
  const two = await world.open({ paused: true });
  const sample = await one.records.create({ project, name: "S-1" });
  const names: string[] = [];
  const subscription = two.objects.watch({ tags: "urgent" }).subscribe((rows) => {
    names.push(rows.map(({ name }) => name).join());
  });
  await when(two.objects.watch({ tags: "urgent" }), (rows) => rows.length === 0);
  await sample.addTags(["urgent"]);
  await when(two.objects.watch({ tags: "urgent" }), (rows) => rows.length === 1);
  await sample.rename("S-2");
  await when(two.objects.watch({ tags: "urgent" }), ([row]) => row?.name === "S-2");
  await sample.removeTags(["urgent"]);
  await when(two.objects.watch({ tags: "urgent" }), (rows) => rows.length === 0);
  subscription.unsubscribe();
  expect(names).toEqual(["", "S-1", "S-2", ""]);
});

test("a link to an object made here shows the real id once it is known", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  const donor = await holdfast.records.create({ project, name: "donor" });
  const sample = await holdfast.records.create({
    project,
    name: "sample",
    details: { donor: { $dnanexus_link: donor.id } },
  });
  const shown = when(
    holdfast.objects.watch({ name: "sample" }),
    ([row]) => row !== undefined && row.links[0] !== donor.key.split("/")[1],
  );
  await holdfast.resume();
  await sample.acked();
  await donor.acked();
  const [row] = await shown;
  expect(row?.links).toEqual([donor.id]);
  expect(row?.details).toEqual({ donor: { $dnanexus_link: donor.id } });
  const linked = await holdfast.objects.find({ link: donor.id });
  expect(linked.map(({ name }) => name)).toEqual(["sample"]);
});

test("closing 600 at once gives each its outcome, and one refusal leaves the others be", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  const made = await holdfast.records.createMany(
    Array.from({ length: 600 }, (_, index) => ({ project, name: `S-${index}` })),
  );
  const nobody = `${project}/record-holdZZZZZZZZZZZZZZZZZZZZ`;
  const done: number[] = [];
  const outcomes = await holdfast.objects.closeMany([nobody, ...made.map(({ key }) => key)], {
    onProgress: (progress) => done.push(progress.done),
  });
  expect(done).toEqual([500, 601]);
  expect(outcomes[0]).toMatchObject({ object: nobody, failure: { code: "ResourceNotFound" } });
  expect(outcomes.filter((one) => "receipt" in one)).toHaveLength(600);
  expect(await holdfast.objects.count({ state: "closed" })).toBe(600);
});

test("bad input is refused with the platform's error type and changes nothing", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  const sample = await holdfast.records.create({ project, name: "S-1", close: true });
  expect(await codeOf(holdfast.records.create({ project: "nowhere" }))).toBe("InvalidType");
  expect(await codeOf(holdfast.records.create({ project, types: ["a b"] }))).toBe("InvalidInput");
  expect(await codeOf(sample.setDetails({ late: true }))).toBe("InvalidState");
  expect(await codeOf(sample.setProperties({ ".holdfast-key": "x" }))).toBe("InvalidInput");
  expect(await codeOf(holdfast.objects.find({ limit: 0 }))).toBe("InvalidInput");
  expect(await holdfast.objects.count()).toBe(1);
  expect(
    await codeOf(
      holdfast.objects.handle(`${project}/record-holdXXXXXXXXXXXXXXXXXXXX` as never).close(),
    ),
  ).toBe("ResourceNotFound");
});

test("settled without a close rejects at once", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const sample = await holdfast.records.create({ project: world.project, name: "S-1" });
  expect(await codeOf(sample.settled())).toBe("NotClosing");
  const receipt = await sample.rename("S-2");
  expect(await codeOf(receipt.settled())).toBe("NotClosing");
});

test("the order of calls is kept when one of them must look something up first", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  const donor = await holdfast.records.create({ project, name: "donor" });
  const sample = await holdfast.records.create({ project, name: "sample" });
  await Promise.all([
    sample.setDetails({ donor: { $dnanexus_link: donor.id } }),
    sample.addTags(["a"]),
    sample.close(),
  ]);
  expect(await sample.describe()).toMatchObject({ state: "closed", links: [donor.id] });
});

test("signing out refuses while work is unsent, and forced leaves no trace in any tab", async () => {
  await using world = new World();
  world.setOnline(false);
  const one = await world.open();
  const two = await world.open();
  const sample = await one.records.create({ project: world.project, name: "S-1" });
  expect(await codeOf(two.signOut())).toBe("UnsentWork");
  expect(await sample.describe()).toMatchObject({ name: "S-1" });
  await two.signOut({ force: true });
  expect(await codeOf(two.objects.count())).toBe("StorageClosed");
  expect(await codeOf(sample.describe())).toBe("StorageClosed");
  expect(await world.indexedDB.databases()).toEqual([]);
});

test("wiping counts and removes what every user of this name has kept", async () => {
  await using world = new World();
  world.setOnline(false);
  const bob = await world.open({ user: "user-bob" });
  await bob.records.create({ project: world.project, name: "B-1" });
  await bob.close();
  const ada = await world.open();
  const other = await world.open({ name: "other" });
  expect(await codeOf(ada.wipe())).toBe("UnsentWork");
  await ada.wipe({ force: true });
  const names = (await world.indexedDB.databases()).map(({ name }) => name);
  expect(names).toEqual(["other:platform.test:user-ada"]);
  expect(await other.objects.count()).toBe(0);
});

test("the status tells phase, counts, storage and age", async () => {
  await using world = new World();
  world.setOnline(false);
  const holdfast = await world.open();
  await holdfast.records.create({ project: world.project, name: "S-1" });
  const offline = await when(
    holdfast.status$,
    ({ phase, counts }) => phase === "offline" && counts.waiting === 1,
  );
  expect(offline).toMatchObject({
    storage: { mode: "memory" },
    background: { state: "off", reason: "notRegistered" },
    sender: true,
  });
  expect(offline.oldestUnsentAgeMs).toBeGreaterThanOrEqual(0);
  world.setOnline(true);
  const idle = await when(
    holdfast.status$,
    ({ phase, counts }) => phase === "idle" && counts.ended === 1,
  );
  expect(idle.counts).toEqual({ waiting: 0, sending: 0, parked: 0, ended: 1 });
});

test("a token of somebody else is never used, and a new one is asked for on resume", async () => {
  await using world = new World();
  await world.platform.control.addToken("user-bob", "token-of-bob");
  let token = "token-of-bob";
  const holdfast = await world.open({ token: () => token });
  const sample = await holdfast.records.create({ project: world.project, name: "S-1" });
  const stopped = await when(holdfast.status$, ({ phase }) => phase === "needsAuth");
  expect(stopped.failure?.code).toBe("NeedsAuth");
  expect(world.platform.effects).toEqual([]);
  token = "token-of-ada";
  await holdfast.resume();
  await sample.acked();
  expect(await world.objects()).toMatchObject([{ name: "S-1" }]);
});

test("while paused nothing leaves, and resume sends", async () => {
  await using world = new World();
  const holdfast = await world.open();
  await holdfast.pause();
  const sample = await holdfast.records.create({ project: world.project, name: "S-1" });
  await when(holdfast.status$, ({ phase, counts }) => phase === "paused" && counts.waiting === 1);
  expect(await world.objects()).toEqual([]);
  await holdfast.resume();
  await sample.acked();
  expect(await world.objects()).toHaveLength(1);
});

test("a store that is bound to another user is refused", async () => {
  await using world = new World();
  const storage = {
    ...world.storage,
    open: (request: Parameters<typeof world.storage.open>[0]) =>
      world.storage.open({ ...request, databaseName: "shared" }),
  };
  await world.open({ ports: { storage } });
  expect(await codeOf(world.open({ user: "user-bob", ports: { storage } }))).toBe(
    "PermissionDenied",
  );
});

test("history is exported as one JSON line an entry", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const sample = await holdfast.records.create({ project: world.project, name: "S-1" });
  await sample.addTags(["a"]);
  await sample.acked();
  const blob = await holdfast.history.export();
  const lines = (await blob.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { kind: "create", state: "acked", user: "user-ada" },
    { kind: "addTags" },
  ]);
});

test("nothing is left after a close but StorageClosed", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const sample = await holdfast.records.create({ project: world.project, name: "S-1" });
  await holdfast.close();
  await holdfast.close();
  expect(await codeOf(sample.describe())).toBe("StorageClosed");
  expect(await codeOf(holdfast.records.create({ project: world.project }))).toBe("StorageClosed");
});

test("a close with what somebody else changed just before is no plain success", async () => {
  await using world = new World();
  const { control } = world.platform;
  const holdfast = await world.open({
    ports: {
      fetch: async (request) => {
        const [, id, method] = new URL(request.url).pathname.split("/");
        if (method === "close") {
          await control.act("user-ada", `/${id}/setDetails`, { changed: "elsewhere" });
        }
        return await world.fetch(request);
      },
    },
  });
  const sample = await holdfast.records.create({ project: world.project, name: "S-1" });
  await sample.acked();
  const closing = await sample.close();
  expect(await codeOf(sample.settled())).toBe("ClosedWithForeignChange");
  expect(await codeOf(closing.settled())).toBe("ClosedWithForeignChange");
  expect(await holdfast.operations.get(closing.operation)).toMatchObject({
    state: "acked",
    closedWithForeignChange: ["details"],
  });
  expect(await sample.describe()).toMatchObject({
    state: "closed",
    details: { changed: "elsewhere" },
  });
});
