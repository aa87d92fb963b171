import type { JsonObject } from "@holdfast/core";

/** A world file that is not one. The message names the offending path. */
export class WorldFileError extends Error {
  override readonly name = "WorldFileError";
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.path = path;
  }
}

/** A place in an untrusted JSON value, which knows its path. */
export class Place {
  readonly path: string;
  readonly value: unknown;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  at(key: string): Place {
    return new Place(this.#hash()[key], `${this.path}.${key}`);
  }

  items(): readonly Place[] {
    if (!Array.isArray(this.value)) throw this.problem("must be an array");
    return this.value.map((item: unknown, index) => new Place(item, `${this.path}[${index}]`));
  }

  members(): readonly (readonly [string, Place])[] {
    return Object.entries(this.#hash()).map(([key, value]) => [
      key,
      new Place(value, `${this.path}.${key}`),
    ]);
  }

  /** A JSON hash whatever it holds: what comes from a file is JSON. */
  hash(): JsonObject {
    return this.#hash() as JsonObject;
  }

  string(): string {
    if (typeof this.value !== "string") throw this.problem("must be a string");
    return this.value;
  }

  matching(pattern: RegExp, what: string): string {
    const text = this.string();
    if (!pattern.test(text)) throw this.problem(`must be ${what}`);
    return text;
  }

  boolean(): boolean {
    if (typeof this.value !== "boolean") throw this.problem("must be a boolean");
    return this.value;
  }

  integer(): number {
    if (typeof this.value !== "number" || !Number.isSafeInteger(this.value) || this.value < 0) {
      throw this.problem("must be a whole number from 0 on");
    }
    return this.value;
  }

  oneOf<Choice extends string>(choices: readonly Choice[]): Choice {
    const choice = choices.find((candidate) => candidate === this.value);
    if (choice === undefined) throw this.problem(`must be one of ${choices.join(", ")}`);
    return choice;
  }

  strings(): readonly string[] {
    return this.items().map((item) => item.string());
  }

  problem(text: string): WorldFileError {
    return new WorldFileError(this.path, text);
  }

  /** Refuses what a check of core refuses. */
  checked<Value>(value: Value, problem: (value: Value) => string | undefined): Value {
    const found = problem(value);
    if (found !== undefined) throw this.problem(found);
    return value;
  }

  #hash(): Readonly<Record<string, unknown>> {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) {
      throw this.problem("must be a hash");
    }
    return this.value as Readonly<Record<string, unknown>>;
  }
}
