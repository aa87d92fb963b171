import { failureOf, HoldfastError, type StorageStatus, type Store } from "@holdfast/core";
import { sampleKey, sampleObject } from "@holdfast/core/testing";
import { forceCloseDatabase, IDBDatabase } from "fake-indexeddb";
import { afterEach, expect, test, vi } from "vitest";
import { deleteStore } from "./delete-store.ts";
import { putting, recordingLogger, TestDatabase } from "./test-database.test-support.ts";

afterEach(() => vi.restoreAllMocks());

const put = (store: Store, n: number): Promise<void> =>
  store.write(putting([{ table: "objects", row: sampleObject(n) }]));

/** The database of the transaction that the next call makes. */
async function databaseOf(work: () => Promise<unknown>): Promise<never> {
  const spy = vi.spyOn(IDBDatabase.prototype, "transaction");
  await work();
  const database = spy.mock.contexts[0] as never;
  spy.mockRestore();
  return database;
}

function statuses(store: Store): StorageStatus[] {
  const seen: StorageStatus[] = [];
  store.onStatus((status) => seen.push(status));
  return seen;
}

async function failureCode(promise: Promise<unknown>): Promise<string | undefined> {
  return await promise.then(
    () => "resolved",
    (error: unknown) => failureOf(error)?.code,
  );
}

test("a connection closed by the browser is opened again at the next use", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await put(store, 1);
  const seen = statuses(store);
  forceCloseDatabase(await databaseOf(() => store.count("objects")));
  await vi.waitFor(() => expect(store.status().mode).toBe("degraded"));

  await put(store, 2);
  expect(await store.count("objects")).toBe(2);
  expect(store.status()).toEqual({ mode: "best-effort" });
  expect(seen.map(({ mode }) => mode)).toEqual(["degraded", "best-effort"]);
});

test("a write whose connection closes under it is decided again on a new one", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await put(store, 1);
  const transactions = vi.spyOn(IDBDatabase.prototype, "transaction");
  let decided = 0;
  const result = await store.write({
    durability: "strict",
    // One that is not known, so that it is decided within the transaction.
    reads: { objects: [sampleKey(1), sampleKey(3)] },
    decide: (rows) => {
      decided += 1;
      if (decided === 1) {
        const transaction = transactions.mock.results[0]?.value as IDBTransaction;
        transaction.abort();
        forceCloseDatabase(transaction.db as never);
      }
      return {
        puts: [{ table: "objects", row: sampleObject(2) }],
        result: [rows.object(sampleKey(1))?.key, rows.nextSequence()],
      };
    },
  });
  expect(result).toEqual([sampleKey(1), 1]);
  expect(decided).toBe(2);
  expect((await store.changesSince(0)).latest).toBe(2);
});

test("a commit that went through though its connection broke is not done twice", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await put(store, 1);
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementationOnce(function (
    this: never,
    ...args
  ) {
    vi.restoreAllMocks();
    const transaction = IDBDatabase.prototype.transaction.apply(this, args);
    // The commit is done, and the news of it lost: what is told is an abort without a reason.
    Object.defineProperty(transaction, "oncomplete", { set: () => {} });
    transaction.addEventListener("complete", () => {
      transaction.onabort?.call(transaction as never, new Event("abort") as never);
    });
    return transaction;
  });
  let decided = 0;
  const sequence = await store.write({
    durability: "strict",
    reads: {},
    decide: (rows) => {
      decided += 1;
      return { puts: [{ table: "objects", row: sampleObject(2) }], result: rows.nextSequence() };
    },
  });
  expect([sequence, decided]).toEqual([1, 1]);
  expect((await store.changesSince(0)).latest).toBe(2);
});

