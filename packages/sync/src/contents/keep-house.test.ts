import {
  beginContent,
  type ContentName,
  type ContentRow,
  evictContent,
  failureOf,
  lockOfContent,
  nameContent,
  type ObjectRow,
} from "@holdfast/core";
import {
  LocalLocks,
  MemoryContents,
  memoryContentStore,
  memoryStore,
  sampleKey,
  sampleObject,
  seededRandom,
} from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { collectGarbage, type ContentPorts, makeRoom } from "./keep-house.ts";

const mebibyte = 2 ** 20;
const random = seededRandom(1);

class House implements ContentPorts {
  readonly store = memoryStore();
  readonly kept = new MemoryContents();
  readonly contents = memoryContentStore({ contents: this.kept, quota: 20 * mebibyte });
  readonly locks = new LocalLocks();

  /** A row that a writer has begun, and bytes. */
  async begun(size: number = mebibyte): Promise<ContentName> {
    const name = await this.store.write(nameContent(random));
    await this.store.write(beginContent({ name, at: 1 }));
    await this.bytes(name, size);
    return name;
  }

  async bytes(name: ContentName, size: number): Promise<void> {
    const writer = await this.contents.write(name);
    await writer.append(new Uint8Array(size));
    await writer.close();
  }

  /** Content that is the n-th file's, of 3 MiB, on the platform and closed there unless said otherwise. */
  async whole(
    n: number,
    row: Partial<ContentRow> = {},
    file: Partial<ObjectRow> = {},
  ): Promise<ContentName> {
    const name = await this.begun(3 * mebibyte);
    await this.store.write({
      durability: "strict",
      reads: { contents: [name] },
      decide: (rows) => ({
        puts: [
          {
            table: "contents",
            row: {
              ...(rows.content(name) as ContentRow),
              ...{ file: sampleKey(n), state: "whole", isOnPlatform: true, usedAt: n },
              parts: [{ index: 1, size: 3 * mebibyte, md5: "0".repeat(32) }],
              ...row,
            },
          },
          {
            table: "objects",
            row: { ...sampleObject(n, { state: "closed" }), content: name, ...file },
          },
        ],
        result: undefined,
      }),
    });
    return name;
  }

  async names(): Promise<readonly (readonly ContentName[])[]> {
    const rows = await this.store.contents();
    return [rows.map(({ name }) => name).toSorted(), [...this.kept.names].sort()];
  }
}

test("a row whose writer is gone is collected with its bytes, and bytes without a row", async () => {
  const house = new House();
  await house.begun();
  await house.bytes("content-0123456789BFGJKPQVXY" as ContentName, 10);
  const kept = await house.whole(1);
  await collectGarbage(house);
  expect(await house.names()).toEqual([[kept], [kept]]);
});

test("what any tab is writing stays, and so does what a file is fetching", async () => {
  const house = new House();
  const written = await house.begun();
  const fetching = await house.begun();
  await house.store.write({
    durability: "strict",
    reads: { contents: [fetching] },
    decide: (rows) => ({
      puts: [
        {
          table: "contents",
          row: {
            ...(rows.content(fetching) as ContentRow),
            file: sampleKey(1),
            origin: "platform",
          },
        },
        { table: "objects", row: { ...sampleObject(1), fetching: { content: fetching } } },
      ],
      result: undefined,
    }),
  });
  const held = Promise.withResolvers<void>();
  void house.locks.request(lockOfContent(written), {}, () => held.promise);
  await collectGarbage(house);
  expect(await house.names()).toEqual([
    [written, fetching].toSorted(),
    [written, fetching].toSorted(),
  ]);
  held.resolve();
  await held.promise;
  await Promise.resolve();
  await collectGarbage(house);
  expect(await house.names()).toEqual([[fetching], [fetching]]);
});

