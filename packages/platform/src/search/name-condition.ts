import { isJsonObject, type Json } from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import { matchesGlob, toGlob } from "./glob.ts";

/** What is asked of a name. */
export interface NameCondition {
  /** The only name there can be; undefined where others can. */
  readonly exact: string | undefined;
  readonly test: (name: string) => boolean;
}

/** An exact name, `{glob}`, or `{regexp, flags}`; a regular expression matches anywhere in the name (CS §5.1). */
export function asNameCondition(value: Json): NameCondition {
  if (typeof value === "string") return { exact: value, test: (name) => name === value };
  if (isJsonObject(value)) {
    const { glob, regexp, flags } = value;
    if (typeof glob === "string" && regexp === undefined) {
      const pattern = toGlob(glob);
      const exact = pattern.isPlain ? pattern.prefix : undefined;
      return { exact, test: (name) => matchesGlob(name, pattern) };
    }
    if (typeof regexp === "string" && glob === undefined) {
      if (flags !== undefined && flags !== "i" && flags !== "") {
        throw invalidInput('expected key "flags" of "name" to be "i"');
      }
      const pattern = asPattern(regexp, 'key "regexp" of "name"', flags);
      return { exact: undefined, test: (name) => pattern.test(name) };
    }
  }
  throw invalidInput(
    'expected key "name" of input to be a string, or a hash with key "glob" or "regexp"',
  );
}

/** @throws ApiError where `source`, which the caller gave as `what`, is no regular expression. */
export function asPattern(source: string, what: string, flags = ""): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw invalidInput(`${what} is no regular expression: ${String(error)}`);
  }
}
