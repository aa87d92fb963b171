import type { LocalKey, OutboxRow } from "@holdfast/core";
import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";
import type { ReplayWorld } from "./replay-world.ts";
import { openStoredWorld } from "./stored-world.ts";

/** Behind the store's back, as a bad disk would. */
async function damage(indexedDB: IDBFactory, { sequence }: OutboxRow): Promise<void> {
  await spoil(indexedDB, { table: "outbox", key: sequence }, { version: "1", operation: 1 });
}

async function damageObject(indexedDB: IDBFactory, key: LocalKey): Promise<void> {
  await spoil(indexedDB, { table: "objects", key }, { class: 1 });
}

async function spoil(
  indexedDB: IDBFactory,
  { table, key }: { readonly table: string; readonly key: IDBValidKey },
  damaged: object,
): Promise<void> {
  const database = await resultOf(indexedDB.open("replay"));
  const store = database.transaction(table, "readwrite").objectStore(table);
  const record = (await resultOf(store.get(key))) as { readonly row: object };
  await resultOf(store.put({ ...record, row: { ...record.row, ...damaged } }));
  database.close();
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
}

async function rowOf(world: ReplayWorld, key: LocalKey, at: number): Promise<OutboxRow> {
  const [lane] = await world.app.lanes([key]);
  const row = lane?.[at];
  if (row === undefined) throw new Error(`${key} has a row in the outbox`);
  return row;
}

function effectsOf(world: ReplayWorld): readonly string[] {
  return world.platform.effects.map(({ route }) => route.replace(/project-\w+/, "project"));
}

test("what is done to a folder waits neither for a damaged row nor for the rest of its lane", async () => {
  const indexedDB = new IDBFactory();
  await using world = await openStoredWorld("damaged", indexedDB);
  const held = await world.create({ name: "held", folder: "/a/b", parents: true });
  await world.edit(held.key, "addTags", { tags: ["x"] });
  const healthy = await world.create({ name: "healthy", folder: "/a/c", parents: true });
  await world.editFolder("newFolder", { folder: "/a/d", parents: true });
  await damage(indexedDB, await rowOf(world, held.key, 1));
  const { engine } = await world.openTab();
  await world.run(30_000);
  expect(effectsOf(world)).toEqual(["/record/new", "/project/newFolder"]);
  expect(world.causedBy(healthy.createKey)).toHaveLength(1);
  expect(world.errors).toMatchObject([{ lane: held.key }]);
  expect(engine.status).toMatchObject({ leading: true, phase: "idle" });
});

test("what is done to a folder does not wait for what needs an object whose create is damaged", async () => {
  const indexedDB = new IDBFactory();
  await using world = await openStoredWorld("damaged-create", indexedDB);
  const held = await world.create({ name: "held" });
  const details = { sample: { $dnanexus_link: held.id } };
  await world.create({ name: "needs it", folder: "/a/b", parents: true, details });
  await world.editFolder("newFolder", { folder: "/a/d", parents: true });
  await world.create({ name: "healthy", folder: "/a", parents: true });
  await damage(indexedDB, await rowOf(world, held.key, 0));
  await world.openTab();
  await world.run(30_000);
  expect(effectsOf(world).toSorted()).toEqual(["/project/newFolder", "/record/new"]);
  expect(world.errors).toMatchObject([{ lane: held.key }]);
});

test("a damaged object holds back itself and no other, whatever is asked about it", async () => {
  const indexedDB = new IDBFactory();
  await using world = await openStoredWorld("damaged-object", indexedDB);
  const held = await world.create({ name: "held" });
  const healthy = await world.create({ name: "healthy" });
  const details = { sample: { $dnanexus_link: held.id } };
  const needy = await world.create({ name: "needs it", details });
  await damageObject(indexedDB, held.key);
  const { engine } = await world.openTab();
  await world.run(30_000);
  expect(effectsOf(world)).toEqual(["/record/new"]);
  expect(world.causedBy(healthy.createKey)).toHaveLength(1);
  expect(world.errors).toMatchObject([{ lane: held.key, failure: { code: "StorageFailed" } }]);
  expect(engine.status).toMatchObject({ leading: true, phase: "idle" });
  expect(engine.status.heldBack).toMatchObject([{ lane: held.key }]);
  expect((await rowOf(world, needy.key, 0)).parked).toBeUndefined();
});

