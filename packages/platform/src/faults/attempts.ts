const limit = 100_000;

/** How often the same call has been made: what draws are told apart by. Forgets the oldest calls. */
export class Attempts {
  readonly #counts = new Map<string, number>();

  /** 1 for the first one. */
  count(call: string): number {
    const count = (this.#counts.get(call) ?? 0) + 1;
    this.#counts.delete(call);
    this.#counts.set(call, count);
    if (this.#counts.size > limit) {
      for (const oldest of this.#counts.keys()) {
        this.#counts.delete(oldest);
        break;
      }
    }
    return count;
  }
}
