import { type CommitNotice, silentLogger, type Store } from "@holdfast/core";
import {
  MemoryDatabase,
  memoryStore,
  sampleKey,
  sampleObject,
  settleMicrotasks,
  VirtualClock,
} from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { ChangeFeed, keysOf, type Touched } from "./change-feed.ts";

/** Another tab's commit, done within this very turn. */
function put(database: MemoryDatabase, n: number): void {
  const puts = [{ table: "objects", row: sampleObject(n) }] as const;
  database.commit({
    puts,
    deletes: [],
    sequence: database.sequence,
    durability: "strict",
  });
}

/** A feed whose listener is told by hand, turn by turn, that another tab has written. */
function feedOn(store: Store): {
  readonly told: Touched[];
  readonly feed: ChangeFeed;
  readonly notify: (notice: CommitNotice) => void;
} {
  let notify!: (notice: CommitNotice) => void;
  const heard: Store = new Proxy(store, {
    get(target, name) {
      if (name === "onCommit") {
        return (listener: (notice: CommitNotice) => void) => {
          notify = listener;
          return () => {};
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const clock = new VirtualClock();
  const feed = new ChangeFeed({ store: heard, clock, logger: silentLogger, heartbeatMs: 3_000 }, 0);
  const told: Touched[] = [];
  feed.subscribe((touched) => told.push(touched));
  return { told, feed, notify };
}

test("a change heard of in any turn of a look at the one before is told without a heartbeat", async () => {
  for (let turns = 0; turns < 20; turns++) {
    const database = new MemoryDatabase();
    const { told, feed, notify } = feedOn(memoryStore({ database, hearsBroadcasts: false }));
    put(database, 1);
    notify({ origin: "elsewhere", latest: 1 });
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    put(database, 2);
    notify({ origin: "elsewhere", latest: 2 });
    await settleMicrotasks();
    const keys = told.flatMap((touched) => [...keysOf(touched)]);
    expect(new Set<unknown>(keys), `after ${turns} turns`).toEqual(
      new Set([sampleKey(1), sampleKey(2)]),
    );
    feed.close();
  }
});
