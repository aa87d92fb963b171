import type { Json, LocalKey, OperationId } from "@holdfast/core";
import { expect, test } from "vitest";
import type { Holdfast } from "./holdfast.ts";
import type { InThreadOptions } from "./in-thread.ts";
import { codeOf, when, World } from "./in-thread.test-support.ts";
import type { HistoryEntry } from "./operations.ts";
import type { OutboxEntry } from "./outbox.ts";

const other = "project-GGGGGGGGGGGGGGGGGGGGGGGG";

/** The first of so many parked operations, once there are as many. */
async function firstParked(holdfast: Holdfast, count: number): Promise<OutboxEntry> {
  const { entries } = await when(holdfast.outbox.parked$, ({ total }) => total === count);
  return entries[0] as OutboxEntry;
}

/** A record of ours that is on the platform, open, and this tab offline with an edit of its details. */
async function editedOffline(world: World, holdfast: Holdfast): Promise<string> {
  const { project } = world;
  const record = await holdfast.records.create({ project, name: "S-1", details: { n: 1 } });
  await record.acked();
  const { id } = await record.describe();
  world.setOnline(false);
  await record.setDetails({ n: 2 });
  await record.addTypes(["Sample"]);
  await record.addTags(["free"]);
  await world.platform.control.act("user-ada", `/${id}/close`, {});
  world.setOnline(true);
  await holdfast.wake();
  return id;
}

test("a refused create is mended where it stands, and what came after it goes with it", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const { project } = world;
  const record = await holdfast.records.create({ project, name: "S-1", folder: "/missing" });
  const tagged = await record.addTags(["a"]);
  const { id, choices } = await firstParked(holdfast, 2);
  expect(choices).toEqual(["retry", "edit", "discard"]);
  expect(await codeOf(holdfast.outbox.edit(id, { name: "" }))).toBe("InvalidInput");
  const receipt = await holdfast.outbox.edit(id, { parents: true });
  expect(receipt).toMatchObject({ operation: id, object: record.key });
  await receipt.acked();
  await tagged.acked();
  expect(await world.objects()).toMatchObject([{ name: "S-1", tags: ["a"] }]);
  expect(await codeOf(holdfast.outbox.edit(id, { name: "late" }))).toBe("ResourceNotFound");
  expect(await codeOf(holdfast.outbox.edit("what", { name: "late" }))).toBe("InvalidInput");
});

test("what a closed record cannot take is saved as a new one, and the history says so", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const id = await editedOffline(world, holdfast);
  const { entries } = await when(holdfast.outbox.parked$, ({ total }) => total === 2);
  expect(entries.map(({ kind, choices }) => [kind, choices])).toEqual([
    ["setDetails", ["saveAsNew", "discard"]],
    ["addTypes", ["saveAsNew", "discard"]],
  ]);
  const [first] = entries;
  const copy = await holdfast.outbox.saveAsNew(first?.id ?? "");
  await copy.acked();
  expect(await copy.describe()).toMatchObject({ state: "open", details: { n: 2 } });
  const found = (await world.objects()).find((object) => object.id !== id);
  expect(found).toMatchObject({ name: "S-1", state: "open", types: ["Sample"], details: { n: 2 } });
  const history = await holdfast.history.list();
  const saved = history.filter(({ state }) => state === "savedAsNew");
  expect(saved.map(({ kind, savedAs }) => [kind, savedAs])).toEqual([
    ["setDetails", copy.key],
    ["addTypes", copy.key],
  ]);
  expect(await holdfast.operations.get(first?.id ?? "")).toMatchObject({ savedAs: copy.key });
  expect(await codeOf(holdfast.outbox.saveAsNew(first?.id ?? ""))).toBe("ResourceNotFound");
});

test("parked operations are chosen by reason, by object, and by both", async () => {
  await using world = new World();
  const { project } = world;
  await world.platform.control.setLevel(project, "user-ada", "VIEW");
  const holdfast = await world.open();
  const one = await holdfast.records.create({ project, name: "S-1" });
  await holdfast.records.create({ project, name: "S-2" });
  await when(holdfast.outbox.parked$, ({ total }) => total === 2);
  const { key: object } = one;
  const preview = await holdfast.outbox.discardPreview({ reason: "PermissionDenied", object });
  expect(preview.operations.map((entry) => entry.object)).toEqual([object]);
  expect(await holdfast.outbox.discard({ reason: "InvalidInput", object })).toBe(0);
  expect(await holdfast.outbox.discard({ parked: true, object })).toBe(1);
  expect(await codeOf(holdfast.outbox.discard({ operations: [], object } as never))).toBe(
    "InvalidInput",
  );
  expect(await codeOf(holdfast.outbox.discard({} as never))).toBe("InvalidInput");
});

