import type { Random } from "@holdfast/core";

/** 64 hexadecimal digits, as the platform's own client draws them (DO §2); at most 128 bytes are allowed. */
export function newNonce(random: Random, entity: string): string {
  return [...random.bytes(32, entity)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
