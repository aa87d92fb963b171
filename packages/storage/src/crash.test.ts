import type { Store, Write } from "@holdfast/core";
import { failureOf } from "@holdfast/core";
import { sampleKey, sampleObject, sampleOutbox } from "@holdfast/core/testing";
import { IDBObjectStore } from "fake-indexeddb";
import { afterEach, expect, test, vi } from "vitest";
import { TestDatabase } from "./test-database.test-support.ts";

afterEach(() => vi.restoreAllMocks());

const large = JSON.stringify("x".repeat(100_000)) as never;

/** An object with an operation, some of them large, and a counter that both carry. */
function change(n: number): Write<number> {
  return {
    durability: "strict",
    reads: { objects: [sampleKey(n)], lanes: [sampleKey(n)] },
    decide: (rows) => {
      const sequence = rows.nextSequence();
      const details = n % 2 === 0 ? large : ("{}" as never);
      return {
        puts: [
          {
            table: "objects",
            row: sampleObject(n, { details, tags: [`${sequence}`] }, { pending: 1 }),
          },
          { table: "outbox", row: sampleOutbox(sequence, sampleKey(n)) },
        ],
        deletes: rows.lane(sampleKey(n)).map((row) => ({ table: "outbox", key: row.sequence })),
        result: sequence,
      };
    },
  };
}

/** The transaction of the `nth` put from now on is aborted in the middle, as the end of a process would. */
function abortAtPut(nth: number): { readonly happened: boolean } {
  let puts = 0;
  const state = { happened: false };
  const original = Reflect.get(IDBObjectStore.prototype, "put") as IDBObjectStore["put"];
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    const request = Reflect.apply(original, this, args) as IDBRequest<IDBValidKey>;
    puts += 1;
    if (puts === nth) {
      state.happened = true;
      (this.transaction as unknown as { _abort(name: string): void })._abort("QuotaExceededError");
    }
    return request as never;
  });
  return state;
}

/** Every operation has its object and names the same number, and nothing else is there. */
async function expectWhole(store: Store, resolved: ReadonlyMap<number, number>): Promise<void> {
  const objects = await store.find({});
  const outbox = await store.scan("outbox", { limit: 1_000 });
  expect(new Map(outbox.map((row) => [row.lane, `${row.sequence}`]))).toEqual(
    new Map(objects.map((row) => [row.key, row.view.tags[0]])),
  );
  const kept = new Map([...resolved].map(([n, sequence]) => [sampleKey(n), `${sequence}`]));
  expect(new Map(objects.map((row) => [row.key, row.view.tags[0]]))).toEqual(kept);
}

test("a transaction that ends at any of its puts leaves exactly what had been committed", {
  timeout: 60_000,
}, async () => {
  for (let nth = 1; ; nth++) {
    await using database = new TestDatabase();
    const store = await database.open();
    const resolved = new Map<number, number>();
    const crash = abortAtPut(nth);
    for (const group of [[1], [2, 3, 4], [2], [1, 5, 6]]) {
      await Promise.all(
        group.map(async (n) => {
          try {
            resolved.set(n, await store.write(change(n)));
          } catch (error) {
            expect(failureOf(error)?.code).toBe("StorageQuota");
          }
        }),
      );
    }
    vi.restoreAllMocks();
    const { latest, changes } = await store.changesSince(0);
    await expectWhole(store, resolved);
    await store.close();

    const again = await database.open();
    await expectWhole(again, resolved);
    expect(await again.changesSince(0)).toEqual({ latest, changes });
    const next = await again.write(change(9));
    expect(next).toBeGreaterThan(Math.max(0, ...resolved.values()));
    const parts = (await database.values("parts")).length;
    const largeRows = (await again.find({})).filter(
      (row) => row.view.details.length > 60_000,
    ).length;
    expect(parts, "parts belong to rows that are there").toBe(largeRows * 4);
    if (!crash.happened) break;
    expect(nth).toBeLessThan(200);
  }
});
