import { HoldfastError, type Store, type StorageStatus } from "@holdfast/core";
import {
  memoryStore,
  sampleKey,
  sampleObject,
  sampleOutbox,
  VirtualClock,
} from "@holdfast/core/testing";
import type { Engine } from "@holdfast/sync";
import { expect, test } from "vitest";
import { ParkedIndex } from "./parked-index.ts";
import { StatusReader } from "./status.ts";

const idle: Pick<Engine, "status"> = {
  status: {
    phase: "idle",
    leading: true,
    blocked: [],
    counts: { pending: 0, sending: 0, parked: 0, acked: 0 },
  },
};

const failure = { code: "StorageFailed", message: "The browser removed the data." } as const;

/** One that holds an operation, until it fails. */
async function mortalStore(): Promise<{ readonly store: Store; readonly fail: () => void }> {
  const store = memoryStore();
  await store.write({
    durability: "strict",
    reads: {},
    decide: () => ({
      puts: [
        { table: "objects", row: sampleObject(1, {}, { pending: 1 }) },
        { table: "outbox", row: sampleOutbox(1, sampleKey(1)) },
      ],
      result: undefined,
    }),
  });
  const count = store.count.bind(store);
  let status: StorageStatus = store.status();
  store.status = () => status;
  store.count = async (table) => {
    if (status.mode === "degraded") throw new HoldfastError(failure);
    return await count(table);
  };
  return {
    store,
    fail: () => {
      status = { mode: "degraded", failure };
    },
  };
}

test("a store that fails is told with what it last held, to who looks later as well", async () => {
  const { store, fail } = await mortalStore();
  const clock = new VirtualClock();
  const parked = new ParkedIndex(store);
  const reader = new StatusReader({ store, clock, parked, engine: idle });
  expect(await reader.read()).toMatchObject({ counts: { waiting: 1 }, storage: store.status() });
  fail();
  const storage = { mode: "degraded", failure };
  expect(await reader.read()).toMatchObject({ counts: { waiting: 1 }, storage });
  const later = new StatusReader({ store, clock, parked, engine: idle });
  expect(await later.read()).toMatchObject({ counts: { waiting: 0 }, storage });
});
