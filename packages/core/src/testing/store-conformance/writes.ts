import { assert } from "../../assert.ts";
import type { MetaRows, Store, Write } from "../../store.ts";
import { sampleContent, sampleKey, sampleObject, sampleOutbox } from "../sample-rows.ts";
import { codeOf, type ConformanceCase, expectEqual, put, putting } from "./world.ts";

const refusing: Write<void> = {
  durability: "strict",
  reads: {},
  decide: () => ({ failure: { code: "InvalidInput", message: "Refused by the test." } }),
};

export const writeCases: readonly ConformanceCase[] = [
  {
    name: "a write resolves with the result of its decision and its rows are there",
    async run(world) {
      const store = await world.open();
      const result = await store.write({
        durability: "strict",
        reads: { objects: [sampleKey(1)] },
        decide: (rows) => ({
          puts: [{ table: "objects", row: sampleObject(1) }],
          result: { before: rows.object(sampleKey(1)) === undefined },
        }),
      });
      expectEqual(result, { before: true });
      expectEqual(await store.get("objects", [sampleKey(1)]), [sampleObject(1)]);
    },
  },
  {
    name: "rows of content are kept, read by their names and all together, and deleted",
    async run(world) {
      const store = await world.open();
      const [first, second] = [sampleContent(1), sampleContent(2)];
      await put(store, { table: "contents", row: first });
      await put(store, { table: "contents", row: second });
      expectEqual(await store.get("contents", [second.name, first.name]), [second, first]);
      const names = (await store.contents()).map(({ name }) => name);
      expectEqual(names.toSorted(), [first.name, second.name]);
      await store.write({
        durability: "strict",
        reads: { contents: [first.name, second.name] },
        decide: (rows) => ({
          puts: [
            { table: "contents", row: { ...first, parts: rows.content(second.name)?.parts ?? [] } },
          ],
          deletes: [{ table: "contents", key: second.name }],
          result: null,
        }),
      });
      expectEqual(await store.contents(), [first]);
      const other = await world.open();
      expectEqual(await other.contents(), [first]);
    },
  },
  {
    name: "a refused write leaves no trace and its neighbours alone",
    async run(world) {
      const store = await world.open();
      const outcomes = await Promise.allSettled([
        put(store, { table: "objects", row: sampleObject(1) }),
        store.write(refusing),
        put(store, { table: "objects", row: sampleObject(2) }),
      ]);
      expectEqual(
        outcomes.map(({ status }) => status),
        ["fulfilled", "rejected", "fulfilled"],
      );
      expectEqual(await codeOf(store.write(refusing)), "InvalidInput");
      expectEqual(await store.count("objects"), 2);
    },
  },
  {
    name: "a decision that throws rejects its own write with what it threw",
    async run(world) {
      const store = await world.open();
      const bug = new Error("a bug of the test");
      const [before, failed, after] = await Promise.allSettled([
        put(store, { table: "objects", row: sampleObject(1) }),
        store.write({
          durability: "relaxed",
          reads: {},
          decide: () => {
            throw bug;
          },
        }),
        put(store, { table: "objects", row: sampleObject(2) }),
      ]);
      expectEqual([before.status, after.status], ["fulfilled", "fulfilled"]);
      assert(
        failed.status === "rejected" && failed.reason === bug,
        "the error comes back unchanged",
      );
      expectEqual(await store.count("objects"), 2);
    },
  },
  {
    name: "a decision that reads a row its reads do not name is a bug",
    async run(world) {
      const store = await world.open();
      const [outcome] = await Promise.allSettled([
        store.write({
          durability: "relaxed",
          reads: { objects: [sampleKey(1)] },
          decide: (rows) => ({ result: rows.object(sampleKey(2)) }),
        }),
      ]);
      expectEqual(outcome?.status, "rejected");
    },
  },
  {
    name: "writes called at once are decided in order, each over what those before it left",
    async run(world) {
      const store = await world.open();
      const seen: number[] = [];
      const append = (n: number): Write<void> => ({
        durability: n % 2 === 0 ? "strict" : "relaxed",
        reads: { objects: [sampleKey(1)], lanes: [sampleKey(1)] },
        decide: (rows) => {
          const object = rows.object(sampleKey(1));
          seen.push(n);
          expectEqual(object?.view.tags, n === 0 ? undefined : [`tag-${n - 1}`]);
          const lane = rows.lane(sampleKey(1)).map(({ sequence }) => sequence);
          expectEqual(lane, n === 0 ? [] : [n], "the lane as the last write left it");
          return {
            puts: [
              { table: "objects", row: sampleObject(1, { tags: [`tag-${n}`] }) },
              { table: "outbox", row: sampleOutbox(rows.nextSequence(), sampleKey(1)) },
            ],
            deletes: n === 0 ? [] : [{ table: "outbox", key: n }],
            result: undefined,
          };
        },
      });
      await Promise.all(Array.from({ length: 10 }, (_, n) => store.write(append(n))));
      expectEqual(seen.slice(-10), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expectEqual((await store.get("objects", [sampleKey(1)]))[0]?.view.tags, ["tag-9"]);
      expectEqual(
        (await store.scan("outbox", { limit: 100 })).map((row) => row.sequence),
        [10],
      );
    },
  },
  {
    name: "a lane follows an outbox row that moves to another lane within a group",
    async run(world) {
      const store = await world.open();
      await put(store, { table: "outbox", row: sampleOutbox(9, sampleKey(1)) });
      await put(store, { table: "outbox", row: sampleOutbox(10, sampleKey(1)) });
      const lanes = { objects: [], lanes: [sampleKey(1), sampleKey(2)] };
      const [, seen] = await Promise.all([
        put(store, { table: "outbox", row: sampleOutbox(9, sampleKey(2)) }),
        store.write({
          durability: "relaxed",
          reads: lanes,
          decide: (rows) => ({
            result: lanes.lanes.map((key) => rows.lane(key).map((row) => row.sequence)),
          }),
        }),
      ]);
      expectEqual(seen, [[10], [9]]);
    },
  },
  {
    name: "every kind of row is read by the write that names it",
    async run(world) {
      const store = await world.open();
      const lease: MetaRows["lease"] = {
        version: 1,
        name: "lease",
        epoch: 4,
        owner: "tab",
        untilAt: 5,
      };
      await put(
        store,
        { table: "meta", row: lease },
        { table: "outbox", row: sampleOutbox(2, sampleKey(1)) },
      );
      const seen = await store.write({
        durability: "relaxed",
        reads: {
          meta: ["lease", "identity"],
          outbox: [2, 3],
          journal: [7],
          objects: [sampleKey(1)],
        },
        decide: (rows) => ({
          result: [
            rows.meta("lease")?.epoch,
            rows.meta("identity"),
            rows.outbox(2)?.lane,
            rows.outbox(3),
            rows.journal(7),
            rows.object(sampleKey(1)),
          ],
        }),
      });
      expectEqual(seen, [4, undefined, sampleKey(1), undefined, undefined, undefined]);
    },
  },
  {
    name: "deletes are done before puts",
    async run(world) {
      const store = await world.open();
      await put(store, { table: "objects", row: sampleObject(1) });
      await store.write({
        durability: "relaxed",
        reads: {},
        decide: () => ({
          puts: [{ table: "objects", row: sampleObject(1, { name: "again" }) }],
          deletes: [{ table: "objects", key: sampleKey(1) }],
          result: undefined,
        }),
      });
      expectEqual((await store.get("objects", [sampleKey(1)]))[0]?.view.name, "again");
    },
  },
  {
    name: "sequences are unique and rise, whichever store draws them",
    async run(world) {
      const stores = [await world.open(), await world.open()];
      const drawn = await Promise.all(
        Array.from({ length: 40 }, (_, n) => drawTwo(stores[n % 2] as Store)),
      );
      const all = drawn.flat().sort((left, right) => left - right);
      expectEqual(
        all,
        Array.from({ length: 80 }, (_, n) => n + 1),
      );
      for (const [first, second] of drawn)
        assert(second === (first ?? 0) + 1, "a pair is adjacent");
      for (const half of [0, 1]) {
        const own = drawn.filter((_, n) => n % 2 === half).flat();
        expectEqual(
          own,
          [...own].sort((left, right) => left - right),
          "in the order of the calls",
        );
      }
    },
  },
  {
    name: "numbers drawn by a refused write are drawn again",
    async run(world) {
      const store = await world.open();
      const refusal = store.write({
        durability: "strict",
        reads: {},
        decide: (rows) => {
          rows.nextSequence();
          return { failure: { code: "InvalidState", message: "Refused by the test." } };
        },
      });
      const [code, numbers] = await Promise.all([codeOf(refusal), drawTwo(store)]);
      expectEqual([code, numbers], ["InvalidState", [1, 2]]);
    },
  },
  {
    name: "writes of two stores are serialised",
    async run(world) {
      const stores = [await world.open(), await world.open()];
      const add: Write<void> = {
        durability: "relaxed",
        reads: { meta: ["serverClock"] },
        decide: (rows) => {
          const offsetMs = (rows.meta("serverClock")?.offsetMs ?? 0) + 1;
          const row = { version: 1, name: "serverClock", offsetMs, seenAt: 0 } as const;
          return { puts: [{ table: "meta", row }], result: undefined };
        },
      };
      await Promise.all(Array.from({ length: 60 }, (_, n) => (stores[n % 2] as Store).write(add)));
      const [clock] = await (stores[0] as Store).get("meta", ["serverClock"]);
      expectEqual(clock, { version: 1, name: "serverClock", offsetMs: 60, seenAt: 0 });
    },
  },
  {
    name: "a fenced write passes with exactly the epoch of the lease and no other",
    async run(world) {
      const store = await world.open();
      const fenced = (fence: number): Promise<void> =>
        store.write({ ...putting({ table: "objects", row: sampleObject(fence) }), fence });
      expectEqual(await codeOf(fenced(1)), "Fenced", "without a lease");
      await put(store, { table: "meta", row: lease(3) });
      expectEqual(await codeOf(fenced(2)), "Fenced", "a lower epoch");
      expectEqual(await codeOf(fenced(4)), "Fenced", "a higher epoch");
      await fenced(3);
      expectEqual(
        (await store.get("objects", [2, 3, 4].map(sampleKey))).map((row) => row?.id),
        [undefined, sampleObject(3).id, undefined],
      );
    },
  },
  {
    name: "a lease raised by one write fences the writes after it in the same group and in other stores",
    async run(world) {
      const [store, other] = [await world.open(), await world.open()];
      await put(store, { table: "meta", row: lease(1) });
      const fenced = { ...putting({ table: "objects", row: sampleObject(1) }), fence: 1 };
      const [raise, write] = await Promise.allSettled([
        put(store, { table: "meta", row: lease(2) }),
        store.write(fenced),
      ]);
      expectEqual([raise.status, write.status], ["fulfilled", "rejected"]);
      expectEqual(await codeOf(other.write(fenced)), "Fenced");
      expectEqual(await store.count("objects"), 0);
    },
  },
];

function drawTwo(store: Store): Promise<number[]> {
  return store.write({
    durability: "relaxed",
    reads: {},
    decide: (rows) => ({ result: [rows.nextSequence(), rows.nextSequence()] }),
  });
}

function lease(epoch: number): MetaRows["lease"] {
  return { version: 1, name: "lease", epoch, owner: "tab", untilAt: 0 };
}
