import { failureOf, type LocalKey } from "@holdfast/core";
import type { WaitOptions } from "../receipt.ts";
import type { Line } from "./line.ts";

/** All bytes of the file, once they are here. What is evicted between arriving and reading is asked for once more. */
export async function readContent(
  line: Line,
  object: LocalKey,
  options: WaitOptions,
): Promise<Blob> {
  for (let isAgain = false; ; isAgain = true) {
    const { key, isHere } = await line.send({ kind: "wantContent", object }, options);
    if (!isHere) await line.wait({ until: "content", object: key }, options);
    try {
      return await line.send({ kind: "readContent", object: key }, options);
    } catch (error) {
      if (isAgain || failureOf(error)?.code !== "ResourceNotFound") throw error;
    }
  }
}

type Chunk = Uint8Array<ArrayBuffer>;

/**
 * Readings in a row that give no byte: after so many nothing is read any more before all of it is here, as some browser may not
 * give out what is being written, and after so many it is what it is.
 */
const vainReadings = { untilWhole: 2, atMost: 5 };

/** The bytes of the file in order, each as soon as it is here for good. Resolves once the first of them are. */
export async function streamContent(
  line: Line,
  object: LocalKey,
  options: WaitOptions,
): Promise<ReadableStream<Chunk>> {
  const content = new ContentStream(line, object, options);
  await content.begin();
  return new ReadableStream<Chunk>(
    {
      async pull(controller) {
        const chunk = await content.next();
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
      cancel: () => content.cancel(),
    },
    { highWaterMark: 0 },
  );
}

class ContentStream {
  readonly #line: Line;
  readonly #options: WaitOptions;
  readonly #stop = new AbortController();
  #key: LocalKey;
  #reader: ReadableStreamDefaultReader<Chunk> | undefined;
  /** All of it, when it was asked for: where it is gone then, it was evicted, and nobody has given it up. */
  #wasHere = false;
  #given = 0;
  #inVain = 0;

  constructor(line: Line, object: LocalKey, options: WaitOptions) {
    this.#line = line;
    this.#key = object;
    this.#options = options;
  }

  /** Wants the content here, and waits until what is next of it is. */
  async begin(): Promise<void> {
    const { key, isHere } = await this.#line.send(
      { kind: "wantContent", object: this.#key },
      this.#options,
    );
    this.#key = key;
    this.#wasHere = isHere;
    if (!isHere) await this.#arrive();
  }

  /** Undefined at the end. */
  async next(): Promise<Chunk | undefined> {
    for (;;) {
      try {
        this.#reader ??= await this.#open();
        if (this.#reader === undefined) return undefined;
        const { done, value } = await this.#reader.read();
        if (!done) {
          this.#given += value.length;
          this.#inVain = 0;
          return value;
        }
        this.#reader = undefined;
      } catch (error) {
        this.#reader = undefined;
        await this.#recover(error);
      }
    }
  }

  cancel(): void {
    this.#stop.abort(new Error("Nobody reads the content any more."));
    this.#reader?.cancel().catch(() => {});
  }

  /** What is here behind what was given; undefined where that was all. */
  async #open(): Promise<ReadableStreamDefaultReader<Chunk> | undefined> {
    await this.#arrive();
    const from = this.#given;
    const blob = await this.#line.send({ kind: "readContent", object: this.#key, from });
    return blob.size === 0 ? undefined : blob.stream().getReader();
  }

  async #arrive(): Promise<void> {
    const { signal } = this.#options;
    const signals = signal === undefined ? [] : [signal];
    const behind = this.#inVain < vainReadings.untilWhole ? { behind: this.#given } : {};
    await this.#line.wait(
      { until: "content", object: this.#key, ...behind },
      { signal: AbortSignal.any([this.#stop.signal, ...signals]) },
    );
  }

  /** Evicted meanwhile, lost by the device, or written on while it was read. @throws what is none of that, or comes too often. */
  async #recover(error: unknown): Promise<void> {
    this.#inVain += 1;
    const code = failureOf(error)?.code;
    const isGone = code === "ResourceNotFound" && this.#wasHere;
    const mayPass = isGone || code === "StorageFailed" || error instanceof DOMException;
    if (!mayPass || this.#stop.signal.aborted || this.#inVain > vainReadings.atMost) throw error;
    await this.begin();
  }
}
