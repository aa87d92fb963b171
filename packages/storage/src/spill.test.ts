import { serialize } from "node:v8";
import { type JsonText, keyOfPut, type Put } from "@holdfast/core";
import {
  sampleHistory,
  sampleJournal,
  sampleKey,
  sampleObject,
  sampleOutbox,
} from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { storeNames } from "./schema.ts";
import { sizeBound } from "./size-bound.ts";
import { putting, TestDatabase } from "./test-database.test-support.ts";

const limit = 60 * 1024;

function details(text: string): JsonText {
  return JSON.stringify({ text }) as JsonText;
}

const long = (n: number): string => `${n}-${"é漢".repeat(40)}`;
const many = Array.from({ length: 500 }, (_, n) => long(n));
const properties = Object.fromEntries(many.map((name) => [name, "漢".repeat(230)]));

const puts: readonly Put[] = [
  { table: "objects", row: sampleObject(1, { details: details("x".repeat(8 * 2 ** 20)) }) },
  { table: "objects", row: sampleObject(2, { details: details("漢".repeat(3 * 2 ** 20)) }) },
  { table: "objects", row: sampleObject(3, { tags: many, types: many, links: many, properties }) },
  {
    table: "objects",
    row: sampleObject(4, { folder: `/${"漢".repeat(10_000)}`, tags: many.slice(0, 60) }),
  },
  { table: "objects", row: sampleObject(5, { name: "n".repeat(61_000) }) },
  {
    table: "objects",
    row: sampleObject(6, { properties }, { base: sampleObject(6, { properties }).view }),
  },
  {
    table: "outbox",
    row: sampleOutbox(1, sampleKey(1), {
      touches: many,
      operation: { kind: "setDetails", details: details("é".repeat(2 ** 20)) },
    }),
  },
  { table: "journal", row: sampleJournal(2, { body: "\u{1f9ec}".repeat(2.25 * 2 ** 20) }) },
  {
    table: "journal",
    row: sampleJournal(3, { operations: Array.from({ length: 20_000 }, (_, n) => n) }),
  },
  { table: "history", row: sampleHistory(4, { requestId: "r".repeat(100_000) }) },
];

test("no value of any table exceeds 60 KiB serialised, whatever a row holds", {
  timeout: 60_000,
}, async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  const crowd = Array.from(
    { length: 501 },
    (_, n): Put => ({ table: "objects", row: sampleObject(100 + n) }),
  );
  await store.write(putting(crowd.slice(0, 500)));
  await store.write(putting(crowd));
  await store.write(putting(puts));

  for (const name of storeNames) {
    for (const value of await database.values(name)) {
      expect(serialize(value).length, name).toBeLessThanOrEqual(limit);
    }
  }
  for (const put of puts) {
    expect(await store.get(put.table, [keyOfPut(put)])).toEqual([put.row]);
  }
});

test("a row just within the bound is one value, one just beyond it goes into parts", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  const base = sizeBound(sampleObject(1)) + 512;
  const room = Math.floor((limit - base) / 2) + "sample".length;
  await store.write(
    putting([{ table: "objects", row: sampleObject(1, { name: "漢".repeat(room) }) }]),
  );
  expect(await database.values("parts")).toHaveLength(0);
  await store.write(
    putting([{ table: "objects", row: sampleObject(1, { name: "漢".repeat(room + 1) }) }]),
  );
  expect(await database.values("parts")).toHaveLength(2);
});

test("the size bound is never below what the serialiser takes", () => {
  const values = [
    ...puts.map(({ row }) => row),
    { a: null, b: true, c: 1.5, d: -1, e: [1, 2, [3]], f: "", g: "\ud800", h: undefined },
    Array.from({ length: 100 }, () => ({})),
  ];
  for (const value of values) {
    // The serialiser's own header belongs to the value as a whole.
    expect(sizeBound(value)).toBeGreaterThanOrEqual(serialize(value).length - 2);
  }
});

test("the parts of a row go with it: when it shrinks, when it is deleted, read before or not", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  const big = (n: number, length: number): Put => ({
    table: "objects",
    row: sampleObject(n, { details: details("x".repeat(length)) }),
  });
  await store.write(putting([big(1, 300_000), big(2, 300_000), big(3, 300_000), big(4, 300_000)]));
  const before = (await database.values("parts")).length;

  await store.write(putting([big(1, 100_000)]));
  await store.write(putting([big(2, 1)]));
  await store.write({
    durability: "strict",
    reads: { objects: [sampleKey(3)] },
    decide: () => ({ deletes: [{ table: "objects", key: sampleKey(3) }], result: undefined }),
  });
  await store.write({
    durability: "strict",
    reads: {},
    decide: () => ({ deletes: [{ table: "objects", key: sampleKey(4) }], result: undefined }),
  });

  expect(before).toBe(4 * 11);
  expect(await database.values("parts")).toHaveLength(4);
  expect((await store.get("objects", [sampleKey(1)]))[0]?.view.details).toHaveLength(100_011);
});

test("a row in parts is found by its types, tags and links, in or out of the index", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  const some = {
    details: details("x".repeat(100_000)),
    types: ["T"],
    tags: ["a"],
    links: ["record-1"],
  };
  const rows = [sampleObject(1, some), sampleObject(2, { tags: many, types: many, links: many })];
  await store.write(putting(rows.map((row): Put => ({ table: "objects", row }))));
  const found = async (query: Parameters<typeof store.find>[0]): Promise<readonly string[]> =>
    (await store.find(query)).map(({ key }) => key);

  for (const query of [{ tags: "a" }, { type: "T" }, { link: "record-1" }]) {
    expect(await found(query)).toEqual([sampleKey(1)]);
  }
  for (const query of [{ tags: long(499) }, { type: long(499) }, { link: long(499) }]) {
    expect(await found(query)).toEqual([sampleKey(2)]);
  }
  expect(await store.countFound({ tags: "none" })).toBe(0);
});
