import { createHash } from "node:crypto";
import { type ContentRow, failureOf, silentLogger } from "@holdfast/core";
import { seededRandom } from "@holdfast/core/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Content } from "./content.ts";
import type { Holdfast } from "./holdfast.ts";
import { codeOf, World } from "./in-thread.test-support.ts";

const mebibyte = 2 ** 20;

let world: World;
let holdfast: Holdfast;

beforeEach(async () => {
  world = new World();
  world.setOnline(false);
  holdfast = await world.open();
});

afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

/** What the device keeps: rows of content, and the bytes of the whole ones. */
async function kept(): Promise<{
  readonly rows: readonly ContentRow[];
  readonly names: readonly string[];
  readonly bytes: readonly Uint8Array[];
}> {
  const [databaseName] = await world.storage.list("holdfast:");
  if (databaseName === undefined) throw new Error("The world has a store.");
  const logger = silentLogger;
  const channel = { post: () => {}, subscribe: () => () => {}, close: () => {} };
  const random = seededRandom(1);
  const store = await world.storage.open({ databaseName, random, channel, logger });
  const contents = await world.storage.openContents({ databaseName, logger });
  try {
    const rows = await store.contents();
    const names = await contents.list();
    const whole = rows.filter(({ state }) => state === "whole");
    const bytes: Uint8Array[] = [];
    for (const { name, parts } of whole) {
      const size = parts.reduce((sum, part) => sum + part.size, 0);
      bytes.push(new Uint8Array(await (await contents.read(name, 0, size)).arrayBuffer()));
    }
    return { rows, names, bytes };
  } finally {
    await contents.close();
    await store.close();
  }
}

function sample(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >>> 8)) % 256);
}

function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array, void> {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
}

