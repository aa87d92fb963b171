import { type Channel, type CommitNotice, failureOf, type Store } from "@holdfast/core";
import {
  sampleKey,
  sampleObject,
  sampleOutbox,
  seededRandom,
  storeConformance,
} from "@holdfast/core/testing";
import { deleteStore, openStore } from "@holdfast/storage";
import { describe, expect, test, vi } from "vitest";

let worlds = 0;

/** A database of this run alone, on the browser's own IndexedDB. */
function newName(): string {
  worlds += 1;
  return `store-test-${Date.now()}-${worlds}`;
}

function broadcast(name: string): Channel {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    subscribe: (listener) => {
      const hear = ({ data }: MessageEvent): void => listener(data);
      channel.addEventListener("message", hear);
      return () => channel.removeEventListener("message", hear);
    },
    close: () => channel.close(),
  };
}

function open(name: string, channel?: Channel, keepChanges = 1_000): Promise<Store> {
  return openStore({
    name,
    indexedDB,
    IDBKeyRange,
    random: seededRandom(crypto.randomUUID()),
    storageManager: navigator.storage,
    limits: { keepChanges },
    ...(channel && { channel }),
  });
}

function put(store: Store, n: number): Promise<void> {
  return store.write({
    durability: "strict",
    reads: {},
    decide: () => ({ puts: [{ table: "objects", row: sampleObject(n) }], result: undefined }),
  });
}

describe("the store on the browser's IndexedDB", () => {
  storeConformance({
    test: (name, run) => test(name, { timeout: 60_000 }, run),
    newWorld: async ({ keepChanges }) => {
      const name = newName();
      const stores: Store[] = [];
      const channels: Channel[] = [];
      return {
        open: async ({ hearsBroadcasts = true } = {}) => {
          const channel = hearsBroadcasts ? broadcast(name) : undefined;
          if (channel !== undefined) channels.push(channel);
          const store = await open(name, channel, keepChanges);
          stores.push(store);
          return store;
        },
        close: async () => {
          await Promise.all(stores.map((store) => store.close()));
          for (const channel of channels) channel.close();
          await deleteStore({ name, indexedDB });
        },
      };
    },
  });

  test("a strict write goes through one transaction the browser calls strict", async () => {
    const name = newName();
    const store = await open(name);
    const spy = vi.spyOn(IDBDatabase.prototype, "transaction");
    await put(store, 1);
    const modes = spy.mock.results.map(({ value }) => {
      const { mode, durability } = value as IDBTransaction;
      return { mode, durability };
    });
    spy.mockRestore();
    expect(modes).toEqual([{ mode: "readwrite", durability: "strict" }]);
    await store.close();
    await deleteStore({ name, indexedDB });
  });

  test("a store whose data another tab removes says so and does not come back", async () => {
    const name = newName();
    const store = await open(name);
    await put(store, 1);
    await deleteStore({ name, indexedDB });
    const error = await put(store, 2).catch((reason: unknown) => reason);
    expect(failureOf(error)?.code).toBe("StorageClosed");
    expect(store.status().mode).toBe("degraded");
    expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
  });

  test("a store with unsent work survives a removal that keeps it, and one without does not", async () => {
    const name = newName();
    const store = await open(name);
    await store.write({
      durability: "strict",
      reads: {},
      decide: () => ({
        puts: [{ table: "outbox", row: sampleOutbox(1, sampleKey(1)) }],
        result: undefined,
      }),
    });
    expect(await deleteStore({ name, indexedDB, keepUnsent: true })).toBe(1);
    const error = await store.count("outbox").catch((reason: unknown) => reason);
    expect(failureOf(error)?.code).toBe("StorageClosed");
    const after = await open(name);
    expect(await after.count("outbox")).toBe(1);
    await after.write({
      durability: "strict",
      reads: {},
      decide: () => ({ deletes: [{ table: "outbox", key: 1 }], result: undefined }),
    });
    expect(await deleteStore({ name, indexedDB, keepUnsent: true })).toBe(0);
    expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
  });

  test("a newer release takes the database over and the old store steps aside", async () => {
    const name = newName();
    const store = await open(name);
    await put(store, 1);
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 990);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error as DOMException);
    });
    newer.close();
    const error = await store.find({}).catch((reason: unknown) => reason);
    expect(failureOf(error)).toMatchObject({ code: "NewerVersion", found: 99 });
    await deleteStore({ name, indexedDB });
  });

  test("two stores that write at once lose nothing and hear of each other", async () => {
    const name = newName();
    const channels = [broadcast(name), broadcast(name)];
    const [first, second] = await Promise.all(channels.map((channel) => open(name, channel)));
    const notices: CommitNotice[] = [];
    second?.onCommit((notice) => notices.push(notice));
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => put((n % 2 === 0 ? first : second) as Store, n)),
    );
    expect(await first?.count("objects")).toBe(200);
    expect(await second?.get("objects", [sampleKey(0)])).toEqual([sampleObject(0)]);
    await vi.waitFor(() => expect(notices.some(({ origin }) => origin === "elsewhere")).toBe(true));
    await Promise.all([first?.close(), second?.close()]);
    for (const channel of channels) channel.close();
    await deleteStore({ name, indexedDB });
  });
});
