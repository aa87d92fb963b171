import { type ContentName, silentLogger, type Transfers } from "@holdfast/core";
import {
  memoryStore,
  sampleKey,
  sampleObject,
  sampleOutbox,
  VirtualClock,
} from "@holdfast/core/testing";
import { expect, test } from "vitest";
import type { Push } from "../wire.ts";
import { ChangeFeed } from "./change-feed.ts";
import { Watches, type WatchPorts } from "./watches.ts";

/** A watch of the transfer of file 1, whose content is attached, and what it says first. */
async function firstSaid(transfers: Transfers): Promise<unknown> {
  const [clock, store, logger] = [new VirtualClock(), memoryStore(), silentLogger];
  const content = "content-0123456789BFGJKPQVXY" as ContentName;
  const operation = { kind: "attach", content, size: 70 } as const;
  await store.write({
    durability: "strict",
    reads: {},
    decide: () => ({
      puts: [
        { table: "objects", row: sampleObject(1, {}, { pending: 1 }) },
        { table: "outbox", row: sampleOutbox(1, sampleKey(1), { operation }) },
      ],
      result: undefined,
    }),
  });
  const feed = new ChangeFeed({ store, clock, logger, heartbeatMs: 1_000 }, 1);
  const { promise, resolve } = Promise.withResolvers<Push>();
  const ports: Partial<WatchPorts> = {
    ...{ store, clock, logger, feed },
    read: (async () => transfers) as unknown as WatchPorts["read"],
    onOtherChange: () => () => {},
    push: resolve,
  };
  const watches = new Watches(ports as WatchPorts);
  await watches.add(1, { of: "transfer", object: sampleKey(1) });
  const push = await promise;
  watches.close();
  feed.close();
  return push.push === "value" ? push.value : push;
}

const total = { size: 70, moved: 0, confirmed: 0, bytesPerSecond: 0 };

test("a transfer that is not named among too many is one that waits for its turn", async () => {
  const file = sampleKey(1);
  expect(await firstSaid({ files: [], total: { files: 1, ...total } })).toEqual({
    ...{ file, direction: "upload", size: 70 },
    ...{ moved: 0, confirmed: 0 },
  });
});

test("where all transfers are named, what is not among them is not on its way", async () => {
  expect(await firstSaid({ files: [], total: { files: 0, ...total } })).toBe(null);
});
