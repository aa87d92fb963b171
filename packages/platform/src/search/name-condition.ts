import { isJsonObject, type Json } from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import { matchesGlob } from "./glob.ts";

/** An exact name, `{glob}`, or `{regexp, flags}`; a regular expression matches anywhere in the name (CS §5.1). */
export function asNameTest(value: Json): (name: string) => boolean {
  if (typeof value === "string") return (name) => name === value;
  if (isJsonObject(value)) {
    const { glob, regexp, flags } = value;
    if (typeof glob === "string" && regexp === undefined) return (name) => matchesGlob(name, glob);
    if (typeof regexp === "string" && glob === undefined) {
      const pattern = asPattern(regexp, flags);
      return (name) => pattern.test(name);
    }
  }
  throw invalidInput(
    'expected key "name" of input to be a string, or a hash with key "glob" or "regexp"',
  );
}

function asPattern(source: string, flags: Json | undefined): RegExp {
  if (flags !== undefined && flags !== "i" && flags !== "") {
    throw invalidInput('expected key "flags" of "name" to be "i"');
  }
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw invalidInput(`key "regexp" of "name" is no regular expression: ${String(error)}`);
  }
}
