import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { chunksOf } from "../content/chunks-of.ts";
import type { Content, ContentStore, ReceivedContent } from "../content/content.ts";

/**
 * Keeps each part in a file of its own, whose name the world knows. Bytes go to the disk as they come and from it as
 * they are read, so that memory stays flat whatever the size.
 */
export class DiskContent implements ContentStore {
  readonly #directory: string;
  #arrivals = 0;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes the directory where there is none, and takes away what was arriving when an earlier run ended. */
  static open(directory: string): DiskContent {
    mkdirSync(directory, { recursive: true });
    for (const name of readdirSync(directory)) {
      if (arrivalName.test(name)) rmSync(join(directory, name), { force: true });
    }
    return new DiskContent(directory);
  }

  async receive(
    body: ReadableStream<Uint8Array> | null,
    maxBytes: number,
  ): Promise<ReceivedContent | undefined> {
    this.#arrivals += 1;
    const path = join(this.#directory, `arriving-${process.pid}-${this.#arrivals}`);
    const drop = (): void => rmSync(path, { force: true });
    const file = await open(path, "w");
    try {
      const { size, md5 } = await write(file, body, maxBytes);
      await file.close();
      if (size > maxBytes) {
        drop();
        return undefined;
      }
      return { size, md5, drop, keep: (name) => this.#keep(path, name) };
    } catch (error) {
      await file.close();
      drop();
      throw error;
    }
  }

  async *read(content: Content, from: number, to: number): AsyncGenerator<Uint8Array> {
    if (to <= from) return;
    if (content.kind === "inline") yield content.bytes.subarray(from, to);
    else yield* createReadStream(this.#pathOf(content.name), { start: from, end: to - 1 });
  }

  discard(content: Content): void {
    if (content.kind === "stored") rmSync(this.#pathOf(content.name), { force: true });
  }

  #keep(path: string, name: string): Content {
    renameSync(path, this.#pathOf(name));
    return { kind: "stored", name };
  }

  #pathOf(name: string): string {
    return join(this.#directory, name);
  }
}

const arrivalName = /^arriving-\d+-\d+$/;

async function write(
  file: FileHandle,
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<{ readonly size: number; readonly md5: string }> {
  const hash = createHash("md5");
  let size = 0;
  for await (const chunk of chunksOf(body)) {
    size += chunk.length;
    // The rest is read, but not kept.
    if (size > maxBytes) continue;
    hash.update(chunk);
    for (let done = 0; done < chunk.length; ) {
      done += (await file.write(chunk, done)).bytesWritten;
    }
  }
  return { size, md5: hash.digest("hex") };
}
