export const mebibyte: number = 2 ** 20;

/** The n-th mebibyte of a content that nobody has to keep: the page and the platform's side make the same of a seed. */
export function mebibyteOf(seed: number, index: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(mebibyte / 4);
  let state = (seed * 2_654_435_761 + index * 40_503 + 1) >>> 0;
  for (let at = 0; at < words.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words[at] = state;
  }
  return new Uint8Array(words.buffer);
}
