import { type Channel, type CommitNotice, failureOf, type Store } from "@holdfast/core";
import {
  sampleKey,
  sampleObject,
  sampleOutbox,
  seededRandom,
  storeConformance,
} from "@holdfast/core/testing";
import { deleteStore, openStore } from "@holdfast/storage";
import type { Claim } from "../replay/interrupted/claim.ts";

/** What runs in a page, of whichever browser, and is judged by whoever asked for it. */
export interface PageCase {
  readonly name: string;
  readonly run: () => Promise<readonly Claim[]>;
}

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

async function refusal(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => "none",
    (error: unknown) => failureOf(error) ?? String(error),
  );
}

async function isThere(name: string): Promise<boolean> {
  return (await indexedDB.databases()).some((database) => database.name === name);
}

/** Resolves with the modes of the transactions that the work begins. */
async function modesOf(work: () => Promise<void>): Promise<readonly object[]> {
  const transaction = Reflect.get(IDBDatabase.prototype, "transaction");
  const modes: object[] = [];
  IDBDatabase.prototype.transaction = function begin(this: IDBDatabase, ...given): IDBTransaction {
    const begun = transaction.apply(this, given);
    modes.push({ mode: begun.mode, durability: begun.durability });
    return begun;
  };
  try {
    await work();
  } finally {
    IDBDatabase.prototype.transaction = transaction;
  }
  return modes;
}

const conformance: PageCase[] = [];
storeConformance({
  test: (name, run) => {
    conformance.push({ name, run: () => run().then(() => []) });
  },
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

/** The `Store` port's conformance, and what only a browser can show. */
export const storeSuite: readonly PageCase[] = [
  ...conformance,
  {
    name: "a strict write goes through one transaction the browser calls strict",
    run: async () => {
      const name = newName();
      const store = await open(name);
      const modes = await modesOf(() => put(store, 1));
      await store.close();
      await deleteStore({ name, indexedDB });
      const expected = [{ mode: "readwrite", durability: "strict" }];
      return [{ what: "transactions", seen: modes, expected }];
    },
  },
  {
    name: "a store whose data another tab removes says so and does not come back",
    run: async () => {
      const name = newName();
      const store = await open(name);
      await put(store, 1);
      await deleteStore({ name, indexedDB });
      return [
        {
          what: "refusal",
          seen: await refusal(put(store, 2)),
          expected: { code: "StorageClosed" },
        },
        { what: "mode", seen: store.status().mode, expected: "degraded" },
        { what: "is there", seen: await isThere(name), expected: false },
      ];
    },
  },
  {
    name: "a store with unsent work survives a removal that keeps it, and one without does not",
    run: async () => {
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
      const kept = await deleteStore({ name, indexedDB, keepUnsent: true });
      const seen = await refusal(store.count("outbox"));
      const after = await open(name);
      const unsent = await after.count("outbox");
      await after.write({
        durability: "strict",
        reads: {},
        decide: () => ({ deletes: [{ table: "outbox", key: 1 }], result: undefined }),
      });
      const left = await deleteStore({ name, indexedDB, keepUnsent: true });
      return [
        { what: "kept, told", seen: [kept, unsent], expected: [1, 1] },
        { what: "refusal", seen, expected: { code: "StorageClosed" } },
        { what: "left, there", seen: [left, await isThere(name)], expected: [0, false] },
      ];
    },
  },
  {
    name: "a newer release takes the database over and the old store steps aside",
    run: async () => {
      const name = newName();
      const store = await open(name);
      await put(store, 1);
      const newer = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name, 990);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error as DOMException);
      });
      newer.close();
      const seen = await refusal(store.find({}));
      await deleteStore({ name, indexedDB });
      return [{ what: "refusal", seen, expected: { code: "NewerVersion", found: 99 } }];
    },
  },
  {
    name: "two stores that write at once lose nothing and hear of each other",
    run: async () => {
      const name = newName();
      const channels = [broadcast(name), broadcast(name)];
      const stores = await Promise.all(channels.map((channel) => open(name, channel)));
      const heard = new Promise<void>((resolve) => {
        stores[1]?.onCommit(({ origin }: CommitNotice) => {
          if (origin === "elsewhere") resolve();
        });
      });
      await Promise.all(
        stores.flatMap((store, index) =>
          Array.from({ length: 100 }, (_, n) => put(store, 2 * n + index)),
        ),
      );
      await heard;
      const count = await stores[0]?.count("objects");
      const row = await stores[1]?.get("objects", [sampleKey(0)]);
      await Promise.all(stores.map((store) => store.close()));
      for (const channel of channels) channel.close();
      await deleteStore({ name, indexedDB });
      return [
        { what: "rows of both", seen: count, expected: 200 },
        { what: "a row of the other", seen: row, expected: [sampleObject(0)] },
      ];
    },
  },
];
