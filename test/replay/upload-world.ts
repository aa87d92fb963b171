import { createHash } from "node:crypto";
import {
  type ContentName,
  type ContentPart,
  type ContentRow,
  type JsonObject,
  type LocalKey,
  newContentName,
  newOperationId,
  type ObjectRow,
  type OutboxRow,
  type Store,
} from "@holdfast/core";
import { MemoryContents, memoryContentStore } from "@holdfast/core/testing";
import type { EngineOptions } from "@holdfast/sync";
import { openReplayWorld, type ReplayTab, type ReplayWorld } from "./replay-world.ts";

/** A device with a place for contents, and what it did with the parts of files. */
export interface UploadWorld extends AsyncDisposable {
  readonly world: ReplayWorld;
  readonly contents: MemoryContents;
  /** Each PUT that the storage was sent, in order; counted when its request leaves. */
  readonly puts: { readonly file: string; readonly index: number; readonly bytes: number }[];
  openTab(options?: Partial<EngineOptions>): Promise<ReplayTab>;
  /** A file made here, with its content where there is any. */
  makeFile(content?: Uint8Array<ArrayBuffer>, options?: MakeOptions): Promise<LocalKey>;
  attach(key: LocalKey, content: Uint8Array<ArrayBuffer>, partSize?: number): Promise<ContentName>;
  object(key: LocalKey): Promise<ObjectRow | undefined>;
  realIdOf(key: LocalKey): Promise<string>;
  content(name: ContentName): Promise<ContentRow | undefined>;
  partsOf(id: string): Promise<JsonObject>;
  /** What a download of the file gives. */
  bytesOf(id: string): Promise<Uint8Array>;
  /** Until the file is seen closed here. */
  untilClosed(key: LocalKey, withinMs?: number): Promise<void>;
}

export interface MakeOptions {
  readonly name?: string;
  readonly partSize?: number;
  readonly close?: boolean;
}

export const kibibyte = 1024;

/** What AWS-like regions want at least. */
export const leastAwsPart: number = 5 * kibibyte * kibibyte;

/** Of regions that take parts of any size: parts are small here, and many. */
export const partSize: number = 4 * kibibyte;

export async function openUploadWorld(
  seed: number | string,
  region: "aws:us-east-1" | "azure:westus" = "azure:westus",
): Promise<UploadWorld> {
  const world = await openReplayWorld(seed, region);
  const contents = new MemoryContents();
  const puts: UploadWorld["puts"] = [];
  const wrapBefore = world.wrapFetch;
  world.wrapFetch = (fetch) => {
    const next = wrapBefore(fetch);
    return async (request) => {
      const [, file = "", index = ""] = /\/upload\/(file-[^/]+)\/(\d+)/.exec(request.url) ?? [];
      if (file !== "") {
        puts.push({ file, index: Number(index), bytes: (await request.clone().blob()).size });
      }
      return await next(request);
    };
  };
  const content = (): NonNullable<EngineOptions["content"]> => ({
    store: memoryContentStore({ contents }),
    newMd5: async () => newMd5(),
  });
  const uploads: UploadWorld = {
    world,
    contents,
    puts,
    openTab: (options = {}) => world.openTab({ content: content(), ...options }),
    makeFile: async (bytes, { name = "reads", partSize: size, close = false } = {}) => {
      const { key } = await world.create({ name }, "file");
      if (bytes !== undefined) await uploads.attach(key, bytes, size);
      if (close) await world.edit(key, "close");
      return key;
    },
    attach: async (key, bytes, size = partSize) => {
      const name = newContentName(world.random, `content:${key}:${bytes.length}`);
      const writer = await memoryContentStore({ contents }).write(name);
      await writer.append(bytes);
      await writer.close();
      await putAttach(world.app, { key, name, parts: cut(bytes, size), world });
      return name;
    },
    object: async (key) => (await world.app.get("objects", [key]))[0],
    realIdOf: async (key) => (await uploads.object(key))?.realId ?? "",
    content: async (name) => (await world.app.get("contents", [name]))[0],
    partsOf: async (id) => {
      const input = { fields: { parts: true } };
      const answer = await world.platform.control.act("user-ada", `/${id}/describe`, input);
      return (answer as JsonObject)["parts"] as JsonObject;
    },
    bytesOf: async (id) => {
      const input = { preauthenticated: true };
      const answer = await world.platform.control.act("user-ada", `/${id}/download`, input);
      const response = await world.platform.fetch((answer as { readonly url: string }).url);
      return await response.bytes();
    },
    untilClosed: async (key, withinMs = 600_000) => {
      for (let passedMs = 0; passedMs < withinMs; passedMs += 1_000) {
        await world.run(1_000);
        const row = await uploads.object(key);
        const isSettled = row?.pending === 0 && row.unsettled === undefined;
        if (isSettled && row.view.state === "closed") return;
      }
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
  return uploads;
}

export function someBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const words = new Uint32Array(bytes.buffer, 0, length >> 2);
  let state = seed * 2_654_435_761;
  for (let index = 0; index < words.length; index++) {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    words[index] = state;
  }
  return bytes;
}

export function md5Of(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}

export function cut(bytes: Uint8Array, size: number): readonly ContentPart[] {
  const parts: ContentPart[] = [];
  for (let from = 0; from < bytes.length; from += size) {
    const part = bytes.subarray(from, from + size);
    parts.push({ index: parts.length + 1, size: part.length, md5: md5Of(part) });
  }
  return parts;
}

/** As the platform shows them once all are there. */
export function complete(parts: readonly ContentPart[]): JsonObject {
  return Object.fromEntries(
    parts.map(({ index, size, md5 }) => [String(index), { size, md5, state: "complete" }]),
  );
}

function newMd5(): { update(bytes: Uint8Array): void; digest(): string } {
  const hash = createHash("md5");
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
}

/** What a person's attaching comes to. */
async function putAttach(
  app: Store,
  {
    key,
    name,
    parts,
    world,
  }: {
    readonly key: LocalKey;
    readonly name: ContentName;
    readonly parts: readonly ContentPart[];
    readonly world: ReplayWorld;
  },
): Promise<void> {
  const madeAt = world.clock.now();
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  await app.write({
    durability: "strict",
    reads: { objects: [key], lanes: [key] },
    decide(rows) {
      const object = rows.object(key) as ObjectRow;
      const sequence = rows.nextSequence();
      const row: OutboxRow = {
        version: 1,
        sequence,
        id: newOperationId(sequence, world.random),
        lane: key,
        operation: { kind: "attach", content: name, size },
        touches: [object.id],
        waitsFor: [],
        madeAt,
      };
      const content: ContentRow = {
        ...{ version: 1, name, file: key, origin: "device", state: "whole", parts },
        ...{ madeAt, usedAt: madeAt },
      };
      const base = object.pending === 0 ? object.view : object.base;
      const changed: ObjectRow = {
        ...object,
        content: name,
        pending: object.pending + 1,
        ...(base === undefined ? {} : { base }),
      };
      return {
        puts: [
          { table: "contents", row: content },
          { table: "outbox", row },
          { table: "objects", row: changed },
        ],
        result: undefined,
      };
    },
  });
}
