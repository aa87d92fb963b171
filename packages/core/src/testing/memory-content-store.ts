import { assert } from "../assert.ts";
import type { ContentRoom, ContentStore, ContentWriter } from "../content.ts";
import { HoldfastError, type LocalFailure } from "../failure.ts";
import type { ContentName } from "../ids.ts";

interface KeptContent {
  /** Longer than what is kept, so that not every append copies what was before. */
  buffer: Uint8Array;
  size: number;
  /** How many of them survive the process. */
  flushed: number;
}

/** What the memory content stores of one test share, as tabs share a disk. It outlives the stores. */
export class MemoryContents {
  readonly #contents = new Map<ContentName, KeptContent>();

  get names(): readonly ContentName[] {
    return [...this.#contents.keys()];
  }

  get used(): number {
    return [...this.#contents.values()].reduce((used, { size }) => used + size, 0);
  }

  get(name: ContentName): KeptContent | undefined {
    return this.#contents.get(name);
  }

  set(name: ContentName, content: KeptContent): void {
    this.#contents.set(name, content);
  }

  delete(name: ContentName): void {
    this.#contents.delete(name);
  }

  /** What the end of a process may do: what was not flushed is gone. Open the stores again after it. */
  loseUnflushed(): void {
    for (const content of this.#contents.values()) content.size = content.flushed;
  }
}

export interface MemoryContentStoreOptions {
  /** Share them between stores to have several tabs, or one after the other to restart. Default: its own. */
  readonly contents?: MemoryContents;
  /** In bytes. Default: no bound, and nobody can tell the room. */
  readonly quota?: number;
}

/** The `ContentStore` port as plainly as it can be written: the model the durable ones are compared with. */
export function memoryContentStore(options: MemoryContentStoreOptions = {}): ContentStore {
  return new MemoryContentStore(options);
}

class MemoryContentStore implements ContentStore {
  readonly #contents: MemoryContents;
  readonly #quota: number | undefined;
  #isClosed = false;

  constructor({ contents = new MemoryContents(), quota }: MemoryContentStoreOptions) {
    this.#contents = contents;
    this.#quota = quota;
  }

  async write(
    name: ContentName,
    { keep = 0 }: { readonly keep?: number } = {},
  ): Promise<ContentWriter> {
    this.#assertOpen();
    const kept = this.#contents.get(name);
    if ((kept?.size ?? 0) < keep) throw notThere(name);
    const buffer = kept?.buffer.slice(0, keep) ?? new Uint8Array();
    const content: KeptContent = { buffer, size: keep, flushed: keep };
    this.#contents.set(name, content);
    let isOpen = true;
    const flush = async (): Promise<void> => {
      this.#assertOpen();
      content.flushed = content.size;
    };
    return {
      append: async (bytes) => {
        this.#assertOpen();
        assert(isOpen, "Nothing is appended once the writer is closed.");
        this.#assertRoom(bytes.length);
        const size = content.size + bytes.length;
        if (size > content.buffer.length) {
          const longer = new Uint8Array(2 * size);
          longer.set(content.buffer);
          content.buffer = longer;
        }
        content.buffer.set(bytes, content.size);
        content.size = size;
      },
      flush,
      close: async () => {
        isOpen = false;
        await flush();
      },
    };
  }

  async read(name: ContentName, from: number, to: number): Promise<Blob> {
    this.#assertOpen();
    const content = this.#contents.get(name);
    if (content === undefined || content.size < to) throw notThere(name);
    return new Blob([content.buffer.slice(from, to)]);
  }

  async list(): Promise<readonly ContentName[]> {
    this.#assertOpen();
    return this.#contents.names;
  }

  async remove(name: ContentName): Promise<void> {
    this.#assertOpen();
    this.#contents.delete(name);
  }

  async room(): Promise<ContentRoom | undefined> {
    this.#assertOpen();
    return this.#quota === undefined
      ? undefined
      : { used: this.#contents.used, quota: this.#quota };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #assertRoom(more: number): void {
    if (this.#quota === undefined || this.#contents.used + more <= this.#quota) return;
    throw failed({ code: "StorageQuota", message: "There is no room left for contents." });
  }

  #assertOpen(): void {
    if (this.#isClosed) throw failed({ code: "StorageClosed", message: "The store is closed." });
  }
}

function notThere(name: ContentName): HoldfastError {
  return failed({ code: "StorageFailed", message: `The bytes of ${name} are not all there.` });
}

function failed(failure: LocalFailure): HoldfastError {
  return new HoldfastError(failure);
}
