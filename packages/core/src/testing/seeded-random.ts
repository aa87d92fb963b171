import type { Random } from "../ports.ts";

/** Chance that depends on nothing but the seed and the entity it is drawn for (design §8). */
export function seededRandom(seed: number | string): Random {
  return {
    bytes(length, entity) {
      const next = generator(`${seed}/${entity}`);
      return Uint8Array.from({ length }, () => next() >>> 24);
    },
    fraction(entity) {
      return generator(`${seed}/${entity}`)() / 2 ** 32;
    },
  };
}

/** sfc32 over a state hashed from the text: small, well known, the same in every engine. */
function generator(text: string): () => number {
  let [a, b, c, d] = [hash(text, 1), hash(text, 2), hash(text, 3), 1];
  function next(): number {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }
  for (let round = 0; round < 12; round++) next();
  return next;
}

function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ salt;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value ^ (value >>> 15);
}
