import { describe, expect, test } from "vitest";
import type { ObjectRow } from "../data-object.ts";
import type { Store } from "../store.ts";
import { MemoryDatabase } from "./memory-database.ts";
import { memoryStore } from "./memory-store.ts";
import { sampleKey, sampleObject } from "./sample-rows.ts";
import { storeConformance } from "./store-conformance.ts";

describe("the memory store", () => {
  storeConformance({
    test: (name, run) => test(name, { timeout: 60_000 }, run),
    newWorld: async (options) => {
      const database = new MemoryDatabase(options);
      const stores: Store[] = [];
      return {
        open: async (options = {}) => {
          const store = memoryStore({ database, ...options });
          stores.push(store);
          return store;
        },
        close: async () => {
          await Promise.all(stores.map((store) => store.close()));
        },
      };
    },
  });

  test("a lost relaxed tail takes back what came after the last strict commit, and no more", async () => {
    const database = new MemoryDatabase();
    const store = memoryStore({ database });
    const put = (n: number, durability: "strict" | "relaxed"): Promise<number> =>
      store.write({
        durability,
        reads: {},
        decide: (rows) => ({
          puts: [{ table: "objects", row: sampleObject(n) }],
          deletes: [{ table: "objects", key: sampleKey(n - 1) }],
          result: rows.nextSequence(),
        }),
      });
    await put(1, "relaxed");
    await put(2, "strict");
    await put(3, "relaxed");
    await put(4, "relaxed");
    database.loseRelaxedTail();

    const again = memoryStore({ database });
    expect((await again.find({})).map((row) => row.key)).toEqual([sampleKey(2)]);
    expect((await again.changesSince(0)).latest).toBe(2);
    expect(database.sequence).toBe(2);
  });

  test("a row cannot be changed through what was put or got", async () => {
    const store = memoryStore();
    const tags = ["a"];
    await store.write({
      durability: "strict",
      reads: {},
      decide: () => ({
        puts: [{ table: "objects", row: sampleObject(1, { tags }) }],
        result: undefined,
      }),
    });
    tags.push("b");
    const [row] = await store.get("objects", [sampleKey(1)]);
    const kept = (row as ObjectRow).view.tags as string[];
    expect(kept).toEqual(["a"]);
    expect(() => kept.push("c")).toThrow(TypeError);
  });
});
