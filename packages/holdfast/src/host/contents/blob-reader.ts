import { HoldfastError } from "@holdfast/core";

const bufferBytes = 2 ** 20;

/**
 * Reads Blobs a chunk at a time, into the same two buffers again and again: what a garbage collector has to clear away first is
 * memory that a long content takes without need, and slow (docs/decisions/0033).
 */
export class BlobReader {
  readonly #spare: ArrayBuffer[] = [];

  /** The next chunk is read while the one given is used; it is not to be used any more once the next is asked for. */
  async *chunksOf(blob: Blob): AsyncGenerator<Uint8Array, void> {
    const reader = byteReaderOf(blob);
    if (reader === undefined) {
      yield* slicesOf(blob);
      return;
    }
    let next = reader.read(this.#takeBuffer());
    try {
      for (;;) {
        const { done, value } = await readable(next);
        if (done) {
          if (value !== undefined) this.#spare.push(value.buffer);
          return;
        }
        next = reader.read(this.#takeBuffer());
        next.catch(() => undefined);
        yield value;
        this.#spare.push(value.buffer);
      }
    } finally {
      reader.cancel().catch(() => undefined);
    }
  }

  #takeBuffer(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#spare.pop() ?? new ArrayBuffer(bufferBytes));
  }
}

/** Undefined where a browser's Blobs give no streams of bytes. */
function byteReaderOf(blob: Blob): ReadableStreamBYOBReader | undefined {
  try {
    return blob.stream().getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
}

async function* slicesOf(blob: Blob): AsyncGenerator<Uint8Array, void> {
  const read = async (from: number): Promise<Uint8Array> =>
    new Uint8Array(await blob.slice(from, from + bufferBytes).arrayBuffer());
  let next = read(0);
  for (let from = 0; from < blob.size; from += bufferBytes) {
    const bytes = await readable(next);
    next = read(from + bufferBytes);
    next.catch(() => undefined);
    yield bytes;
  }
}

async function readable<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error), error);
  }
}

/** A file of the device can be changed or removed after it was chosen. */
export function unreadable(what: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    {
      code: "InvalidInput",
      message: `The content cannot be read to its end; choose the file again. (${what})`,
    },
    { cause },
  );
}
