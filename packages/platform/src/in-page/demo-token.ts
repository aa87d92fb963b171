import { bytesToHex } from "@noble/hashes/utils.js";
import { draw, type Seed } from "../chance.ts";

/** A token that nobody has to keep: it opens nothing but the platform in the page, which draws it again when asked. */
export function demoToken(seed: Seed, user: string): string {
  return bytesToHex(draw(seed, ["token", user])).slice(0, 32);
}
