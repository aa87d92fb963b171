import { createHash } from "node:crypto";
import {
  type ContentName,
  type ContentRow,
  describeFields,
  type Failure,
  fromDescribe,
  type JsonObject,
  type LocalKey,
  type Md5,
  type ObjectRow,
  toLocalKey,
  type ObjectId,
  type ProjectId,
  wantContent,
} from "@holdfast/core";
import { MemoryContents, memoryContentStore } from "@holdfast/core/testing";
import type { EngineOptions, Fetch } from "@holdfast/sync";
import { openReplayWorld, project, type ReplayTab, type ReplayWorld } from "./replay-world.ts";

interface Link {
  readonly url: string;
  readonly headers: Record<string, string>;
}

/** Files on the platform that somebody else has made, and the device that fetches their contents. */
export class DownloadWorld implements AsyncDisposable {
  readonly world: ReplayWorld;
  /** Of the device: outlives its tabs. */
  readonly contents = new MemoryContents();
  /** URLs of content asked for, with the range. */
  readonly gets: string[] = [];
  /** To break what passes on purpose. */
  wrapFetch: (fetch: Fetch, request: Request) => Promise<Response> = (fetch, request) =>
    fetch(request);
  readonly #quota: number | undefined;

  constructor(world: ReplayWorld, quota?: number) {
    this.world = world;
    this.#quota = quota;
    world.wrapFetch = (fetch) => async (request) => {
      if (request.method === "GET") {
        this.gets.push(request.headers.get("Range") ?? "all");
        if (request.headers.has("Authorization")) throw new Error("The storage gets no token.");
      }
      return await this.wrapFetch(fetch, request);
    };
  }

  async openTab(options: Partial<EngineOptions> = {}): Promise<ReplayTab> {
    return await this.world.openTab({
      ...options,
      content: {
        store: memoryContentStore({
          contents: this.contents,
          ...(this.#quota === undefined ? {} : { quota: this.#quota }),
        }),
        newMd5,
      },
    });
  }

  /** A file of these parts, closed unless told otherwise. */
  async upload(
    parts: readonly Uint8Array<ArrayBuffer>[],
    { close = true }: { readonly close?: boolean } = {},
  ): Promise<string> {
    const { id } = await this.call<{ id: string }>("/file/new", { project, name: "reads" });
    for (const [at, bytes] of parts.entries()) {
      const input = { index: at + 1, size: bytes.length, md5: md5Of(bytes) };
      const { url, headers } = await this.call<Link>(`/${id}/upload`, input);
      const answer = await this.world.platform.fetch(url, { method: "PUT", body: bytes, headers });
      if (!answer.ok) throw new Error(`PUT ${answer.status}`);
    }
    if (close) await this.close(id);
    return id;
  }

  async close(id: string): Promise<void> {
    await this.call(`/${id}/close`, {});
    await this.world.run(5_000);
  }

  /** As the file's maker, past the network of the device. */
  async call<Output = JsonObject>(path: string, input: JsonObject): Promise<Output> {
    const answer = await this.world.platform.fetch(`https://platform.test${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: "Bearer token-of-ada" },
      body: JSON.stringify(input),
    });
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(JSON.stringify(body));
    return body as Output;
  }

  /** Makes the file known on this device. */
  async know(id: string): Promise<LocalKey> {
    const fields = Object.fromEntries(describeFields.map((field) => [field, true]));
    const answer = await this.call(`/${id}/describe`, { project, fields });
    const described = fromDescribe(JSON.stringify(answer));
    if (described === undefined) throw new Error("It can be described.");
    const key = toLocalKey(project as ProjectId, id as ObjectId);
    await this.put({
      ...{ version: 1, key, project: described.project, id: described.id, realId: described.id },
      ...{ class: "file", view: described.state, pending: 0, parked: 0 },
    });
    return key;
  }

  async put(row: ObjectRow): Promise<void> {
    await this.world.app.write({
      durability: "strict",
      reads: {},
      decide: () => ({ puts: [{ table: "objects", row }], result: undefined }),
    });
  }

  /** Some tab asks for it. */
  async want(key: LocalKey, input: { readonly keepOffline?: boolean } = {}): Promise<void> {
    const { clock, random, app } = this.world;
    await app.write(wantContent({ key, at: clock.now(), random, ...input }));
  }

  async object(key: LocalKey): Promise<ObjectRow | undefined> {
    return (await this.world.app.get("objects", [key]))[0];
  }

  async contentRow(key: LocalKey): Promise<ContentRow | undefined> {
    const object = await this.object(key);
    const name = object?.content ?? object?.fetching?.content;
    return name === undefined ? undefined : (await this.world.app.get("contents", [name]))[0];
  }

  async refusal(key: LocalKey): Promise<Failure["code"] | undefined> {
    return (await this.object(key))?.fetching?.refused?.code;
  }

  /** What this device has of it, whole. */
  async bytes(key: LocalKey): Promise<Buffer | undefined> {
    const row = await this.contentRow(key);
    return row?.state === "whole" ? this.bytesOf(row.name) : undefined;
  }

  bytesOf(name: ContentName): Buffer | undefined {
    const kept = this.contents.get(name);
    return kept === undefined ? undefined : Buffer.from(kept.buffer.slice(0, kept.size));
  }

  /** Until it is here or refused, or so long. */
  async arrive(key: LocalKey, withinMs = 300_000): Promise<Buffer | undefined> {
    for (let passedMs = 0; passedMs < withinMs; passedMs += 500) {
      await this.world.run(500);
      const object = await this.object(key);
      if (object?.content !== undefined || object?.fetching?.refused !== undefined) break;
    }
    return await this.bytes(key);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world[Symbol.asyncDispose]();
  }
}

/** In a region whose parts may be of any size. */
export async function openDownloadWorld(
  seed: number | string = 1,
  { quota }: { readonly quota?: number } = {},
): Promise<DownloadWorld> {
  return new DownloadWorld(await openReplayWorld(seed, "azure:westus"), quota);
}

/** Bytes that differ from part to part. */
export function sampleBytes(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, at) => (at * 31 + seed * 17 + (at >> 8)) & 0xff);
}

function md5Of(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}

async function newMd5(): Promise<Md5> {
  const hash = createHash("md5");
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("hex") };
}
