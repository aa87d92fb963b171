import type { Md5 } from "@holdfast/core";

/** RFC 1321, of contents that fit into memory: nothing of it is loaded, so that none of it takes time of its own. */
export async function newMd5(): Promise<Md5> {
  const chunks: Uint8Array[] = [];
  return {
    // Whoever gave them may write over them.
    update: (bytes) => void chunks.push(bytes.slice()),
    digest: () => md5Of(joined(chunks)),
  };
}

/** 32 lowercase hex digits. */
export function md5Of(bytes: Uint8Array): string {
  const blocks = (bytes.length + 72) >> 6;
  const padded = new DataView(new ArrayBuffer(blocks << 6));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32((blocks << 6) - 8, bytes.length << 3, true);
  padded.setUint32((blocks << 6) - 4, bytes.length >>> 29, true);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as State;
  for (let at = 0; at < padded.byteLength; at += 64) mixIn(state, padded, at);
  const digest = new DataView(new ArrayBuffer(16));
  for (const [index, word] of state.entries()) digest.setUint32(4 * index, word, true);
  return Array.from(new Uint8Array(digest.buffer), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

type State = [number, number, number, number];

function mixIn(state: State, data: DataView, at: number): void {
  let [a, b, c, d] = state;
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    const mixed =
      round === 0
        ? (b & c) | (~b & d)
        : round === 1
          ? (d & b) | (~d & c)
          : round === 2
            ? b ^ c ^ d
            : c ^ (b | ~d);
    const word = ((factors[round] as number) * step + (offsets[round] as number)) & 15;
    const shift = shifts[4 * round + (step & 3)] as number;
    const sum = (a + mixed + (sines[step] as number) + data.getUint32(at + 4 * word, true)) | 0;
    const turned = (sum << shift) | (sum >>> (32 - shift));
    [a, d, c, b] = [d, c, b, (b + turned) | 0];
  }
  for (const [index, word] of [a, b, c, d].entries()) {
    state[index] = ((state[index] as number) + word) | 0;
  }
}

const factors = [1, 5, 3, 7];
const offsets = [0, 1, 5, 0];
const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Array.from({ length: 64 }, (_, step) =>
  Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32),
);

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
