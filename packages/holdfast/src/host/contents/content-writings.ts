import { HoldfastError, type NewContent } from "@holdfast/core";
import { ContentWriting, type WritingPorts } from "./content-writing.ts";

/** Contents that one page may have on their way at once: each holds a file open and a few megabytes. */
const maxWritings = 64;

/** The contents that one page is writing, by the numbers that it gave them. */
export class ContentWritings {
  readonly #ports: WritingPorts;
  readonly #writings = new Map<number, Promise<ContentWriting>>();
  readonly #unfinished = new Set<number>();

  constructor(ports: WritingPorts) {
    this.#ports = ports;
  }

  /** @throws HoldfastError `StorageQuota`, `InvalidInput` where too many are under way. */
  async begin(number: number, size: number | undefined): Promise<void> {
    if (this.#unfinished.size >= maxWritings) throw tooMany();
    const begun = ContentWriting.begin(this.#ports, size);
    this.#writings.set(number, begun);
    this.#unfinished.add(number);
    try {
      await begun;
    } catch (error) {
      this.#forget(number);
      throw error;
    }
  }

  /** @returns how many bytes are kept by then. What fails ends it. */
  async append(number: number, data: Blob | Uint8Array): Promise<number> {
    const writing = await this.#get(number);
    try {
      return await writing.append(data);
    } catch (error) {
      await this.drop(number);
      throw error;
    }
  }

  /** All of it has come. What fails ends it. */
  async end(number: number): Promise<void> {
    const writing = await this.#get(number);
    try {
      await writing.finish();
      this.#unfinished.delete(number);
    } catch (error) {
      await this.drop(number);
      throw error;
    }
  }

  /** Makes the contents whole and hands them to the write that makes them files'; where that is refused, they are dropped. */
  async commit<Value>(
    numbers: readonly number[],
    write: (contents: readonly NewContent[]) => Promise<Value>,
  ): Promise<Value> {
    const writings = await Promise.all(numbers.map((number) => this.#get(number)));
    for (const number of numbers) this.#forget(number);
    try {
      const contents: NewContent[] = [];
      for (const writing of writings) contents.push(await writing.finish());
      const value = await write(contents);
      for (const writing of writings) writing.release();
      return value;
    } catch (error) {
      await Promise.all(writings.map((writing) => writing.drop()));
      throw error;
    }
  }

  async drop(number: number): Promise<void> {
    const begun = this.#writings.get(number);
    this.#forget(number);
    const writing = await begun?.catch(() => undefined);
    await writing?.drop();
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#writings.keys(), (number) => this.drop(number)));
  }

  #forget(number: number): void {
    this.#writings.delete(number);
    this.#unfinished.delete(number);
  }

  async #get(number: number): Promise<ContentWriting> {
    const begun = this.#writings.get(number);
    if (begun === undefined) throw gone();
    return await begun;
  }
}

function tooMany(): HoldfastError {
  return new HoldfastError({
    code: "InvalidInput",
    message: `More than ${maxWritings} contents are on their way; wait for some of them.`,
  });
}

function gone(): HoldfastError {
  return new HoldfastError({
    code: "StorageFailed",
    message: "The content was given up on its way; attach it again.",
  });
}
