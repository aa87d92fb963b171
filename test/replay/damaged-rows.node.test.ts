import type { LocalKey, OutboxRow } from "@holdfast/core";
import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";
import type { ReplayWorld } from "./replay-world.ts";
import { openStoredWorld } from "./stored-world.ts";

/** Behind the store's back, as a bad disk would. */
async function damage(indexedDB: IDBFactory, { sequence }: OutboxRow): Promise<void> {
  const opening = indexedDB.open("replay");
  const database = await resultOf(opening);
  const outbox = database.transaction("outbox", "readwrite").objectStore("outbox");
  const record = (await resultOf(outbox.get(sequence))) as { readonly row: object };
  await resultOf(outbox.put({ ...record, row: { ...record.row, version: "1", operation: 1 } }));
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
