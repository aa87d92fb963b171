import { strictAlphabet } from "@holdfast/core";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What a whole platform is derived from: the same seed and the same calls give the same world. */
export type Seed = number | string;

/**
 * 32 bytes that depend on nothing but the seed and the entity they are drawn for. There is no stream of random
 * numbers anywhere in the platform, so calls that arrive in another order still draw the same (design §8).
 */
export function draw(seed: Seed, entity: readonly (string | number)[]): Uint8Array {
  return sha256(utf8ToBytes(JSON.stringify([seed, ...entity])));
}

/** In [0, 1). */
export function drawFraction(seed: Seed, entity: readonly (string | number)[]): number {
  return new DataView(draw(seed, entity).buffer).getUint32(0) / 2 ** 32;
}

/** `class-` and 24 characters of the platform's alphabet (DO §3.1). */
export function drawId(
  className: string,
  seed: Seed,
  entity: readonly (string | number)[],
): string {
  let id = `${className}-`;
  for (const byte of draw(seed, [className, ...entity]).subarray(0, 24)) {
    id += strictAlphabet.charAt(byte % strictAlphabet.length);
  }
  return id;
}

/** SHA-256 in hex: of a token what the platform calls its signature (CS §7), of an input what a nonce remembers. */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