test("a damaged object of which a close is watched or a request given up ends no term", async () => {
  const indexedDB = new IDBFactory();
  await using world = await openStoredWorld("damaged-watched", indexedDB);
  const first = await world.openTab();
  const closed = await world.create({ name: "closed" });
  const late = await world.create({ name: "late" });
  await world.drain(10_000);
  world.platform.faults.next("/record-xxxx/rename", { kind: "cutAfterEffect" });
  for (const name of ["one", "two"]) {
    await world.edit(late.key, "rename", { name });
    await world.drain(60_000);
  }
  world.wrapFetch = (fetch) => async (request) => {
    if (request.url.endsWith("/describeDataObjects")) throw new TypeError("fetch failed");
    return await fetch(request);
  };
  await world.edit(closed.key, "close");
  await world.drain(10_000);
  first.process.kill();
  world.wrapFetch = (fetch) => fetch;
  // The shade of the renaming, and the close to be compared.
  expect(await world.app.count("journal")).toBe(2);
  await damageObject(indexedDB, closed.key);
  await damageObject(indexedDB, late.key);
  const { engine } = await world.openTab();
  const healthy = await world.create({ name: "healthy" });
  await world.run(20 * 60_000);
  expect(world.causedBy(healthy.createKey)).toHaveLength(1);
  expect(engine.status).toMatchObject({ leading: true, phase: "idle" });
  expect(world.errors).toEqual([]);
});

test("a request that is on its way for a damaged object keeps its place in the journal", async () => {
  const indexedDB = new IDBFactory();
  await using world = await openStoredWorld("damaged-sent", indexedDB);
  const first = await world.openTab();
  world.platform.faults.next("/record/new", { kind: "cutAfterEffect" });
  const held = await world.create({ name: "held" });
  await world.run(200);
  first.process.kill();
  await damageObject(indexedDB, held.key);
  const healthy = await world.create({ name: "healthy" });
  const { engine } = await world.openTab();
  await world.run(60_000);
  expect(world.causedBy(healthy.createKey)).toHaveLength(1);
  expect(world.causedBy(held.createKey)).toHaveLength(1);
  expect(await world.app.count("journal")).toBe(1);
  expect(world.errors).toMatchObject([{ lane: held.key }]);
  expect(engine.status).toMatchObject({ leading: true });
});

test("a folder is renamed over a damaged object in it", async () => {
  const indexedDB = new IDBFactory();
  await using world = await openStoredWorld("damaged-inside", indexedDB);
  await world.openTab();
  const inside = await world.create({ name: "inside", folder: "/a", parents: true });
  const other = await world.create({ name: "other", folder: "/a", parents: true });
  await world.drain(10_000);
  await damageObject(indexedDB, inside.key);
  await world.editFolder("renameFolder", { folder: "/a", name: "b" });
  await world.drain(30_000);
  expect(await world.outbox()).toEqual([]);
  const [object] = await world.app.get("objects", [other.key]);
  expect(object?.view.folder).toBe("/b");
});

test("a damaged operation that does not tell its object holds back that object and no other", async () => {
  const indexedDB = new IDBFactory();
  await using world = await openStoredWorld("damaged-stray", indexedDB);
  const held = await world.create({ name: "held" });
  await world.edit(held.key, "addTags", { tags: ["x"] });
  const healthy = await world.create({ name: "healthy" });
  await world.editFolder("newFolder", { folder: "/a" });
  const { sequence } = await rowOf(world, held.key, 0);
  await spoil(indexedDB, { table: "outbox", key: sequence }, { lane: 1 });
  const { engine } = await world.openTab();
  await world.run(30_000);
  expect(effectsOf(world).toSorted()).toEqual(["/project/newFolder", "/record/new"]);
  expect(world.causedBy(healthy.createKey)).toHaveLength(1);
  expect(engine.status).toMatchObject({ leading: true, phase: "idle" });
  expect(engine.status.heldBack).toMatchObject([{ lane: held.key }]);
  await world.edit(held.key, "addTags", { tags: ["y"] });
  await world.run(30_000);
  expect(world.platform.effects).toHaveLength(2);
});

test.each(["objects", "outbox"])(
  "a row of %s of a newer release stops the sender",
  async (table) => {
    const indexedDB = new IDBFactory();
    await using world = await openStoredWorld(`newer-${table}`, indexedDB);
    const newer = await world.create({ name: "newer" });
    await world.create({ name: "healthy" });
    const { sequence } = await rowOf(world, newer.key, 0);
    const key = table === "objects" ? newer.key : sequence;
    await spoil(indexedDB, { table, key }, { version: 2 });
    const { engine } = await world.openTab();
    await world.run(30_000);
    expect(engine.status).toMatchObject({ phase: "stopped", failure: { code: "NewerVersion" } });
    expect(effectsOf(world)).toEqual([]);
  },
);
