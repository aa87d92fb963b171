import type { Store } from "../../store.ts";
import { sampleKey, sampleObject } from "../sample-rows.ts";
import { codeOf, type ConformanceCase, expectEqual, put, putting } from "./world.ts";

export const lifetimeCases: readonly ConformanceCase[] = [
  {
    name: "what was committed is there after closing and opening again, the numbers go on",
    async run(world) {
      const store = await world.open();
      const first = await drawAndPut(store, 1);
      const { latest } = await store.changesSince(0);
      await store.close();
      const again = await world.open();
      expectEqual(await again.get("objects", [sampleKey(1)]), [sampleObject(1)]);
      expectEqual(await drawAndPut(again, 2), first + 1);
      expectEqual((await again.changesSince(latest)).latest, latest + 1);
    },
  },
  {
    name: "close waits for what was called before it and may be called twice",
    async run(world) {
      const store = await world.open();
      let written = false;
      const writing = put(store, { table: "objects", row: sampleObject(1) }).then(() => {
        written = true;
      });
      const closing = Promise.all([store.close(), store.close()]);
      await closing;
      expectEqual(written, true);
      await writing;
      await store.close();
      expectEqual(await (await world.open()).count("objects"), 1);
    },
  },
  {
    name: "a closed store rejects every method with StorageClosed",
    async run(world) {
      const store = await world.open();
      await store.close();
      const calls: readonly (() => Promise<unknown>)[] = [
        () => store.write(putting()),
        () => store.get("objects", []),
        () => store.lanes([]),
        () => store.scan("outbox", { limit: 1 }),
        () => store.count("objects"),
        () => store.find({}),
        () => store.countFound({}),
        () => store.aliasesOf([]),
        () => store.changesSince(0),
        () => store.checkForChanges(),
        async () => store.onCommit(() => {}),
        async () => store.onStatus(() => {}),
      ];
      for (const call of calls) expectEqual(await codeOf(call()), "StorageClosed", String(call));
    },
  },
  {
    name: "one store that closes leaves the others working",
    async run(world) {
      const [store, other] = [await world.open(), await world.open()];
      await store.close();
      await put(other, { table: "objects", row: sampleObject(1) });
      expectEqual(await other.count("objects"), 1);
    },
  },
];

function drawAndPut(store: Store, n: number): Promise<number> {
  return store.write({
    durability: "strict",
    reads: {},
    decide: (rows) => ({
      puts: [{ table: "objects", row: sampleObject(n) }],
      result: rows.nextSequence(),
    }),
  });
}
