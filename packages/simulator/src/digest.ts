/** A running hash of plain data: two independent 32-bit FNV-1a streams. */
export class Digest {
  #one = 0x811c9dc5;
  #other = 0x01000193;

  get text(): string {
    return [this.#one, this.#other]
      .map((half) => (half >>> 0).toString(16).padStart(8, "0"))
      .join("");
  }

  add(...values: readonly unknown[]): void {
    const text = JSON.stringify(values);
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      this.#one = Math.imul(this.#one ^ code, 0x01000193);
      this.#other = Math.imul(this.#other ^ code, 0x85ebca6b) ^ (this.#other >>> 13);
    }
  }
}