test("garbage that becomes a file's while it is looked at stays", async () => {
  const house = new House();
  const name = await house.begun();
  const contents = house.store.contents.bind(house.store);
  house.store.contents = async () => {
    const rows = await contents();
    await house.store.write({
      durability: "strict",
      reads: { contents: [name] },
      decide: (found) => ({
        puts: [
          {
            table: "contents",
            row: { ...(found.content(name) as ContentRow), file: sampleKey(1), state: "whole" },
          },
          { table: "objects", row: { ...sampleObject(1), content: name } },
        ],
        result: undefined,
      }),
    });
    return rows;
  };
  await collectGarbage(house);
  expect(house.kept.names).toEqual([name]);
});

test("room is made by what is longest unused, as much as is needed", async () => {
  const house = new House();
  const [oldest, middle, newest] = [
    await house.whole(1),
    await house.whole(2),
    await house.whole(3),
  ];
  // Of 20 MiB, 2 are the outbox's and 9 are used.
  await makeRoom(house, 9 * mebibyte);
  expect(house.kept.names).toHaveLength(3);
  await makeRoom(house, 10 * mebibyte);
  expect([...house.kept.names].sort()).toEqual([middle, newest].toSorted());
  const [file] = await house.store.get("objects", [sampleKey(1)]);
  expect(file).toMatchObject({ key: sampleKey(1) });
  expect(file?.content).toBeUndefined();
  expect(house.kept.names).not.toContain(oldest);
});

test("nothing is evicted that is not on the platform, is kept offline or would not be enough", async () => {
  const house = new House();
  const kept = [
    await house.whole(1, { isOnPlatform: undefined as never }),
    await house.whole(2, {}, { keepOffline: true }),
    await house.whole(3),
  ];
  const refused = await makeRoom(house, 13 * mebibyte).catch(failureOf);
  expect(refused).toMatchObject({
    code: "StorageQuota",
    neededBytes: 13 * mebibyte,
    freeBytes: 9 * mebibyte,
    reservedBytes: 2 * mebibyte,
  });
  expect([...house.kept.names].sort()).toEqual(kept.toSorted());
  await makeRoom(house, 12 * mebibyte);
  expect(house.kept.names).toHaveLength(2);
});

test("garbage goes before anything that is a file's", async () => {
  const house = new House();
  const kept = await house.whole(1);
  await house.begun(10 * mebibyte);
  await makeRoom(house, 15 * mebibyte);
  expect(house.kept.names).toEqual([kept]);
});

test("what cannot be read is no garbage, nor is content whose file cannot, and the rest is collected", async () => {
  const house = new House();
  const [unreadable, ofUnreadable] = [await house.whole(1), await house.whole(2)];
  await house.bytes("content-0123456789BFGJKPQVXY" as ContentName, 10);
  const failure = { code: "StorageFailed", message: "Damaged." } as const;
  const { store } = house;
  const [contents, get] = [store.contents.bind(store), store.get.bind(store)];
  store.contents = async (options) => {
    const rows = await contents();
    options?.onDamaged?.({ key: unreadable, failure });
    return rows.filter(({ name }) => name !== unreadable);
  };
  store.get = async (table, keys, options) => {
    const rows = await get(table, keys);
    if (table !== "objects") return rows;
    for (const key of keys) if (key === sampleKey(2)) options?.onDamaged?.({ key, failure });
    return rows.map((row, index) => (keys[index] === sampleKey(2) ? undefined : row));
  };
  await collectGarbage(house);
  expect([...house.kept.names].sort()).toEqual([unreadable, ofUnreadable].toSorted());
  await house.whole(3);
  await makeRoom(house, 11 * mebibyte);
  expect([...house.kept.names].sort()).toEqual([unreadable, ofUnreadable].toSorted());
});

test("what is read while it is to be evicted is not, once its file wants it kept", async () => {
  const house = new House();
  const name = await house.whole(1);
  const [row] = await house.store.contents();
  await house.store.write({
    durability: "strict",
    reads: { objects: [sampleKey(1)] },
    decide: (rows) => ({
      puts: [
        {
          table: "objects",
          row: { ...(rows.object(sampleKey(1)) as ObjectRow), keepOffline: true },
        },
      ],
      result: undefined,
    }),
  });
  expect(await house.store.write(evictContent(row as ContentRow))).toBe(false);
  expect(house.kept.names).toEqual([name]);
});
