import { bytesToHex } from "@noble/hashes/utils.js";
import { draw, type Seed } from "../chance.ts";

/**
 * What proves that the platform itself gave something out. The seed is the secret: it opens a platform that nobody
 * keeps anything of value in, the same world gives the same URLs, and nothing has to be remembered.
 */
export function signatureOf(seed: Seed, fields: readonly (string | number)[]): string {
  return bytesToHex(draw(seed, ["signature", ...fields])).slice(0, 32);
}
