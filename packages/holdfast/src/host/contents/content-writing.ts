import {
  assert,
  beginContent,
  type Clock,
  type ContentName,
  type ContentPart,
  type ContentWriter,
  dropGarbage,
  lockOfContent,
  type Md5,
  nameContent,
  type NewContent,
  type NewMd5,
  partSizeAt,
  type Random,
} from "@holdfast/core";
import { type ContentPorts, makeRoom } from "@holdfast/sync";
import { BlobReader, unreadable } from "./blob-reader.ts";

export interface WritingPorts extends ContentPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly newMd5: NewMd5;
  /** Default: as the size of the content asks for. */
  readonly partBytes: number | undefined;
}

/**
 * New content on its way into the store, from its intent to the transaction that makes it a file's: the row is committed before
 * the first byte, and the lock of its name is held to the end, so that no collector takes it.
 */
export class ContentWriting {
  readonly #ports: WritingPorts;
  readonly #name: ContentName;
  readonly #size: number | undefined;
  readonly #release: () => void;
  readonly #blobs = new BlobReader();
  readonly #parts: ContentPart[] = [];
  #writer: ContentWriter | undefined;
  #md5: Md5 | undefined;
  #partSize = 0;
  #bytes = 0;
  /** Of the part that is not full yet. */
  #filled = 0;
  #last: Promise<unknown> = Promise.resolve();
  #whole: Promise<NewContent> | undefined;

  /**
   * @param size - in bytes, where it is known before.
   * @throws HoldfastError `StorageQuota` with the bytes needed and free, before anything is written.
   */
  static async begin(ports: WritingPorts, size: number | undefined): Promise<ContentWriting> {
    const { store, contents, clock, random } = ports;
    await makeRoom(ports, size ?? partSizeAt(1, undefined));
    const name = await store.write(nameContent(random));
    const release = await hold(ports, name);
    const writing = new ContentWriting(ports, { name, size, release });
    try {
      await store.write(beginContent({ name, at: clock.now() }));
      writing.#writer = await contents.write(name);
      return writing;
    } catch (error) {
      await writing.drop();
      throw error;
    }
  }

  private constructor(
    ports: WritingPorts,
    own: {
      readonly name: ContentName;
      readonly size: number | undefined;
      readonly release: () => void;
    },
  ) {
    this.#ports = ports;
    this.#name = own.name;
    this.#size = own.size;
    this.#release = own.release;
  }

  /** In the order of the calls. @returns how many bytes are kept by then. */
  append(data: Blob | Uint8Array): Promise<number> {
    const appended = this.#last.then(() => this.#append(data));
    this.#last = appended.catch(() => undefined);
    return appended;
  }

  /** All bytes are durable; the name is held until {@link release}. Idempotent. */
  finish(): Promise<NewContent> {
    this.#whole ??= this.#finish();
    return this.#whole;
  }

  async #finish(): Promise<NewContent> {
    await this.#last;
    if (this.#size !== undefined && this.#bytes !== this.#size) {
      throw unreadable(`it had ${this.#size} bytes and gave ${this.#bytes}`);
    }
    this.#endPart();
    await this.#openWriter().close();
    this.#writer = undefined;
    return { name: this.#name, parts: this.#parts };
  }

  /** Once it is a file's. */
  release(): void {
    this.#release();
  }

  /** Gives it up, whatever of it is there. */
  async drop(): Promise<void> {
    await this.#last;
    const { store, contents } = this.#ports;
    const name = this.#name;
    try {
      await this.#writer?.close();
      if (await store.write(dropGarbage({ name }))) await contents.remove(name);
    } catch {
      // What could not be removed is garbage, which is collected another time.
    } finally {
      this.#writer = undefined;
      this.#release();
    }
  }

  async #append(data: Blob | Uint8Array): Promise<number> {
    const chunks = data instanceof Uint8Array ? [data] : this.#blobs.chunksOf(data);
    for await (const bytes of chunks) await this.#keep(bytes);
    return this.#bytes;
  }

  async #keep(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      if (this.#md5 === undefined) await this.#beginPart();
      const piece = bytes.subarray(done, done + this.#partSize - this.#filled);
      this.#md5?.update(piece);
      this.#filled += piece.length;
      done += piece.length;
      if (this.#filled === this.#partSize) this.#endPart();
    }
    await this.#openWriter().append(bytes);
    this.#bytes += bytes.length;
  }

  async #beginPart(): Promise<void> {
    this.#partSize = this.#ports.partBytes ?? partSizeAt(this.#parts.length + 1, this.#size);
    // Of unknown length: nobody has asked for its room yet.
    if (this.#size === undefined) await makeRoom(this.#ports, this.#partSize);
    this.#md5 = await this.#ports.newMd5();
    this.#filled = 0;
  }

  #endPart(): void {
    if (this.#md5 === undefined) return;
    const [index, size] = [this.#parts.length + 1, this.#filled];
    this.#parts.push({ index, size, md5: this.#md5.digest() });
    this.#md5 = undefined;
  }

  #openWriter(): ContentWriter {
    assert(this.#writer !== undefined, "Nothing is written once the content is finished.");
    return this.#writer;
  }
}

/** Resolves once the lock is held, with what lets go of it. */
function hold({ locks }: WritingPorts, name: ContentName): Promise<() => void> {
  return new Promise((resolve, reject) => {
    locks
      .request(lockOfContent(name), {}, () => new Promise<void>((release) => resolve(release)))
      .catch(reject);
  });
}