test("what was refused for want of rights goes by itself with a higher level", async () => {
  await using world = new World();
  const { project } = world;
  await world.platform.control.setLevel(project, "user-ada", "VIEW");
  const holdfast = await world.open();
  const record = await holdfast.records.create({ project, name: "S-1" });
  await when(holdfast.outbox.parked$, ({ total }) => total === 1);
  await world.platform.control.setLevel(project, "user-ada", "UPLOAD");
  world.setOnline(false);
  await when(holdfast.status$, ({ phase }) => phase !== "idle");
  world.setOnline(true);
  await holdfast.wake();
  await when(holdfast.outbox.parked$, ({ total }) => total === 0);
  await record.acked();
  expect(await world.objects()).toMatchObject([{ name: "S-1" }]);
});

test("what the app has stated to give up is given up, and the history says by what", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ parked: { ResourceNotFound: "discard" } });
  const lost = await holdfast.records.create({ project, name: "lost", folder: "/missing" });
  const kept = await holdfast.records.create({ project, name: "kept" });
  await kept.acked();
  await when(holdfast.status$, ({ counts }) => counts.ended === 2);
  const { state, policy } = (await holdfast.operations.get(lost.receipt.operation)) as HistoryEntry;
  expect([state, policy]).toEqual(["discarded", "ResourceNotFound"]);
  expect(await codeOf(lost.receipt.acked())).toBe("Discarded");
  expect(await codeOf(world.open({ parked: { Nonsense: "discard" } as never }))).toBe(
    "InvalidInput",
  );
});

/** Details that Ada changed offline and Bob meanwhile; what came of them, once nothing waits any more. */
async function disputed(
  world: World,
  onDetailsConflict: InThreadOptions["onDetailsConflict"],
  [base, ours, theirs]: readonly [Json, Json, Json],
): Promise<Holdfast> {
  const holdfast = await world.open(onDetailsConflict === undefined ? {} : { onDetailsConflict });
  const { project } = world;
  const record = await holdfast.records.create({ project, name: "S-1", details: base });
  await record.acked();
  const { id } = await record.describe();
  world.setOnline(false);
  await record.setDetails(ours);
  await world.platform.control.act("user-ada", `/${id}/setDetails`, theirs as never);
  world.setOnline(true);
  await holdfast.wake();
  await when(holdfast.status$, ({ phase, counts }) => phase === "idle" && counts.waiting === 0);
  return holdfast;
}

const versions = [
  { a: 1, b: 1 },
  { a: 2, b: 1 },
  { a: 3, b: 9 },
] as const;

test("details changed elsewhere at other paths are merged with ours", async () => {
  await using world = new World();
  await disputed(world, undefined, [
    { a: 1, b: 1 },
    { a: 2, b: 1 },
    { a: 1, b: 9 },
  ]);
  expect(await world.objects()).toMatchObject([{ details: { a: 2, b: 9 } }]);
});

test("details changed at the same path park, and a retry overwrites that path alone", async () => {
  await using world = new World();
  const holdfast = await disputed(world, undefined, versions);
  const entry = await firstParked(holdfast, 1);
  expect(entry.reason).toMatchObject({ code: "Conflict", paths: ["/a"] });
  expect(await holdfast.outbox.retry({ reason: "Conflict" })).toBe(1);
  await when(holdfast.status$, ({ counts }) => counts.waiting + counts.parked === 0);
  expect(await world.objects()).toMatchObject([{ details: { a: 2, b: 9 } }]);
});

test.each<[string, InThreadOptions["onDetailsConflict"], Json]>([
  ["ours", "ours", { a: 2, b: 9 }],
  ["theirs", "theirs", { a: 3, b: 9 }],
  [
    "a function",
    ({ paths, merged }) => ({ details: { paths, merged } }),
    { paths: ["/a"], merged: { a: 2, b: 9 } },
  ],
])("details changed at the same path are decided by %s", async (_, onConflict, expected) => {
  await using world = new World();
  await disputed(world, onConflict, versions);
  expect(await world.objects()).toMatchObject([{ details: expected }]);
});

test("a function that throws decides nothing: a person does", async () => {
  await using world = new World();
  const fails = (): never => {
    throw new Error("no");
  };
  const holdfast = await disputed(world, fails, versions);
  expect((await firstParked(holdfast, 1)).reason?.code).toBe("Conflict");
  expect(await codeOf(world.open({ onDetailsConflict: "mine" as never }))).toBe("InvalidInput");
});

