import { type Put, type Delete, silentLogger, type Store } from "@holdfast/core";
import {
  MemoryDatabase,
  memoryStore,
  sampleHistory,
  sampleKey,
  sampleObject,
  sampleOutbox,
  sampleState,
  settleMicrotasks,
  VirtualClock,
} from "@holdfast/core/testing";
import { expect, test, vi } from "vitest";
import type { Push } from "../wire.ts";
import { ChangeFeed } from "./change-feed.ts";
import { Waits } from "./waits.ts";

type Reached = Extract<Push, { push: "reached" }>["waits"][number];

const key = sampleKey(1);
const tag = sampleOutbox(4, key, { operation: { kind: "addTags", tags: ["a"] } });
const close = sampleOutbox(5, key);
const unsent = sampleObject(1, { state: "closed" }, { pending: 2, base: sampleState() });

async function setUp(database = new MemoryDatabase()): Promise<{
  store: Store;
  waits: Waits;
  reached: Reached[];
  clock: VirtualClock;
}> {
  const store = memoryStore({ database });
  await put(store, [
    { table: "objects", row: unsent },
    { table: "outbox", row: tag },
    { table: "outbox", row: close },
  ]);
  const clock = new VirtualClock();
  const latest = await store.checkForChanges();
  const feed = new ChangeFeed({ store, clock, logger: silentLogger, heartbeatMs: 3_000 }, latest);
  const reached: Reached[] = [];
  const waits = new Waits({ store, feed, logger: silentLogger }, (some) => reached.push(...some));
  return { store, waits, reached, clock };
}

async function put(
  store: Store,
  puts: readonly Put[],
  deletes: readonly Delete[] = [],
): Promise<void> {
  const decide = () => ({ puts, deletes, result: undefined });
  await store.write({ durability: "strict", reads: {}, decide });
  await settleMicrotasks();
}

async function ack(store: Store, sequence: 4 | 5): Promise<void> {
  const isLast = sequence === 5;
  const row = isLast
    ? sampleObject(1, { state: "closed" }, { realId: "record-1" as never })
    : { ...unsent, pending: 1 };
  await put(
    store,
    [
      { table: "objects", row },
      { table: "history", row: sampleHistory(sequence) },
    ],
    [{ table: "outbox", key: sequence }],
  );
}

test("an ack is told once, to whoever waits for it, and to whoever asks later", async () => {
  const { store, waits, reached } = await setUp();
  waits.add(1, { until: "acked", object: key, operation: tag.id });
  await settleMicrotasks();
  expect(reached).toEqual([]);
  await ack(store, 4);
  expect(reached).toEqual([{ wait: 1 }]);
  waits.add(2, { until: "acked", object: key, operation: tag.id });
  await settleMicrotasks();
  expect(reached).toEqual([{ wait: 1 }, { wait: 2 }]);
});

test("waiting for all of an object means what was in its lane at the call", async () => {
  const { store, waits, reached } = await setUp();
  waits.add(1, { until: "allAcked", object: key });
  await settleMicrotasks();
  await ack(store, 4);
  expect(reached).toEqual([]);
  await ack(store, 5);
  expect(reached).toEqual([{ wait: 1, id: "record-1" }]);
});

test("a close is reached with the ack that closed it", async () => {
  const { store, waits, reached } = await setUp();
  waits.add(1, { until: "settled", object: key, operation: tag.id });
  await settleMicrotasks();
  await ack(store, 4);
  await ack(store, 5);
  expect(reached).toEqual([{ wait: 1, id: "record-1" }]);
});

test("a close that is given up while somebody waits is told as discarded", async () => {
  const { store, waits, reached } = await setUp();
  waits.add(1, { until: "settled", object: key });
  await settleMicrotasks();
  await put(
    store,
    [
      { table: "objects", row: { ...unsent, view: sampleState(), pending: 1 } },
      { table: "history", row: sampleHistory(5, { outcome: "discarded" }) },
    ],
    [{ table: "outbox", key: 5 }],
  );
  expect(reached).toMatchObject([{ wait: 1, failure: { code: "Discarded", operation: close.id } }]);
});

