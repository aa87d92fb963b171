import { type Channel, failureOf, type LocalKey, type Store, type Write } from "@holdfast/core";
import { LocalChannels, sampleKey, sampleObject, sampleOutbox } from "@holdfast/core/testing";
import fc from "fast-check";
import { forceCloseDatabase, IDBDatabase, IDBObjectStore } from "fake-indexeddb";
import { afterEach, expect, test, vi } from "vitest";
import { putting, TestDatabase } from "./test-database.test-support.ts";

afterEach(() => vi.restoreAllMocks());

const object = sampleObject(1);

test("a channel that cannot be posted to leaves what is committed committed, once", async () => {
  await using database = new TestDatabase();
  const channel: Channel = {
    post: () => {
      throw new DOMException("The channel is closed.", "InvalidStateError");
    },
    subscribe: () => () => {},
    close: () => {},
  };
  const store = await database.open({ channel });
  const write = putting([{ table: "objects", row: object }]);
  await Promise.all([store.write(write), store.write(write)]);
  expect((await store.changesSince(0)).latest).toBe(1);
});

const keys = [0, 1, 2].map(sampleKey);
const step = fc.record({
  store: fc.nat(1),
  key: fc.nat(keys.length - 1),
  other: fc.nat(keys.length - 1),
  does: fc.constantFrom(
    "append",
    "append",
    "append",
    "move",
    "clear",
    "refuse",
    "throw",
    "uncloneable",
    "large",
    "readNothing",
  ),
  durability: fc.constantFrom("strict", "relaxed"),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
const fault = fc.constantFrom(undefined, undefined, "abort", "forceClose", "lostNews", "quota");
const rounds = fc.array(
  fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 8 }), fault, at: fc.nat(12) }),
  { minLength: 1, maxLength: 6 },
);

const text = JSON.stringify("x".repeat(70_000));

/** Each write leaves its mark: the number of the step, in the object's tags and in the lane. */
function writeOf(one: Step, mark: string): Write<number> {
  const write = marking(one, mark);
  return {
    ...write,
    decide(rows) {
      const decision = write.decide(rows);
      // Drawn last: by it the true order of the writes is told.
      return "failure" in decision ? decision : { ...decision, result: rows.nextSequence() };
    },
  };
}

function marking(one: Step, mark: string): Write<undefined> {
  const [key, other] = [keys[one.key] as LocalKey, keys[one.other] as LocalKey];
  const { durability, does } = one;
  if (does === "readNothing") {
    return {
      durability,
      reads: {},
      decide: (rows) => {
        const sequence = rows.nextSequence();
        const row = sampleObject(100 + sequence, { tags: [mark] });
        return { puts: [{ table: "objects", row }], result: undefined };
      },
    };
  }
  return {
    durability,
    reads: { objects: [key, other], lanes: [key, other] },
    decide(rows) {
      const before = rows.object(key);
      const tags = [...(before?.view.tags ?? []), mark];
      const details = (does === "large" ? text : "{}") as never;
      const row = { ...sampleObject(one.key, { tags, details }) };
      const lane = rows.lane(key);
      // What the lane holds is what the object's marks say, whoever wrote before in the same group.
      expect(lane.map(({ touches }) => touches[0])).toEqual(before?.view.tags ?? []);
      switch (does) {
        case "append":
        case "large":
        case "uncloneable": {
          const touches = does === "uncloneable" ? [mark, (() => {}) as never] : [mark];
          const put = sampleOutbox(rows.nextSequence(), key, { touches });
          return {
            puts: [
              { table: "objects", row },
              { table: "outbox", row: put },
            ],
            result: undefined,
          };
        }
        case "move": {
          // All of the lane goes to the other object, and all of that object's stays.
          if (key === other) return { result: undefined };
          const moved = lane.map(({ touches }) =>
            sampleOutbox(rows.nextSequence(), other, { touches }),
          );
          const joined = [
            ...(rows.object(other)?.view.tags ?? []),
            ...moved.map(({ touches }) => touches[0] as string),
          ];
          return {
            deletes: lane.map(({ sequence }) => ({ table: "outbox", key: sequence })),
            puts: [
              { table: "objects", row: sampleObject(one.key) },
              { table: "objects", row: sampleObject(one.other, { tags: joined }) },
              ...moved.map((row) => ({ table: "outbox", row }) as const),
            ],
            result: undefined,
          };
        }
        case "clear":
          return {
            deletes: [
              { table: "objects", key },
              ...lane.map(({ sequence }) => ({ table: "outbox", key: sequence }) as const),
            ],
            result: undefined,
          };
        case "refuse":
          rows.nextSequence();
          return { failure: { code: "InvalidState", message: mark } };
        case "throw":
          rows.nextSequence();
          throw new Error(mark);
        default:
          return does satisfies never;
      }
    },
  };
}

/** The same, one after the other on plain maps. */
class Model {
  readonly marks = new Map<string, string[]>();
  readonly free = new Set<string>();

