import type { ContentStore } from "../content.ts";
import { type ContentName, newContentName } from "../ids.ts";
import { seededRandom } from "./seeded-random.ts";
import { codeOf, expectEqual } from "./store-conformance/world.ts";

/** One place for contents and the stores (tabs) opened on it. */
export interface ContentWorld {
  /** Opens one more store on the same place. */
  open(): Promise<ContentStore>;
  /** Closes what is still open and removes all that was kept. */
  close(): Promise<void>;
}

export interface ContentStoreConformance {
  /** Registers one test, as vitest's `test` does. */
  test(name: string, run: () => Promise<void>): void;
  /** A place nobody else uses. */
  newWorld(): Promise<ContentWorld>;
}

/** What every implementation of the `ContentStore` port must do, as tests of whichever runner is handed in. */
export function contentStoreConformance(runner: ContentStoreConformance): void {
  for (const [name, run] of Object.entries(cases)) {
    runner.test(name, async () => {
      const world = await runner.newWorld();
      try {
        await run(world);
      } finally {
        await world.close();
      }
    });
  }
}

const cases: Readonly<Record<string, (world: ContentWorld) => Promise<void>>> = {
  async "any range of what was appended reads back, across the appends"(world) {
    const store = await world.open();
    const content = sample(1, 300_000);
    await put(store, content, 70_001);
    const ends = [0, 1, 69_999, 70_001, 70_002, 140_002, 299_999, 300_000];
    for (const from of ends) {
      for (const to of ends.filter((end) => end >= from)) {
        await expectBytes(store, content, { from, to });
      }
    }
  },

  async "appends larger and smaller than any part a store may keep read back whole"(world) {
    const store = await world.open();
    const [large, small] = [sample(1, 9_000_001), sample(2, 2_500)];
    await put(store, large);
    await put(store, small, 1);
    await expectBytes(store, large);
    await expectBytes(store, large, { from: 4_194_303, to: 8_388_609 });
    await expectBytes(store, small);
  },

  async "empty content is there, and empty"(world) {
    const store = await world.open();
    const content = sample(1, 0);
    await put(store, content);
    await expectBytes(store, content);
    expectEqual(await store.list(), [content.name]);
  },

  async "the array of an append may be used again once it resolves"(world) {
    const store = await world.open();
    const { name } = sample(1, 0);
    const writer = await store.write(name);
    const array = new Uint8Array(1_000);
    for (const value of [1, 2, 3]) await writer.append(array.fill(value));
    array.fill(9);
    await writer.close();
    const read = await bytesOf(await store.read(name, 0, 3_000));
    expectEqual([read[0], read[1_000], read[2_000], read[2_999]], [1, 2, 3, 3]);
  },

  async "a part of a larger buffer is appended alone"(world) {
    const store = await world.open();
    const { name, bytes } = sample(1, 5_000);
    const content = { name, bytes: bytes.subarray(1_000, 4_000) };
    await put(store, content);
    await expectBytes(store, content);
    expectEqual(await codeOf(store.read(name, 0, 3_001)), "StorageFailed");
  },

  async "what a writer closed is there for other stores, and after opening again"(world) {
    const [store, other] = [await world.open(), await world.open()];
    const content = sample(1, 10_000);
    await put(store, content, 3_000);
    await expectBytes(other, content);
    await store.close();
    await other.close();
    const again = await world.open();
    expectEqual(await again.list(), [content.name]);
    await expectBytes(again, content);
  },

  async "what was flushed is there for the next writer, who keeps what he wants of it"(world) {
    const [store, other] = [await world.open(), await world.open()];
    const content = sample(1, 10_000_000);
    const writer = await store.write(content.name);
    await writer.append(content.bytes.subarray(0, 6_000_000));
    await writer.flush();
    await store.close();
    const next = await other.write(content.name, { keep: 5_000_000 });
    await next.append(content.bytes.subarray(5_000_000));
    await next.close();
    await expectBytes(other, content);
    expectEqual(await codeOf(other.read(content.name, 0, 10_000_001)), "StorageFailed");
  },

  async "what is behind the bytes kept goes, whoever wrote it"(world) {
    const store = await world.open();
    const content = sample(1, 9_000_000);
    await put(store, content);
    await (await store.write(content.name, { keep: 100 })).close();
    await expectBytes(store, content, { from: 0, to: 100 });
    expectEqual(await codeOf(store.read(content.name, 0, 101)), "StorageFailed");
    await (await store.write(content.name)).close();
    expectEqual(await codeOf(store.read(content.name, 0, 1)), "StorageFailed");
  },

  async "a writer cannot keep more than there is"(world) {
    const store = await world.open();
    const [content, other] = [sample(1, 100), sample(2, 0)];
    await put(store, content);
    expectEqual(await codeOf(store.write(content.name, { keep: 101 })), "StorageFailed");
    expectEqual(await codeOf(store.write(other.name, { keep: 1 })), "StorageFailed");
    await expectBytes(store, content);
    expectEqual(await store.list(), [content.name]);
  },

  async "what is not there reads as StorageFailed, never as fewer bytes"(world) {
    const store = await world.open();
    const [content, other] = [sample(1, 100), sample(2, 0)];
    await put(store, content);
    expectEqual(await codeOf(store.read(content.name, 50, 101)), "StorageFailed");
    expectEqual(await codeOf(store.read(content.name, 101, 101)), "StorageFailed");
    expectEqual(await codeOf(store.read(other.name, 0, 1)), "StorageFailed");
    expectEqual(await codeOf(store.read(other.name, 0, 0)), "StorageFailed");
  },

  async "every name is listed, half written ones included, and removed ones are gone"(world) {
    const store = await world.open();
    const [small, large, half] = [sample(1, 100), sample(2, 9_000_000), sample(3, 5_000_000)];
    await put(store, small);
    await put(store, large);
    const writer = await store.write(half.name);
    await writer.append(half.bytes);
    await writer.flush();
    const names = [small.name, large.name, half.name];
    expectEqual([...(await store.list())].sort(), names.sort());
    await writer.close();
    for (const { name } of [small, large, large, sample(4, 0)]) await store.remove(name);
    expectEqual(await store.list(), [half.name]);
    expectEqual(await codeOf(store.read(large.name, 0, 1)), "StorageFailed");
    await put(store, { ...small, name: large.name });
    await expectBytes(store, { ...small, name: large.name });
  },

  async "contents are written side by side"(world) {
    const [store, other] = [await world.open(), await world.open()];
    const contents = [1, 2, 3, 4, 5, 6].map((n) => sample(n, 200_000));
    await Promise.all(
      contents.map((content, n) => put(n % 2 === 0 ? store : other, content, 50_000)),
    );
    for (const content of contents) await expectBytes(other, content);
  },

  async "the room is told in bytes, or not at all"(world) {
    const store = await world.open();
    const room = await store.room();
    if (room === undefined) return;
    expectEqual([room.used >= 0, room.quota > 0], [true, true]);
  },

  async "a closed store rejects every method with StorageClosed, and its writers too"(world) {
    const store = await world.open();
    const [content, half, other] = [sample(1, 100), sample(2, 0), sample(3, 0)];
    await put(store, content);
    const writer = await store.write(half.name);
    await store.close();
    await store.close();
    const calls: readonly (() => Promise<unknown>)[] = [
      () => store.write(other.name),
      () => store.read(content.name, 0, 1),
      () => store.list(),
      () => store.remove(content.name),
      () => store.room(),
      () => writer.append(new Uint8Array(1)),
      () => writer.flush(),
    ];
    for (const call of calls) expectEqual(await codeOf(call()), "StorageClosed", String(call));
    await expectBytes(await world.open(), content);
  },
};

interface Sample {
  readonly name: ContentName;
  readonly bytes: Uint8Array;
}

/** Bytes that differ everywhere, and between the numbers. */
function sample(n: number, length: number): Sample {
  const bytes = new Uint8Array(length);
  let state = n * 2_654_435_761;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[at] = state >>> 24;
  }
  return { name: newContentName(seededRandom(n), "content"), bytes };
}

async function put(
  store: ContentStore,
  { name, bytes }: Sample,
  chunk: number = bytes.length,
): Promise<void> {
  const writer = await store.write(name);
  for (let from = 0; from < bytes.length; from += chunk) {
    await writer.append(bytes.subarray(from, from + chunk));
  }
  await writer.close();
}

async function expectBytes(
  store: ContentStore,
  { name, bytes }: Sample,
  { from, to } = { from: 0, to: bytes.length },
): Promise<void> {
  const blob = await store.read(name, from, to);
  expectEqual(blob.size, to - from, "size of the Blob");
  const read = await bytesOf(blob);
  const wanted = bytes.subarray(from, to);
  const differs = read.findIndex((byte, at) => byte !== wanted[at]);
  expectEqual([read.length, differs], [wanted.length, -1], `the bytes from ${from} to ${to}`);
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
