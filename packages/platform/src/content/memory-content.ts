import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { chunksOf } from "./chunks-of.ts";
import type { Content, ContentStore, ReceivedContent } from "./content.ts";

/** Keeps content in the world itself, and so in its snapshots and wherever it survives. The default. */
export class MemoryContent implements ContentStore {
  async receive(
    body: ReadableStream<Uint8Array> | null,
    maxBytes: number,
  ): Promise<ReceivedContent | undefined> {
    const hash = md5.create();
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of chunksOf(body)) {
      size += chunk.length;
      if (size > maxBytes) {
        chunks.length = 0;
        continue;
      }
      hash.update(chunk);
      chunks.push(chunk);
    }
    if (size > maxBytes) return undefined;
    const bytes = joined(chunks, size);
    return {
      size,
      md5: bytesToHex(hash.digest()),
      keep: () => ({ kind: "inline", bytes }),
      drop: () => {},
    };
  }

  async *read(content: Content, from: number, to: number): AsyncGenerator<Uint8Array> {
    if (content.kind !== "inline") throw new Error(missingStore(content.name));
    if (to > from) yield content.bytes.subarray(from, to);
  }

  /** What no part has any more is the garbage collector's. */
  discard(): void {}
}

/** A world that was made with a directory was opened without it. */
function missingStore(name: string): string {
  return `the content ${name} is in a directory that this platform was not given`;
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