  perform(one: Step, mark: string): void {
    const [key, other] = [keys[one.key] as string, keys[one.other] as string];
    const marks = this.marks.get(key) ?? [];
    switch (one.does) {
      case "append":
      case "large":
      // Where a later write of its group replaced what the database could not take.
      case "uncloneable":
        this.marks.set(key, [...marks, mark]);
        return;
      case "readNothing":
        this.free.add(mark);
        return;
      case "move":
        if (key === other) return;
        this.marks.set(other, [...(this.marks.get(other) ?? []), ...marks]);
        this.marks.set(key, []);
        return;
      case "clear":
        this.marks.delete(key);
        return;
      default:
        throw new Error(`${one.does} is refused.`);
    }
  }
}

/** Breaks one of the next transactions: at one of its puts, or after its commit. */
function inject(
  kind: NonNullable<typeof fault extends fc.Arbitrary<infer One> ? One : never>,
  at: number,
): void {
  if (kind === "lostNews") {
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementationOnce(function (
      this: never,
      ...args
    ) {
      const original = transactionOf.apply(this, args);
      if (args[1] !== "readwrite") return original;
      Object.defineProperty(original, "oncomplete", { set: () => {} });
      original.addEventListener("complete", () => {
        original.onabort?.call(original as never, new Event("abort") as never);
      });
      return original;
    });
    return;
  }
  let puts = 0;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    const request = Reflect.apply(putOf, this, args) as never;
    if (puts++ === at) {
      const transaction = this.transaction as unknown as {
        _abort(name: string): void;
        db: never;
      };
      if (kind === "forceClose") forceCloseDatabase(transaction.db);
      else transaction._abort(kind === "quota" ? "QuotaExceededError" : "AbortError");
    }
    return request;
  });
}

const transactionOf = Reflect.get(
  IDBDatabase.prototype,
  "transaction",
) as IDBDatabase["transaction"];
const putOf = Reflect.get(IDBObjectStore.prototype, "put") as IDBObjectStore["put"];

async function contentOf(
  store: Store,
): Promise<{ marks: Map<string, string[]>; free: Set<string> }> {
  const objects = await store.find({ visibility: "either", limit: 10_000 });
  const outbox = await store.scan("outbox", { limit: 1_000 });
  const [kept, free] = [new Map<string, string[]>(), new Set<string>()];
  for (const { key, view } of objects) {
    if (keys.includes(key)) kept.set(key, [...view.tags]);
    else for (const tag of view.tags) free.add(tag);
  }
  for (const key of keys) {
    const lane = outbox.filter((row) => row.lane === key).map(({ touches }) => touches[0]);
    expect(lane).toEqual(kept.get(key) ?? []);
  }
  return { marks: kept, free };
}

test("whatever breaks, what resolved is what writing one after the other would leave, in one legal order", {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (history) => {
      await using database = new TestDatabase();
      const channels = new LocalChannels();
      const limits = { groupWrites: 4, keepChanges: 4 };
      const stores = [
        await database.open({ channel: channels.join(), limits }),
        await database.open({ limits }),
      ];
      const model = new Model();
      let count = 0;
      let last = 0;
      for (const { steps, fault, at } of history) {
        if (fault !== undefined) inject(fault, at);
        const marked = steps.map((one) => ({ one, mark: `m${count++}` }));
        const ends = await Promise.allSettled(
          marked.map(({ one, mark }) => (stores[one.store] as Store).write(writeOf(one, mark))),
        );
        vi.restoreAllMocks();
        const taken = marked
          .map((write, index) => ({ ...write, end: ends[index] as (typeof ends)[number] }))
          .flatMap(({ end, ...write }) =>
            end.status === "fulfilled" ? [{ ...write, sequence: end.value }] : [],
          );
        // No number is given twice, none goes back, and within one store they rise as the calls came.
        const numbers = taken.map(({ sequence }) => sequence);
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const number of numbers) expect(number).toBeGreaterThan(last);
        for (const n of [0, 1]) {
          const ofStore = taken.filter(({ one }) => one.store === n);
          expect(ofStore).toEqual(
            ofStore.toSorted((left, right) => left.sequence - right.sequence),
          );
        }
        last = Math.max(last, ...numbers);
        for (const [index, end] of ends.entries()) {
          const { does } = (marked[index] as (typeof marked)[number]).one;
          const mustFail = ["refuse", "throw"].includes(does);
          if (end.status === "fulfilled") {
            expect(mustFail).toBe(false);
          } else if (!mustFail && does !== "uncloneable") {
            // Only for the fault, and honestly named.
            expect(fault, String(end.reason)).toBeDefined();
            expect(["StorageQuota", "StorageFailed"]).toContain(failureOf(end.reason)?.code);
            expect(fault, String(end.reason)).not.toBe("lostNews");
          }
        }
        taken.sort((left, right) => left.sequence - right.sequence);
        for (const { one, mark } of taken) model.perform(one, mark);
        for (const store of stores) {
          const content = await contentOf(store);
          expect(content.free).toEqual(model.free);
          const trim = (marks: ReadonlyMap<string, string[]>): Map<string, string[]> =>
            new Map([...marks].filter(([, list]) => list.length > 0));
          expect(trim(content.marks)).toEqual(trim(model.marks));
        }
      }
    }),
    { numRuns: 60, seed: 1 },
  );
});
