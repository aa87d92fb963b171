import { silentLogger, type Store } from "@holdfast/core";
import { LocalChannels, seededRandom, storeConformance } from "@holdfast/core/testing";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, test } from "vitest";
import { deleteStore } from "./delete-store.ts";
import { openStore } from "./open-store.ts";

describe("the store on IndexedDB", () => {
  storeConformance({
    test: (name, run) => test(name, { timeout: 60_000 }, run),
    newWorld: async (limits) => {
      const indexedDB = new IDBFactory();
      const channels = new LocalChannels();
      const stores: Store[] = [];
      return {
        open: async ({ hearsBroadcasts = true } = {}) => {
          const store = await openStore({
            name: "conformance",
            indexedDB,
            IDBKeyRange,
            random: seededRandom(stores.length),
            ...(hearsBroadcasts ? { channel: channels.join() } : {}),
            logger: silentLogger,
            limits,
          });
          stores.push(store);
          return store;
        },
        close: async () => {
          await Promise.all(stores.map((store) => store.close()));
          await deleteStore({ name: "conformance", indexedDB });
        },
      };
    },
  });
});
