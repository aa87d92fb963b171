import type { ObjectRow, ProjectId } from "@holdfast/core";
import { sampleJournal, sampleObject, sampleOutbox, sampleProject } from "@holdfast/core/testing";
import { Dexie } from "dexie";
import { IDBKeyRange } from "fake-indexeddb";
import { expect, test } from "vitest";
import { olderSchemas } from "./older-schemas.test-support.ts";
import { schemaVersion } from "./schema.ts";
import { encode } from "./stored-record.ts";
import { done, putting, TestDatabase } from "./test-database.test-support.ts";

const project: ProjectId = sampleProject();

async function relocatedIn(store: Awaited<ReturnType<TestDatabase["open"]>>): Promise<unknown> {
  return await store.write({
    durability: "relaxed",
    reads: { relocated: [project] },
    decide: (rows) => ({ result: rows.relocated(project).map(({ key }) => key) }),
  });
}

test.each(olderSchemas)(
  "a store of schema %i opens with all it holds, and its new indexes fill from then on",
  async (version, tables) => {
    expect(version).toBeLessThanOrEqual(schemaVersion);
    await using database = new TestDatabase();
    const { indexedDB, name } = database;
    const old = new Dexie(name, { indexedDB, IDBKeyRange });
    old.version(version).stores({ ...tables });
    await old.open();
    const [row, outbox] = [sampleObject(1, { folder: "/a" }), sampleOutbox(1, sampleObject(1).key)];
    await old.table("objects").put(encode({ table: "objects", row }).record);
    await old.table("outbox").put(encode({ table: "outbox", row: outbox }).record);
    const sent = sampleOutbox(2, sampleObject(2).key, { request: 8 });
    const journal = sampleJournal(8, { lane: sent.lane, operations: [sent.sequence] });
    await old.table("outbox").put(encode({ table: "outbox", row: sent }).record);
    await old.table("journal").put(encode({ table: "journal", row: journal }).record);
    await old.table("changes").put({
      version: 1,
      change: 4,
      sequence: 9,
      hasParts: false,
      objects: [row.key],
      stamp: "old",
    });
    old.close();

    const store = await database.open();
    expect(await store.find({ scope: { project, folder: "/a" } })).toEqual([row]);
    expect(await store.lanes([row.key, sent.lane])).toEqual([[outbox], [sent]]);
    expect(await store.scan("journal", { limit: 10 })).toEqual([journal]);
    expect(await relocatedIn(store)).toEqual([]);
    const relocations = [{ operation: 2, from: "/a", to: "/b", isApplied: true }] as const;
    const moved: ObjectRow = { ...row, view: { ...row.view, folder: "/b" }, relocations };
    await store.write(putting([{ table: "objects", row: moved }]));
    expect(await relocatedIn(store)).toEqual([row.key]);
    await store.write(putting([{ table: "objects", row }]));
    expect(await relocatedIn(store)).toEqual([]);
  },
);

test("a store whose removal was broken off opens with all it holds, and is made where that went through", async () => {
  await using database = new TestDatabase();
  const { indexedDB, name } = database;
  const row = sampleObject(1);
  const before = await database.open();
  await before.write(putting([{ table: "objects", row }]));
  await before.close();
  const request = indexedDB.open(name, (await versionOf(database)) + 1);
  await done(request);
  request.result.close();

  const kept = await database.open();
  expect(await kept.get("objects", [row.key])).toEqual([row]);
  await kept.close();
  await done(indexedDB.deleteDatabase(name));
  const made = await database.open();
  expect(await made.get("objects", [row.key])).toEqual([undefined]);
});

async function versionOf(database: TestDatabase): Promise<number> {
  return await database.raw(({ version }) => version);
}