test("a full device rejects every write of the group with StorageQuota and keeps nothing of it", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await put(store, 1);
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementationOnce(function (
    this: never,
    ...args
  ) {
    vi.restoreAllMocks();
    const transaction = IDBDatabase.prototype.transaction.apply(this, args);
    const objects = transaction.objectStore("objects");
    vi.spyOn(transaction, "objectStore").mockImplementation(() => {
      vi.restoreAllMocks();
      return objects;
    });
    queueMicrotask(() =>
      (transaction as IDBTransaction & { _abort(name: string): void })._abort("QuotaExceededError"),
    );
    return transaction;
  });
  const outcomes = await Promise.all([put(store, 2), put(store, 3)].map(failureCode));
  expect(outcomes).toEqual(["StorageQuota", "StorageQuota"]);
  expect(await store.count("objects")).toBe(1);
  await put(store, 2);
  expect(await store.count("objects")).toBe(2);
});

test("a row the database cannot take fails its own write and no neighbour's", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  const broken = {
    ...sampleObject(2),
    view: { ...sampleObject(2).view, links: [() => {}] as never },
  };
  const outcomes = await Promise.all(
    [put(store, 1), store.write(putting([{ table: "objects", row: broken }])), put(store, 3)].map(
      failureCode,
    ),
  );
  expect(outcomes).toEqual(["resolved", "StorageFailed", "resolved"]);
  expect((await store.find({})).map(({ key }) => key)).toEqual([sampleKey(1), sampleKey(3)]);
});

test("an upgrade by a newer release closes the old store, which says why", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await put(store, 1);
  const seen = statuses(store);
  await new Promise<void>((resolve, reject) => {
    const request = database.indexedDB.open(database.name, 990);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => reject(request.error as DOMException);
  });

  const status = seen.at(-1) as StorageStatus;
  expect(status.mode === "degraded" && status.failure).toMatchObject({
    code: "NewerVersion",
    found: 99,
  });
  expect(await failureCode(put(store, 2))).toBe("NewerVersion");
  expect(await failureCode(store.find({}))).toBe("NewerVersion");
  expect(await failureCode(database.open())).toBe("NewerVersion");
});

test("a store deleted in another tab is gone for the open one, and is not made again by it", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await put(store, 1);
  await deleteStore(database);

  expect(await failureCode(put(store, 2))).toBe("StorageClosed");
  expect(store.status().mode).toBe("degraded");
  expect(await database.indexedDB.databases()).toEqual([]);
  expect(await (await database.open()).count("objects")).toBe(0);
});

test("data that the browser removed is noticed when the database is opened again", async () => {
  await using database = new TestDatabase();
  const store = await database.open();
  await put(store, 1);
  forceCloseDatabase(await databaseOf(() => store.count("objects")));
  await deleteStore(database);

  const error = await store.find({}).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(HoldfastError);
  expect((error as HoldfastError).message).toContain("removed the data");
  expect(await failureCode(put(store, 2))).toBe("StorageFailed");
  const status = store.status();
  expect(status.mode === "degraded" && status.failure.code).toBe("StorageFailed");
});

test("a tab that holds an older version and will not go blocks opening, which says so and can be given up", async () => {
  await using database = new TestDatabase();
  const old = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = database.indexedDB.open(database.name, 1);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
  const logger = recordingLogger();
  const controller = new AbortController();
  const reason = new Error("given up");
  const opening = database.open({ logger, signal: controller.signal });
  await vi.waitFor(() =>
    expect(logger.told.join()).toContain("Another tab still uses an older version"),
  );
  controller.abort(reason);
  await expect(opening).rejects.toBe(reason);

  old.close();
  expect(await (await database.open()).count("objects")).toBe(0);
});

test("an opening that was given up before it began makes no database", async () => {
  await using database = new TestDatabase();
  await expect(database.open({ signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
  expect(await database.indexedDB.databases()).toEqual([]);
});

test("a store that cannot be opened says what failed", async () => {
  await using database = new TestDatabase();
  const failing = Object.create(database.indexedDB) as IDBFactory;
  failing.open = () => {
    throw new DOMException("private mode", "SecurityError");
  };
  const error = await database.open({ indexedDB: failing }).catch((reason: unknown) => reason);
  expect(failureOf(error)?.code).toBe("StorageFailed");
  expect((error as Error).message).toContain("SecurityError");
});