test("parking is told with its reason", async () => {
  const { store, waits, reached } = await setUp();
  waits.add(1, { until: "acked", object: key, operation: close.id });
  await settleMicrotasks();
  const reason = { code: "PermissionDenied", message: "no" } as const;
  await put(store, [
    { table: "objects", row: { ...unsent, parked: 1 } },
    { table: "outbox", row: { ...close, parked: { reason, at: 0 } } },
  ]);
  expect(reached).toMatchObject([{ wait: 1, failure: { code: "Parked", reason } }]);
});

test("a wait that was taken back is not told", async () => {
  const { store, waits, reached } = await setUp();
  waits.add(1, { until: "acked", object: key, operation: tag.id });
  waits.remove(1);
  await ack(store, 4);
  expect(reached).toEqual([]);
});

test("what this tab commits is told without being looked up", async () => {
  const { store, waits, reached } = await setUp();
  waits.add(1, { until: "acked", object: key, operation: tag.id });
  waits.add(2, { until: "allAcked", object: key });
  await settleMicrotasks();
  const reads = [vi.spyOn(store, "get"), vi.spyOn(store, "lanes")];
  await ack(store, 4);
  expect(reached).toEqual([{ wait: 1 }]);
  await ack(store, 5);
  expect(reached).toEqual([{ wait: 1 }, { wait: 2, id: "record-1" }]);
  for (const read of reads) expect(read).not.toHaveBeenCalled();
});

test("of two operations waited for together, a refusal of the second is told after the first is done", async () => {
  const { store, waits, reached } = await setUp();
  waits.add(1, { until: "allAcked", object: key });
  await settleMicrotasks();
  await ack(store, 4);
  const reason = { code: "PermissionDenied", message: "no" } as const;
  await put(store, [
    { table: "objects", row: { ...unsent, pending: 1, parked: 1 } },
    { table: "outbox", row: { ...close, parked: { reason, at: 0 } } },
  ]);
  expect(reached).toMatchObject([{ wait: 1, failure: { code: "Parked", reason } }]);
});

test("what another tab commits is looked up", async () => {
  const database = new MemoryDatabase();
  const { waits, reached } = await setUp(database);
  const other = memoryStore({ database });
  waits.add(1, { until: "acked", object: key, operation: tag.id });
  waits.add(2, { until: "settled", object: key, operation: close.id });
  await settleMicrotasks();
  await ack(other, 4);
  await ack(other, 5);
  expect(reached).toEqual([{ wait: 1 }, { wait: 2, id: "record-1" }]);
});

test("a receipt that could not be read is told at the next heartbeat", async () => {
  const { store, waits, reached, clock } = await setUp();
  await ack(store, 4);
  await ack(store, 5);
  const broken = vi.spyOn(store, "lanes").mockRejectedValue(new Error("The disk is away."));
  waits.add(1, { until: "settled", object: key });
  await settleMicrotasks();
  expect(broken).toHaveBeenCalled();
  expect(reached).toEqual([]);
  broken.mockRestore();
  await clock.advance(3_000);
  expect(reached).toEqual([{ wait: 1, id: "record-1" }]);
});

test("a lane that cannot be read holds up no receipt of another object", async () => {
  const { store, waits, reached } = await setUp();
  const lanes = store.lanes.bind(store);
  vi.spyOn(store, "lanes").mockImplementation(async (keys) => {
    if (keys.includes(sampleKey(2))) throw new Error("The row is corrupt.");
    return await lanes(keys);
  });
  waits.add(1, { until: "allAcked", object: sampleKey(2) });
  waits.add(2, { until: "acked", object: key, operation: tag.id });
  await ack(store, 4);
  expect(reached).toEqual([{ wait: 2 }]);
});
