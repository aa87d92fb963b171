import type { Store } from "@holdfast/core";
import { failureOf } from "@holdfast/core";
import {
  sampleContent,
  sampleJournal,
  sampleKey,
  sampleObject,
  sampleOutbox,
} from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { putting, recordingLogger, TestDatabase } from "./test-database.test-support.ts";

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return await promise.then(
    () => "resolved",
    (error: unknown) => failureOf(error)?.code,
  );
}

function reading(store: Store, n: number): Promise<unknown> {
  return store.write({
    durability: "relaxed",
    reads: { objects: [sampleKey(n)], lanes: [sampleKey(n)] },
    decide: (rows) => ({ result: [rows.object(sampleKey(n)), rows.lane(sampleKey(n))] }),
  });
}

const kinds = [
  {
    kind: "newer",
    code: "NewerVersion",
    spoil: (row: object) => ({ ...row, version: 2, view: { folder: "/", state: "open" } }),
  },
  {
    kind: "without a version",
    code: "StorageFailed",
    spoil: (row: object) => ({ ...row, version: "1" }),
  },
  {
    kind: "corrupt",
    code: "StorageFailed",
    spoil: (row: object) => ({ ...row, view: { folder: "/", state: "open" }, operation: 1 }),
  },
] as const;

test.for(kinds)(
  "an object row that is $kind is kept, reported and never returned",
  async ({ code, spoil }) => {
    await using database = new TestDatabase();
    const logger = recordingLogger();
    const writer = await database.open();
    await writer.write(putting([1, 2].map((n) => ({ table: "objects", row: sampleObject(n) }))));
    const store = await database.open({ logger });
    const [record] = (await database.values("objects")) as [{ row: object }];
    const spoiled = { ...record, row: spoil(record.row) };
    await database.putRaw("objects", spoiled);

    expect(await codeOf(store.get("objects", [sampleKey(1)]))).toBe(code);
    expect((await store.find({})).map(({ key }) => key)).toEqual([sampleKey(2)]);
    expect(logger.told.filter((line) => line.startsWith("error:"))).toHaveLength(1);
    const status = store.status();
    expect(status.mode === "degraded" && status.failure.code).toBe(code);

    const [bad, good] = await Promise.all([codeOf(reading(store, 1)), codeOf(reading(store, 2))]);
    expect([bad, good]).toEqual([code, "resolved"]);
    expect((await database.values("objects"))[0]).toEqual(spoiled);
  },
);

test.for(kinds)(
  "an outbox row that is $kind stops lanes, scans and the writes that read it",
  async ({ code, spoil }) => {
    await using database = new TestDatabase();
    const store = await database.open();
    await store.write(
      putting([1, 2].map((n) => ({ table: "outbox", row: sampleOutbox(n, sampleKey(n)) }))),
    );
    const [record] = (await database.values("outbox")) as [{ row: object }];
    await database.putRaw("outbox", { row: spoil(record.row) });

    expect(await codeOf(store.scan("outbox", { limit: 10 }))).toBe(code);
    expect(await codeOf(store.scan("outbox", { after: 1, limit: 10 }))).toBe("resolved");
    expect(await codeOf(store.lanes([sampleKey(1)]))).toBe(code);
    expect(await codeOf(store.lanes([sampleKey(2)]))).toBe("resolved");
    expect(await Promise.all([codeOf(reading(store, 1)), codeOf(reading(store, 2))])).toEqual([
      code,
      "resolved",
    ]);
    expect(await store.count("outbox")).toBe(2);
  },
);

test.for(kinds)(
  "a row of content that is $kind is kept, told, and leaves the others readable",
  async ({ code, spoil }) => {
    await using database = new TestDatabase();
    const store = await database.open();
    const rows = [1, 2].map((n) => sampleContent(n));
    await store.write(putting(rows.map((row) => ({ table: "contents", row }))));
    const [record] = (await database.values("contents")) as [{ row: object }];
    await database.putRaw("contents", { row: { ...spoil(record.row), parts: 1 } });

    expect(await codeOf(store.contents())).toBe(code);
    const damaged: unknown[] = [];
    const onDamaged = (row: unknown): void => void damaged.push(row);
    expect(await store.contents({ onDamaged })).toEqual([rows[1]]);
    expect(damaged).toMatchObject([{ key: rows[0]?.name, failure: { code } }]);
  },
);

test("a row whose parts are gone or cut is corrupt", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  const body = "x".repeat(200_000);
  await store.write(
    putting([2, 3].map((n) => ({ table: "journal", row: sampleJournal(n, { body }) }))),
  );
  await database.raw(async (raw) => {
    const parts = raw.transaction("parts", "readwrite").objectStore("parts");
    parts.delete(["journal", 2, 3]);
    parts.put("cut", ["journal", 3, 3]);
  });
  expect(await codeOf(store.get("journal", [2]))).toBe("StorageFailed");
  expect(await codeOf(store.get("journal", [3]))).toBe("StorageFailed");
});
