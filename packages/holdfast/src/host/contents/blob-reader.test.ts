import { failureOf } from "@holdfast/core";
import { afterEach, expect, test, vi } from "vitest";
import { BlobReader } from "./blob-reader.ts";

const mebibyte = 2 ** 20;
const bytes = Uint8Array.from(
  { length: 3 * mebibyte + 5 },
  (_, at) => (at * 31 + (at >>> 8)) % 256,
);

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Of a browser whose Blobs give no streams of bytes. */
class PlainBlob extends Blob {
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const chunk = new Uint8Array(1);
    return new ReadableStream({ start: (controller) => controller.enqueue(chunk) });
  }
}

for (const [name, blob] of [
  ["a Blob", new Blob([bytes])],
  ["a Blob without a stream of bytes", new PlainBlob([bytes])],
] as const) {
  test(`${name} is read to its end, in order`, async () => {
    let done = 0;
    for await (const chunk of new BlobReader().chunksOf(blob)) {
      expect(chunk).toEqual(bytes.subarray(done, done + chunk.length));
      done += chunk.length;
    }
    expect(done).toBe(bytes.length);
  });
}

test("one Blob after the other is read into the same two buffers", async () => {
  let made = 0;
  const counted = new Proxy(ArrayBuffer, {
    construct(target, [length]: [number]) {
      if (length === mebibyte) made += 1;
      return new target(length);
    },
  });
  vi.stubGlobal("ArrayBuffer", counted);
  const reader = new BlobReader();
  for (let count = 0; count < 3; count++) {
    for await (const chunk of reader.chunksOf(new Blob([bytes]))) expect(chunk).not.toEqual([]);
  }
  expect(made).toBe(2);
});

test("a Blob that cannot be read to its end is the caller's to choose again", async () => {
  class Changed extends Blob {
    override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
      return new ReadableStream({
        type: "bytes",
        pull: (controller) =>
          controller.error(new DOMException("It was changed.", "NotReadableError")),
      });
    }
  }
  const first = new BlobReader().chunksOf(new Changed([bytes])).next();
  const failure = failureOf(await first.catch((error: unknown) => error));
  expect(failure).toMatchObject({ code: "InvalidInput" });
});
