import { type ObjectDescription, silentLogger, type Store } from "@holdfast/core";
import { memoryStore, sampleObject, settleMicrotasks } from "@holdfast/core/testing";
import { expect, test, vi } from "vitest";
import { applyDifference, type Difference } from "../difference.ts";
import { Describer } from "./describer.ts";
import { type LiveListener, LiveQuery } from "./live-query.ts";

function liveQuery(store: Store): LiveQuery {
  const describer = new Describer(store);
  const live = new LiveQuery({ store, describer, logger: silentLogger }, {});
  store.onCommit((notice) => {
    if (notice.origin === "here") live.touch(notice);
  });
  return live;
}

/** A page: what it was told, and what it would show. */
class Page implements LiveListener {
  readonly differences: Difference[] = [];
  failures = 0;
  rows: readonly ObjectDescription[] | undefined;

  onDifference(difference: Difference): void {
    this.differences.push(difference);
    this.rows = applyDifference(this.rows ?? [], difference);
  }

  onFailure(): void {
    this.failures += 1;
  }
}

async function put(store: Store, n: number, modified: number): Promise<void> {
  await store.write({
    durability: "strict",
    reads: {},
    decide: () => ({
      puts: [{ table: "objects", row: sampleObject(n, { modified }) }],
      result: undefined,
    }),
  });
  await settleMicrotasks();
}

test("whoever comes after a failure gets the result without waiting for a commit", async () => {
  const store = memoryStore();
  await put(store, 1, 1);
  vi.spyOn(store, "find").mockRejectedValueOnce(new Error("The disk is away."));
  const live = liveQuery(store);
  const [first, second] = [new Page(), new Page()];
  live.add(first);
  await settleMicrotasks();
  expect([first.failures, first.rows]).toEqual([1, undefined]);
  // The first has not been taken away yet: its end is still on the way from the page.
  live.add(second);
  await settleMicrotasks();
  expect(second.rows).toHaveLength(1);
});

test("a commit that does not concern the result is told to nobody, and describes nothing again", async () => {
  const store = memoryStore();
  for (let n = 0; n < 5; n++) await put(store, n, n);
  const live = liveQuery(store);
  const page = new Page();
  live.add(page);
  await settleMicrotasks();
  const reads = vi.spyOn(store, "get");
  await store.write({
    durability: "strict",
    reads: {},
    decide: () => ({
      puts: [{ table: "objects", row: sampleObject(9, { hidden: true }) }],
      result: undefined,
    }),
  });
  await settleMicrotasks();
  expect([page.differences.length, reads.mock.calls.length]).toEqual([1, 0]);
});
