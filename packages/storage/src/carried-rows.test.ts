import type { JournalRow, JsonText, OutboxRow, Put, Store, Write } from "@holdfast/core";
import { sampleJournal, sampleKey, sampleOutbox } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { putting, TestDatabase } from "./test-database.test-support.ts";

const request = 100;

/** Puts a request for the rows of the lanes into the journal, and says so in each row. */
function journalling(
  lanes: readonly number[],
  { journal = {}, row = {} }: { journal?: Partial<JournalRow>; row?: Partial<OutboxRow> } = {},
): Write<void> {
  return {
    durability: "strict",
    reads: { lanes: lanes.map(sampleKey) },
    decide: (rows) => {
      const carried = lanes.flatMap((n) => rows.lane(sampleKey(n)));
      const operations = carried.map(({ sequence }) => sequence);
      return {
        puts: [
          { table: "journal", row: sampleJournal(request, { operations, ...journal }) },
          ...carried.map((one): Put => ({ table: "outbox", row: { ...one, ...row, request } })),
        ],
        result: undefined,
      };
    },
  };
}

/** What the request carried is to be sent again, and the journal row is as the put says, or gone. */
function releasing(lanes: readonly number[], left?: JournalRow): Write<void> {
  return {
    durability: "strict",
    reads: { lanes: lanes.map(sampleKey), journal: [request] },
    decide: (rows) => {
      const carried = lanes.flatMap((n) => rows.lane(sampleKey(n)));
      return {
        deletes: [{ table: "journal", key: request }],
        puts: [
          ...carried.map((row): Put => ({ table: "outbox", row: unsent(row) })),
          ...(left === undefined ? [] : [{ table: "journal", row: left } as const]),
        ],
        result: undefined,
      };
    },
  };
}

function unsent({ request: _request, ...row }: OutboxRow): OutboxRow {
  return row;
}

const lanes = Array.from({ length: 20 }, (_, n) => n + 1);
const details = JSON.stringify("x".repeat(100_000)) as JsonText;

/** Each lane has one row, and the fifth is too large for one value. */
async function fill(store: Store): Promise<void> {
  const rows = lanes.map((n) =>
    sampleOutbox(n, sampleKey(n), n === 5 ? { operation: { kind: "setDetails", details } } : {}),
  );
  await store.write(putting(rows.map((row) => ({ table: "outbox", row }))));
}

async function requestsSeen(store: Store): Promise<readonly unknown[]> {
  const [scanned, inLanes, got] = await Promise.all([
    store.scan("outbox", { limit: 100 }),
    store.lanes(lanes.map(sampleKey)),
    store.get("outbox", lanes),
  ]);
  const seen = scanned.map((row) => row.request);
  expect(inLanes.flat().map((row) => row.request)).toEqual(seen);
  expect(got.map((row) => row?.request)).toEqual(seen);
  const alone = await Promise.all(lanes.map(async (n) => await store.lanes([sampleKey(n)])));
  expect(alone.map(([lane]) => lane?.[0]?.request)).toEqual(seen);
  return seen;
}

function storedRequests(values: readonly unknown[]): readonly (number | undefined)[] {
  return (values as { readonly row: Partial<OutboxRow> }[]).map(({ row }) => row.request);
}

test("that a request carries an operation is written once and read by every store", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await fill(store);
  await store.write(journalling([2, 3, 5, 19]));
  const expected = lanes.map((n) => ([2, 3, 5, 19].includes(n) ? request : undefined));
  expect(await requestsSeen(store)).toEqual(expected);
  expect(await requestsSeen(await database.open())).toEqual(expected);
  const stored = storedRequests(await database.values("outbox"));
  expect(stored.every((one) => one === undefined)).toBe(true);
});

test.each([
  ["gone", undefined],
  [
    "a shade",
    sampleJournal(request, {
      operations: [2, 3, 5, 19],
      shade: { until: { wallAt: 1 }, operations: [], settled: [] },
    }),
  ],
])("a request that is %s carries nothing any more", async (_, left) => {
  await using database = new TestDatabase();
  const store = await database.open();
  await fill(store);
  await store.write(journalling([2, 3, 5, 19]));
  await store.write(releasing([2, 3, 5, 19], left));
  const none = lanes.map(() => undefined);
  expect(await requestsSeen(store)).toEqual(none);
  expect(await requestsSeen(await database.open())).toEqual(none);
});

test.each([
  ["whose row changes with it", { row: { alone: true } }],
  ["whose request is too large for one value", { journal: { body: "x".repeat(100_000) } }],
  ["that the journal row does not name", { journal: { operations: [] } }],
] as const)("an operation %s is put with its request", async (_, changes) => {
  await using database = new TestDatabase();
  const store = await database.open();
  await fill(store);
  await store.write(journalling([2, 5], changes));
  const expected = lanes.map((n) => ([2, 5].includes(n) ? request : undefined));
  expect(await requestsSeen(store)).toEqual(expected);
  expect(await requestsSeen(await database.open())).toEqual(expected);
  expect(storedRequests(await database.values("outbox"))[1]).toBe(request);
});

test("what is changed while a request carries it stays carried", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await fill(store);
  await store.write(journalling([2, 3]));
  const parked = { reason: { code: "InvalidInput", message: "no" }, at: 1 } as const;
  await store.write({
    durability: "strict",
    reads: { lanes: [sampleKey(3)] },
    decide: (rows) => ({
      puts: rows.lane(sampleKey(3)).map((row) => ({ table: "outbox", row: { ...row, parked } })),
      result: undefined,
    }),
  });
  const cold = await database.open();
  const [row] = (await cold.lanes([sampleKey(3)])).flat();
  expect(row).toMatchObject({ request, parked });
  await cold.write(releasing([2, 3]));
  expect(await requestsSeen(store)).toEqual(lanes.map(() => undefined));
});