describe("a file made with content, offline", () => {
  test("is there at once, with the attaching in its lane behind the create", async () => {
    const bytes = sample(9 * mebibyte);
    const file = await holdfast.files.create({
      ...{ project: world.project, name: "reads.fastq" },
      content: new Blob([bytes]),
    });
    const described = await file.describe();
    expect(described).toMatchObject({ name: "reads.fastq", state: "open" });
    // The platform tells its size once it is closed; what is here is known before.
    expect(described).not.toHaveProperty("size");
    expect(described?.content).toEqual({
      ...{ state: "here", keepOffline: false },
      size: 9 * mebibyte,
    });
    const waiting = await holdfast.outbox.list();
    expect(waiting.map(({ kind }) => kind)).toEqual(["create", "attach"]);
    expect(file.receipt.operation).toBe(waiting[0]?.id);
    const { rows, bytes: whole } = await kept();
    expect(rows).toMatchObject([
      {
        ...{ file: file.key, origin: "device", state: "whole" },
        parts: [
          { index: 1, size: 8 * mebibyte, md5: md5(bytes.subarray(0, 8 * mebibyte)) },
          { index: 2, size: mebibyte, md5: md5(bytes.subarray(8 * mebibyte)) },
        ],
      },
    ]);
    expect(md5(whole[0] as Uint8Array)).toBe(md5(bytes));
  });

  const bytes = sample(2 * mebibyte + 5);
  const contents: Readonly<Record<string, () => Content>> = {
    "a Blob": () => new Blob([bytes]),
    "a File": () => new File([bytes], "reads.fastq"),
    bytes: () => bytes,
    "a view into a larger buffer": () => sample(bytes.length).subarray(0),
    "an ArrayBuffer": () => bytes.slice().buffer,
    "a stream": () => new Blob([bytes]).stream(),
    "an async iterable of small pieces": () => inPieces(bytes, 1_001),
    "an async iterable of one large piece": () => inPieces(bytes, bytes.length),
  };
  for (const [name, content] of Object.entries(contents)) {
    test(`is kept whole from ${name}`, async () => {
      const { project } = world;
      await holdfast.files.create({ project, content: content() });
      const { rows, bytes: whole } = await kept();
      expect(rows.map(({ parts }) => parts)).toEqual([
        [{ index: 1, size: bytes.length, md5: md5(bytes) }],
      ]);
      expect(md5(whole[0] as Uint8Array)).toBe(md5(bytes));
    });
  }

  test("has no part where the content is empty", async () => {
    for (const content of [new Blob([]), inPieces(sample(0), 1)]) {
      await holdfast.files.create({ project: world.project, content });
    }
    const { rows } = await kept();
    expect(rows.map(({ state, parts }) => ({ state, parts }))).toEqual([
      { state: "whole", parts: [] },
      { state: "whole", parts: [] },
    ]);
  });

  test("tells how much of it is kept", async () => {
    const told: unknown[] = [];
    const onProgress = (progress: unknown): void => void told.push(progress);
    const { project } = world;
    await holdfast.files.create(
      { project, content: new Blob([sample(17 * mebibyte)]) },
      { onProgress },
    );
    expect(told).toEqual([
      { bytes: 16 * mebibyte, size: 17 * mebibyte },
      { bytes: 17 * mebibyte, size: 17 * mebibyte },
    ]);
    told.length = 0;
    await holdfast.files.create(
      { project, content: inPieces(sample(1_500_000), 1_000) },
      { onProgress },
    );
    expect(told).toEqual([{ bytes: mebibyte }, { bytes: 1_500_000 }]);
  });

  test("is kept though the app's own function throws, which is reported", async () => {
    const reported: unknown[] = [];
    const inMicrotask = globalThis.queueMicrotask;
    vi.stubGlobal("queueMicrotask", (task: () => void) =>
      inMicrotask(() => {
        try {
          task();
        } catch (error) {
          reported.push(error);
        }
      }),
    );
    try {
      const { project } = world;
      const error = new Error("No such element.");
      const onProgress = (): void => {
        throw error;
      };
      const file = await holdfast.files.create({ project, content: sample(5) }, { onProgress });
      expect(await file.describe()).toMatchObject({ content: { state: "here" } });
      expect(reported).toEqual([error]);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("is refused before any content is read where its input is wrong", async () => {
    let isRead = false;
    async function* content(): AsyncGenerator<Uint8Array, void> {
      isRead = true;
      yield sample(1);
    }
    const refused = holdfast.files.create({ project: "nowhere", content: content() });
    expect(await codeOf(refused)).toBe("InvalidType");
    expect(isRead).toBe(false);
    expect((await kept()).rows).toEqual([]);
  });

  test("leaves nothing behind where its source breaks, or gives something else than bytes", async () => {
    const { project } = world;
    async function* broken(): AsyncGenerator<Uint8Array, void> {
      yield sample(3 * mebibyte);
      throw new Error("The disk was pulled out.");
    }
    await expect(holdfast.files.create({ project, content: broken() })).rejects.toThrow(
      "pulled out",
    );
    async function* text(): AsyncGenerator<Uint8Array, void> {
      yield sample(3 * mebibyte);
      yield "text" as never;
    }
    expect(await codeOf(holdfast.files.create({ project, content: text() }))).toBe("InvalidInput");
    expect(await codeOf(holdfast.files.create({ project, content: 7 as never }))).toBe(
      "InvalidInput",
    );
    await holdfast.close();
    expect(await kept()).toMatchObject({ rows: [], names: [] });
  });

  test("leaves nothing behind where it is given up, also while its source hangs", async () => {
    const abort = new AbortController();
    let isReturned = false;
    async function* hanging(): AsyncGenerator<Uint8Array, void> {
      try {
        yield sample(3 * mebibyte);
        abort.abort(new Error("No longer wanted."));
        await new Promise(() => {});
      } finally {
        isReturned = true;
      }
    }
    const { project } = world;
    const { signal } = abort;
    const made = holdfast.files.create({ project, content: hanging() }, { signal });
    await expect(made).rejects.toThrow("No longer wanted.");
    await holdfast.close();
    expect(await kept()).toMatchObject({ rows: [], names: [] });
    expect(isReturned).toBe(false);
  });

  test("is made with others, all or none", async () => {
    const { project } = world;
    const inputs = [
      { project, name: "a", content: new Blob([sample(10)]) },
      { project, name: "b" },
      { project, name: "c", content: sample(30) },
    ];
    const made = await holdfast.files.createMany(inputs);
    const { rows } = await kept();
    expect(new Set(rows.map(({ file, parts }) => [file, parts[0]?.size].join()))).toEqual(
      new Set([[made[0]?.key, 10].join(), [made[2]?.key, 30].join()]),
    );
    const refused = holdfast.files.createMany([...inputs, { project, name: 7 as never }]);
    expect(await codeOf(refused)).toBe("InvalidInput");
    await holdfast.close();
    expect((await kept()).rows).toHaveLength(2);
  });
});

describe("content attached to a file that is there", () => {
  test("is one more operation of its lane, and a second one is refused", async () => {
    const { project } = world;
    const file = await holdfast.files.create({ project });
    const receipt = await file.attach(new Blob([sample(100)]));
    const [, attach] = await holdfast.outbox.list();
    expect(attach).toMatchObject({ id: receipt.operation, kind: "attach", object: file.key });
    expect(await codeOf(file.attach(sample(5)))).toBe("InvalidState");
    expect((await kept()).rows).toHaveLength(1);
  });

  test("is refused for what is no open file", async () => {
    const { project } = world;
    const { key } = await holdfast.records.create({ project });
    expect(await codeOf(holdfast.files.handle(key).attach(sample(5)))).toBe("InvalidType");
    const file = await holdfast.files.create({ project });
    await file.close();
    expect(await codeOf(file.attach(sample(5)))).toBe("InvalidState");
    await file.remove();
    expect(await codeOf(file.attach(sample(5)))).toBe("ResourceNotFound");
    expect((await kept()).rows).toEqual([]);
  });

  test("is let go of where its attaching, or its file, is discarded", async () => {
    const { project } = world;
    const file = await holdfast.files.create({ project });
    const receipt = await file.attach(sample(100));
    await holdfast.outbox.discard({ operations: [receipt.operation] });
    expect((await kept()).rows).toEqual([]);
    await file.attach(sample(200));
    expect((await kept()).rows).toHaveLength(1);
    const [create] = await holdfast.outbox.list();
    await holdfast.outbox.discard({ operations: [create?.id ?? ""] });
    expect((await kept()).rows).toEqual([]);
  });

  test("stays while other edits of its file are made and discarded", async () => {
    const { project } = world;
    const file = await holdfast.files.create({ project, content: sample(100) });
    const receipt = await file.addTags(["urgent"]);
    await holdfast.outbox.discard({ operations: [receipt.operation] });
    expect((await kept()).rows).toMatchObject([{ file: file.key, state: "whole" }]);
    expect(await codeOf(file.attach(sample(5)))).toBe("InvalidState");
  });
});

test("contents go with their store when it is wiped", async () => {
  await holdfast.files.create({ project: world.project, content: sample(100) });
  const refused = await holdfast.wipe().catch(failureOf);
  expect(refused).toMatchObject({ code: "UnsentWork" });
  await holdfast.wipe({ force: true });
  expect(await world.indexedDB.databases()).toEqual([]);
});
