import { expect, test } from "vitest";
import type { ContentRow } from "../content.ts";
import type { ObjectRow } from "../data-object.ts";
import type { Failure } from "../failure.ts";
import { failureOf } from "../failure.ts";
import type { LocalKey, ObjectId } from "../ids.ts";
import { wantContent, type WantContentInput } from "../objects/want-content.ts";
import { memoryStore } from "../testing/memory-store.ts";
import { sampleObject, sampleRealId } from "../testing/sample-rows.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import type { Store } from "../store.ts";
import {
  dropUnlessFetching,
  type Fetched,
  finishFetching,
  isFetching,
  keepFetchedParts,
  refuseFetching,
} from "./fetched-content.ts";

const realId = "file-000000000000000000000001" as ObjectId;
const part = { index: 1, size: 5, md5: "d41d8cd98f00b204e9800998ecf8427e" };
const archived: Failure = { code: "InvalidState", message: "archived" };
const random = seededRandom(1);

test("content that is not here is fetched, and is the file's once it is whole", async () => {
  const { store, key } = await storeWith(closedFile());
  const fetched = await want(store, key);
  expect(await store.get("contents", [fetched.content])).toMatchObject([
    { file: key, origin: "platform", state: "writing", parts: [] },
  ]);
  expect(await want(store, key)).toEqual(fetched);
  expect(await store.write(keepFetchedParts(fetched, [part]))).toBe(true);
  expect(await store.write(finishFetching(fetched, { parts: [part], at: 2 }))).toBe(true);
  const [object] = await store.get("objects", [key]);
  expect(object).toMatchObject({ content: fetched.content });
  expect(object).not.toHaveProperty("fetching");
  expect(await store.get("contents", [fetched.content])).toMatchObject([
    { state: "whole", isOnPlatform: true, parts: [part], usedAt: 2 },
  ]);
  expect(await store.write(wantContent({ key, at: 3, random }))).toEqual({
    kind: "here",
    content: fetched.content,
  });
});

test("a refusal is kept until somebody asks again, and so is what is here by then", async () => {
  const { store, key } = await storeWith(closedFile());
  const fetched = await want(store, key);
  await store.write(keepFetchedParts(fetched, [part]));
  await store.write(refuseFetching(fetched, archived));
  expect(await store.get("objects", [key])).toMatchObject([{ fetching: { refused: archived } }]);
  expect(await want(store, key)).toEqual(fetched);
  expect((await store.get("objects", [key]))[0]?.fetching).toEqual({
    bytes: 5,
    content: fetched.content,
  });
  expect(await store.get("contents", [fetched.content])).toMatchObject([{ parts: [part] }]);
});

test("what nobody wants any more is let go of", async () => {
  const { store, key } = await storeWith(closedFile());
  const fetched = await want(store, key, { keepOffline: true });
  expect((await store.get("objects", [key]))[0]?.keepOffline).toBe(true);
  const released = await store.write(wantContent({ key, keepOffline: false, at: 2, random }));
  expect(released).toEqual({ kind: "absent" });
  const [object] = await store.get("objects", [key]);
  expect(object).not.toHaveProperty("keepOffline");
  expect(object).not.toHaveProperty("fetching");
  expect(await store.contents()).toEqual([]);
  expect(await store.write(keepFetchedParts(fetched, [part]))).toBe(false);
  expect(await store.contents()).toEqual([]);
});

test("what is being fetched for a file that is being removed waits, and is let go of with the file", async () => {
  const { store, key } = await storeWith(closedFile());
  const fetched = await want(store, key);
  const [object] = await store.get("objects", [key]);
  const [content] = await store.contents();
  expect(isFetching(object, content as ContentRow)).toBe(true);
  await put(store, { ...(object as ObjectRow), removed: true });
  expect(await store.write(finishFetching(fetched, { parts: [], at: 2 }))).toBe(false);
  expect(await store.contents()).toEqual([content]);
  await store.write({
    durability: "strict",
    reads: {},
    decide: () => ({ deletes: [{ table: "objects", key }], result: undefined }),
  });
  expect(await store.write(dropUnlessFetching(fetched))).toBe(false);
  expect(await store.contents()).toEqual([]);
});

test("content that is here is kept offline by a mark alone", async () => {
  const { store, key } = await storeWith(closedFile());
  const fetched = await want(store, key);
  await store.write(finishFetching(fetched, { parts: [part], at: 2 }));
  await store.write(wantContent({ key, keepOffline: true, at: 3, random }));
  expect(await store.get("objects", [key])).toMatchObject([
    { keepOffline: true, content: fetched.content },
  ]);
  expect(await store.write(wantContent({ key, keepOffline: false, at: 4, random }))).toEqual({
    kind: "here",
    content: fetched.content,
  });
});

test.each([
  ["ResourceNotFound", "a file that is gone", undefined],
  ["ResourceNotFound", "a file that is being removed", { ...closedFile(), removed: true as const }],
  ["InvalidType", "a record", sampleObject(1, {}, { id: sampleRealId(1) })],
  ["InvalidState", "a file that only this device knows", newFile()],
])("it is %s to want the content of %s", async (code, _, row) => {
  const { store, key } = await storeWith(row);
  const wanted = store.write(wantContent({ key, at: 1, random }));
  const failure = await wanted.then(() => undefined, failureOf);
  expect(failure?.code).toBe(code);
});

test("a file that only this device knows can be wished to stay", async () => {
  const { store, key } = await storeWith(newFile());
  await want(store, key, { keepOffline: true });
  expect(await store.get("objects", [key])).toMatchObject([{ keepOffline: true, fetching: {} }]);
});

function closedFile(): ObjectRow {
  return sampleObject(1, { state: "closed" }, { id: realId, realId });
}

function newFile(): ObjectRow {
  return sampleObject(1, {}, { id: "file-hold00000000000000000001" as ObjectId });
}

async function storeWith(
  row: ObjectRow | undefined,
): Promise<{ readonly store: Store; readonly key: LocalKey }> {
  const store = memoryStore();
  await store.write({
    durability: "strict",
    reads: {},
    decide: () => ({
      puts: [
        {
          table: "meta",
          row: { version: 1, name: "lease", epoch: 1, owner: "process-1", untilAt: 1_000 },
        },
      ],
      result: undefined,
    }),
  });
  if (row !== undefined) await put(store, row);
  return { store, key: (row ?? closedFile()).key };
}

function put(store: Store, row: ObjectRow): Promise<void> {
  return store.write({
    durability: "strict",
    reads: {},
    decide: () => ({ puts: [{ table: "objects", row }], result: undefined }),
  });
}

async function want(
  store: Store,
  key: LocalKey,
  input: Partial<WantContentInput> = {},
): Promise<Fetched> {
  const wanted = await store.write(wantContent({ key, at: 1, random, ...input }));
  if (wanted.kind !== "fetching") throw new Error(`It is ${wanted.kind}.`);
  return { epoch: 1, file: key, content: wanted.content };
}
