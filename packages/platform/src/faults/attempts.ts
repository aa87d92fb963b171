import { hashText } from "../chance.ts";

const limit = 100_000;
/** A longer call is remembered by its hash. */
const rememberedCharacters = 200;

/** How often the same call has been made: what draws are told apart by. Forgets the oldest calls. */
export class Attempts {
  readonly #counts = new Map<string, number>();

  /** 1 for the first one. */
  count(call: string): number {
    const key = call.length > rememberedCharacters ? hashText(call) : call;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.delete(key);
    this.#counts.set(key, count);
    if (this.#counts.size > limit) {
      for (const oldest of this.#counts.keys()) {
        this.#counts.delete(oldest);
        break;
      }
    }
    return count;
  }
}
