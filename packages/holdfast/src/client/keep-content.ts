import { HoldfastError } from "@holdfast/core";
import type { AttachOptions, Content } from "../content.ts";
import type { CreationInput, ManyOptions } from "../creation.ts";
import type { FileInput } from "../files.ts";
import type { Receipt } from "../receipt.ts";
import type { ContentTarget, Created } from "../wire.ts";
import type { Handle } from "./handle.ts";
import type { Line } from "./line.ts";

// Loaded with the first content that a page attaches: most pages never need it.

/** Of a Blob, which crosses by reference, what one message names: how fine the progress is. */
const blobBytes = 16 * 2 ** 20;

/** Of what is copied into a message. */
const copiedBytes = 2 ** 20;

/** Inputs whose contents, where they have any, are with the host already. */
export interface PlainInputs {
  readonly inputs: readonly CreationInput[];
  /** The numbers of these: see `Calls.stage`. */
  readonly contents?: readonly (number | null)[];
}

export async function createWithContent(
  line: Line,
  { content, ...input }: FileInput,
  options: AttachOptions = {},
): Promise<Created> {
  const number = await keepContent(line, { content, for: { input } }, options);
  return await line.send({ kind: "create", class: "file", input, content: number });
}

export async function attachContent(
  line: Line,
  { file, content }: { readonly file: Handle; readonly content: Content },
  options: AttachOptions = {},
): Promise<Receipt> {
  const object = file.key;
  const number = await keepContent(line, { content, for: { object } }, options);
  const { key, operation } = await line.send({ kind: "attach", object, content: number });
  return file.receiptOf(operation, key);
}

/** Inputs of `createMany` without their contents, and the numbers that these were written under, one after the other. */
export async function keepContents(
  line: Line,
  inputs: readonly FileInput[],
  { signal }: ManyOptions,
): Promise<PlainInputs> {
  const options = signal === undefined ? {} : { signal };
  const contents: (number | null)[] = [];
  const plain: CreationInput[] = [];
  try {
    for (const { content, ...input } of inputs) {
      const kept =
        content === undefined
          ? null
          : await keepContent(line, { content, for: { input } }, options);
      contents.push(kept);
      plain.push(input);
    }
    return { inputs: plain, contents };
  } catch (error) {
    for (const content of contents) if (content !== null) drop(line, content);
    throw error;
  }
}

/**
 * Brings content to the host, and no faster than the host keeps it: two messages are on their way at most, so that it reads the
 * one while it writes the other.
 * @returns the number under which it is whole there.
 */
async function keepContent(
  line: Line,
  { content, for: target }: { readonly content: Content | undefined; readonly for: ContentTarget },
  { signal, onProgress }: AttachOptions,
): Promise<number> {
  signal?.throwIfAborted();
  const number = line.nextNumber();
  const [messages, size] = messagesOf(content);
  const of = size === undefined ? {} : { size };
  await line.send({ kind: "beginContent", content: number, for: target, ...of });
  const source = messages[Symbol.asyncIterator]();
  try {
    let earlier: Promise<void> = Promise.resolve();
    let before: Promise<void> = Promise.resolve();
    for (;;) {
      const { done, value: data } = await untilAborted(source.next(), signal);
      await untilAborted(earlier, signal);
      if (done === true) break;
      earlier = before;
      before = line
        .send({ kind: "appendContent", content: number, data })
        .then((bytes) => tell(onProgress, { bytes, ...of }));
      // Awaited two rounds later; until then a refusal is not unhandled.
      before.catch(() => {});
    }
    await untilAborted(before, signal);
    await line.send({ kind: "endContent", content: number });
    return number;
  } catch (error) {
    // A source that hangs must not be waited for.
    source.return?.().catch(() => {});
    drop(line, number);
    throw error;
  }
}

/** What the app's own function throws is the app's, and fails no attach. */
function tell(
  onProgress: AttachOptions["onProgress"],
  progress: Parameters<NonNullable<AttachOptions["onProgress"]>>[0],
): void {
  try {
    onProgress?.(progress);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function drop(line: Line, content: number): void {
  line.send({ kind: "dropContent", content }).catch(() => {});
}

function messagesOf(
  content: Content | undefined,
): readonly [AsyncGenerator<Blob | Uint8Array, void>, number | undefined] {
  if (content instanceof Blob) return [slicesOf(content), content.size];
  if (content instanceof ArrayBuffer || ArrayBuffer.isView(content)) {
    return [inMessages([content]), content.byteLength];
  }
  if (typeof content === "object" && content !== null) {
    if ("getReader" in content) return [inMessages(chunksOf(content)), undefined];
    if (Symbol.asyncIterator in content) return [inMessages(content), undefined];
  }
  throw new HoldfastError({
    code: "InvalidInput",
    message: "Content is a Blob, a stream or async iterable of bytes, or bytes.",
  });
}

async function* slicesOf(blob: Blob): AsyncGenerator<Blob, void> {
  for (let from = 0; from < blob.size; from += blobBytes) yield blob.slice(from, from + blobBytes);
}

/** Not every browser iterates its streams. */
async function* chunksOf(stream: ReadableStream<unknown>): AsyncGenerator<unknown, void> {
  const reader = stream.getReader();
  let isRead = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      isRead = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!isRead) reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

async function* inMessages(
  chunks: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<Uint8Array, void> {
  let message = new Uint8Array(copiedBytes);
  let filled = 0;
  for await (const chunk of chunks) {
    const bytes = bytesOf(chunk);
    for (let done = 0; done < bytes.length; ) {
      const piece = bytes.subarray(done, done + copiedBytes - filled);
      message.set(piece, filled);
      filled += piece.length;
      done += piece.length;
      if (filled < copiedBytes) continue;
      yield message;
      message = new Uint8Array(copiedBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield message.slice(0, filled);
}

function bytesOf(chunk: unknown): Uint8Array {
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  if (ArrayBuffer.isView(chunk)) {
    return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  throw new HoldfastError({
    code: "InvalidInput",
    message: "A stream of content must give bytes: encode text first.",
  });
}

function untilAborted<Value>(
  value: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return value;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
