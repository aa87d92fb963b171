import { type Put, type Write } from "@holdfast/core";
import { sampleJournal, sampleKey, sampleObject, sampleOutbox } from "@holdfast/core/testing";
import { IDBDatabase } from "fake-indexeddb";
import { afterEach, expect, test, vi } from "vitest";
import { putting, TestDatabase } from "./test-database.test-support.ts";

afterEach(() => vi.restoreAllMocks());

/** Durability of every transaction that writes, from now on. */
function spyOnDurability(): () => string[] {
  const spy = vi.spyOn(IDBDatabase.prototype, "transaction");
  return () =>
    spy.mock.results
      .map(({ value }) => value as IDBTransaction)
      .filter(({ mode }) => mode === "readwrite")
      .map(({ durability }) => durability);
}

const large = "x".repeat(200_000);
const paths: readonly { readonly name: string; readonly put: Put }[] = [
  { name: "an object", put: { table: "objects", row: sampleObject(1) } },
  {
    name: "a large object",
    put: { table: "objects", row: sampleObject(1, { details: JSON.stringify(large) as never }) },
  },
  { name: "an operation", put: { table: "outbox", row: sampleOutbox(1, sampleKey(1)) } },
  { name: "a request", put: { table: "journal", row: sampleJournal(1) } },
  { name: "a large request", put: { table: "journal", row: sampleJournal(1, { body: large }) } },
  {
    name: "the lease",
    put: { table: "meta", row: { version: 1, name: "lease", epoch: 1, owner: "tab", untilAt: 1 } },
  },
];

test.for(paths)("$name written strictly goes through one strict transaction", async ({ put }) => {
  await using database = new TestDatabase();
  const store = await database.open();
  const seen = spyOnDurability();
  await store.write(putting([put], "strict"));
  expect(seen()).toEqual(["strict"]);
});

test("a relaxed write alone stays relaxed", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  const seen = spyOnDurability();
  await store.write(putting([{ table: "objects", row: sampleObject(1) }], "relaxed"));
  expect(seen()).toEqual(["relaxed"]);
});

test("a group is as strict as its strictest write", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  const seen = spyOnDurability();
  await Promise.all(
    (["relaxed", "strict", "relaxed"] as const).map((durability, n) =>
      store.write(putting([{ table: "objects", row: sampleObject(n) }], durability)),
    ),
  );
  expect(seen()).toEqual(["strict"]);
});

test("calls that come while a transaction is in flight share the next one", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  const seen = spyOnDurability();
  const write = (n: number): Promise<void> =>
    store.write(putting([{ table: "objects", row: sampleObject(n) }]));
  const first = write(0);
  await Promise.resolve();
  await Promise.resolve();
  await Promise.all([first, ...Array.from({ length: 99 }, (_, n) => write(n + 1))]);
  expect(seen()).toEqual(["strict", "strict"]);
  expect(await store.count("objects")).toBe(100);
});

test("a group takes no further write once it is full of writes, rows or bytes", async () => {
  for (const limits of [{ groupWrites: 10 }, { groupRows: 10 }, { groupBytes: 10_000 }]) {
    await using database = new TestDatabase();
    const store = await database.open({ limits });
    const seen = spyOnDurability();
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        store.write(putting([{ table: "objects", row: sampleObject(n) }])),
      ),
    );
    expect(seen().length, JSON.stringify(limits)).toBeGreaterThanOrEqual(4);
    expect(await store.count("objects")).toBe(40);
    vi.restoreAllMocks();
  }
});

test("a write larger than any group is still committed, alone and whole", async () => {
  await using database = new TestDatabase();
  const store = await database.open({ limits: { groupRows: 5 } });
  const puts = Array.from(
    { length: 50 },
    (_, n): Put => ({ table: "objects", row: sampleObject(n) }),
  );
  const neighbour: Write<number> = {
    durability: "strict",
    reads: { objects: [sampleKey(49)] },
    decide: (rows) => ({ result: rows.object(sampleKey(49)) === undefined ? 0 : 1 }),
  };
  const [, found] = await Promise.all([store.write(putting(puts)), store.write(neighbour)]);
  expect(found).toBe(1);
});