test("a damaged row holds its own object back, is told and kept, and holds up no other", async () => {
  await using world = new World();
  const { project } = world;
  const before = await world.open({ paused: true });
  const [broken, fine] = await before.records.createMany([
    { project, name: "broken" },
    { project, name: "fine" },
  ]);
  await before.close();
  await spoilFirstOperation(world);
  const holdfast = await world.open();
  await holdfast.objects.handle(fine?.key as LocalKey).acked();
  expect((await world.objects()).map(({ name }) => name)).toEqual(["fine"]);
  const { damaged, counts } = await when(holdfast.status$, ({ phase }) => phase === "idle");
  expect(damaged).toMatchObject([{ object: broken?.key, reason: { code: "StorageFailed" } }]);
  expect(counts.waiting).toBe(1);
  const parked = await when(holdfast.outbox.parked$, () => true);
  expect(parked.damaged).toEqual(damaged);
  await holdfast.objects.handle(broken?.key as LocalKey).addTags(["later"]);
  const other = await holdfast.records.create({ project, name: "other" });
  await other.acked();
  expect((await world.objects()).map(({ name }) => name).sort()).toEqual(["fine", "other"]);
  expect(await codeOf(holdfast.signOut())).toBe("UnsentWork");
});

test("a damaged row holds up nothing that is done to folders", async () => {
  await using world = new World();
  const { project } = world;
  const before = await world.open({ paused: true });
  await before.records.create({ project, name: "broken", folder: "/a", parents: true });
  const made = await before.folders.create(project, "/a/b", { parents: true });
  const [inside] = await before.records.createMany([{ project, name: "inside", folder: "/a/b" }]);
  await before.close();
  await spoilFirstOperation(world);
  const holdfast = await world.open();
  await holdfast.objects.handle(inside?.key as LocalKey).acked();
  expect((await holdfast.history.list()).map(({ id }) => id)).toContain(made.operation);
});

test("a damaged operation on a folder holds its project back and no other", async () => {
  await using world = new World();
  const { project } = world;
  await world.platform.control.addProject({
    id: other,
    name: "other",
    permissions: { "user-ada": "ADMINISTER" },
  });
  const before = await world.open({ paused: true });
  await before.folders.create(project, "/a");
  await before.records.create({ project, name: "inside", folder: "/a" });
  const elsewhere = await before.records.create({ project: other, name: "elsewhere" });
  await before.close();
  await spoilFirstOperation(world);
  const holdfast = await world.open();
  await holdfast.objects.handle(elsewhere.key).acked();
  const { counts } = await when(holdfast.status$, ({ phase }) => phase === "idle");
  expect(counts.waiting).toBe(2);
  expect(await world.objects()).toEqual([]);
});

async function spoilFirstOperation({ indexedDB }: World): Promise<void> {
  const [{ name = "" } = {}] = await indexedDB.databases();
  const database = await result(indexedDB.open(name));
  const store = database.transaction("outbox", "readwrite").objectStore("outbox");
  const [record] = (await result(store.getAll())) as [{ row: object }];
  await result(store.put({ ...record, row: { ...record.row, operation: 1 } }));
  database.close();
}

function result<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
}

test("the history begins with the newest where that is asked for", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open();
  for (const name of ["one", "two", "three"]) {
    await (await holdfast.records.create({ project, name })).acked();
  }
  const oldest = (await holdfast.history.list()).map(({ id }) => id);
  const newest = (await holdfast.history.list({ newestFirst: true })).map(({ id }) => id);
  expect(newest).toEqual([...oldest].reverse());
  const [first] = newest as [OperationId];
  const rest = await holdfast.history.list({ newestFirst: true, after: first, limit: 1 });
  expect(rest.map(({ id }) => id)).toEqual([newest[1]]);
});

test("a key made by hand of the real id names the object that was made here", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open();
  const record = await holdfast.records.create({ project, name: "S-1" });
  await record.acked();
  const { id } = await record.describe();
  const byHand = holdfast.objects.handle(`${project}/${id}` as LocalKey);
  const [tagged] = await Promise.all([byHand.addTags(["a"]), byHand.rename("S-2"), record.close()]);
  expect(tagged.object).toBe(record.key);
  await tagged.acked();
  await byHand.settled();
  await byHand.acked();
  expect(await world.objects()).toMatchObject([{ name: "S-2", tags: ["a"], state: "closed" }]);
  const nobody = holdfast.objects.handle(`${project}/record-${"0".repeat(24)}` as LocalKey);
  expect(await codeOf(nobody.addTags(["a"]))).toBe("ResourceNotFound");
});
