import type { EpochMs } from "@holdfast/core";
import { drawFraction, type Seed } from "../chance.ts";

/**
 * `X-Request-ID`: the time and a number, `\d{13}-\d{1,6}` (DO §1.2). The number comes from what was asked, not from
 * a counter, so that calls which arrive together in another order keep their ids.
 */
export class RequestIds {
  readonly #seed: Seed;
  readonly #taken = new Set<number>();
  #at: EpochMs = 0;

  constructor(seed: Seed) {
    this.#seed = seed;
  }

  next(at: EpochMs, entity: readonly (string | number)[]): string {
    if (at !== this.#at) {
      this.#at = at;
      this.#taken.clear();
    }
    let suffix = Math.floor(drawFraction(this.#seed, ["request", ...entity]) * range);
    while (this.#taken.has(suffix) && this.#taken.size < range) suffix = (suffix + 1) % range;
    this.#taken.add(suffix);
    return `${String(at).padStart(13, "0")}-${suffix}`;
  }
}

const range = 1_000_000;
