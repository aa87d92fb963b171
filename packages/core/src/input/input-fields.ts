import {
  type Failure,
  HoldfastError,
  isPlatformFailure,
  type PlatformErrorType,
} from "../failure.ts";
import { isProjectId, type ProjectId } from "../ids.ts";
import { isPlainObject } from "../values/plain-object.ts";
import { kindOf, quoted } from "../values/words.ts";

/** Refuses what an app gave. @throws HoldfastError always. */
export function refuseInput(message: string, code: PlatformErrorType = "InvalidInput"): never {
  throw new HoldfastError({ code, message });
}

/**
 * The same failure, telling which of many inputs it is about: `failure.details.index`, from 0. What is not of the
 * platform's kind is not about an input, and stays as it is.
 */
export function failureAt(failure: Failure, index: number): Failure {
  if (!isPlatformFailure(failure)) return failure;
  return { ...failure, message: `input ${index}: ${failure.message}`, details: { index } };
}

/**
 * The fields of an unknown value, which must be a plain object with no field but those `known`: a typing mistake in an
 * app would otherwise be a value quietly left out. A field that is `undefined` counts as not given.
 */
export class InputFields {
  readonly #what: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(value: unknown, what: string, known: readonly string[]) {
    if (!isPlainObject(value)) {
      refuseInput(`${what} must be a plain object, not ${kindOf(value)}`);
    }
    this.#what = what;
    this.#fields = value;
    for (const name of Object.keys(value)) {
      if (!known.includes(name)) {
        refuseInput(`${what}: unknown field ${quoted(name)}; there are ${known.join(", ")}`);
      }
    }
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }

  boolean(name: string): boolean | undefined {
    const value = this.get(name);
    if (value === undefined || typeof value === "boolean") return value;
    return refuseInput(`${this.at(name)} must be true or false, not ${kindOf(value)}`);
  }

  /** A non-negative integer no double can blur. */
  wholeNumber(name: string): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
    return refuseInput(`${this.at(name)} must be a whole number, 0 or more`);
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const known = values.find((candidate) => candidate === value);
    return known ?? refuseInput(`${this.at(name)} must be one of ${values.join(", ")}`);
  }

  /** A value that `problemOf` takes. */
  checked(name: string, problemOf: (value: unknown) => string | undefined): string | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const problem = problemOf(value);
    if (problem !== undefined) refuseInput(`${this.at(name)}: ${problem}`);
    return value as string;
  }

  /** An array of values that `problemOf` takes, copied. */
  checkedList(
    name: string,
    problemOf: (value: unknown) => string | undefined,
  ): readonly string[] | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) {
      refuseInput(`${this.at(name)} must be an array of strings, not ${kindOf(value)}`);
    }
    const list: readonly unknown[] = value;
    return Array.from(list, (item, index) => {
      const problem = problemOf(item);
      if (problem !== undefined) refuseInput(`${this.at(name)}[${index}]: ${problem}`);
      return item as string;
    });
  }

  /** @throws HoldfastError `InvalidType` for a string that is no project's id (DO §3.1). */
  project(name: string): ProjectId {
    const value = this.get(name);
    if (isProjectId(value)) return value;
    if (typeof value !== "string") {
      return refuseInput(`${this.at(name)} must be the id of a project, not ${kindOf(value)}`);
    }
    return refuseInput(
      `${this.at(name)} must be the id of a project or container, such as project-xxxx, not ${quoted(value)}`,
      "InvalidType",
    );
  }

  at(name: string): string {
    return `${this.#what}.${name}`;
  }
}

/** The value, or a refusal: for fields that must be given. */
export function required<Value>(value: Value | undefined, name: string): Value {
  return value === undefined ? refuseInput(`${name} is missing; give it`) : value;
}
