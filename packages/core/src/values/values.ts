import { inspectDetails } from "./inspect-details.ts";
import { kindOf, quoted } from "./words.ts";

// Each `…Problem` answers why the platform refuses the value and what to give instead, or undefined where it takes
// it (DO §5.1, CS §2.1). What no source limits (DO §1.6) is not limited here.

/** Bytes of UTF-8. */
export const maxPropertyKeyBytes = 100;
/** Bytes of UTF-8. */
export const maxPropertyValueBytes = 700;
/** Bytes of UTF-8. */
export const maxNonceBytes = 128;
/** Characters (code points) of one folder name. */
export const maxFolderNameCharacters = 2048;
/** A whole path has fewer characters than this. */
export const folderPathCharacters = 10_240;
/** Levels below the root. */
export const maxFolderLevels = 128;

const typePattern = /^[/0-9A-Z_a-z]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for.
const controlCharacter = /[\u0000-\u001f]/;

/** A name of a data object: not empty, no control characters; "/" is permitted (DO §5.1). */
export function nameProblem(value: unknown): string | undefined {
  return textProblem(value, "a name") ?? controlProblem(value as string, "a name");
}

/** A type: letters, digits, "/" and "_" only; no hyphen, no dot (DO §5.1). */
export function typeProblem(value: unknown): string | undefined {
  const problem = textProblem(value, "a type");
  if (problem !== undefined) return problem;
  if (typePattern.test(value as string)) return undefined;
  return `${quoted(value as string)} is not a valid type: use only letters and digits of ASCII, "/" and "_"`;
}

/** A tag: not empty (DO §5.1). */
export function tagProblem(value: unknown): string | undefined {
  return textProblem(value, "a tag");
}

/** A property key: 1 to 100 bytes of UTF-8 (DO §5.1). */
export function propertyKeyProblem(value: unknown): string | undefined {
  const problem = textProblem(value, "a property key");
  if (problem !== undefined) return problem;
  return bytesProblem(value as string, { what: "a property key", maxBytes: maxPropertyKeyBytes });
}

/** A property value: a string of 0 to 700 bytes of UTF-8 (DO §5.1). */
export function propertyValueProblem(value: unknown): string | undefined {
  if (typeof value !== "string") {
    return `a property value must be a string, not ${kindOf(value)}`;
  }
  if (!value.isWellFormed()) return surrogateProblem(value);
  return bytesProblem(value, { what: "a property value", maxBytes: maxPropertyValueBytes });
}

/** A nonce: a string of at most 128 bytes of UTF-8; the empty one counts as none (DO §2). */
export function nonceProblem(value: unknown): string | undefined {
  if (typeof value !== "string") return `a nonce must be a string, not ${kindOf(value)}`;
  return bytesProblem(value, { what: "a nonce", maxBytes: maxNonceBytes });
}

/** A folder path before or after normalisation (CS §2.1). */
export function folderProblem(value: unknown): string | undefined {
  if (typeof value !== "string") return `a folder must be a string, not ${kindOf(value)}`;
  if (!value.startsWith("/")) return `folder path ${quoted(value)} must start with "/"`;
  if (!value.isWellFormed()) return surrogateProblem(value);
  const problem = controlProblem(value, "a folder path");
  if (problem !== undefined) return problem;
  const path = normalFolder(value);
  if (path === "/") return undefined;
  if (longerThan(path, folderPathCharacters - 1)) {
    return `a folder path must have fewer than ${folderPathCharacters} characters; shorten ${quoted(path)}`;
  }
  const names = path.slice(1).split("/");
  if (names.length > maxFolderLevels) {
    return `a folder may lie at most ${maxFolderLevels} levels below "/"; ${quoted(path)} lies ${names.length}`;
  }
  for (const name of names) {
    if (name === "." || name === "..") {
      return `"." and ".." are no folder names: write ${quoted(path)} as an absolute path`;
    }
    if (longerThan(name, maxFolderNameCharacters)) {
      return `a folder name may have at most ${maxFolderNameCharacters} characters; shorten ${quoted(name)}`;
    }
  }
  return undefined;
}

/** Runs of "/" collapse and a trailing "/" goes: "/a//b////c/" is "/a/b/c" (CS §2.1). */
export function normalFolder(path: string): string {
  const collapsed = path.includes("//") ? path.replace(/\/{2,}/g, "/") : path;
  return collapsed.length > 1 && collapsed.endsWith("/") ? collapsed.slice(0, -1) : collapsed;
}

/** Details: a hash or an array of plain JSON whose links keep the rule of DO §3.2. */
export function detailsProblem(value: unknown): string | undefined {
  return inspectDetails(value).problem;
}

/** The length in bytes of the text's UTF-8; half a surrogate pair counts as U+FFFD, as encoders write it. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) {
      bytes += 1;
      continue;
    }
    bytes += 2;
    // A whole pair is two units and four bytes: two of the six counted so far are too many.
    if (isPair(unit, text.charCodeAt(index + 1))) {
      index += 1;
    }
  }
  return bytes;
}

function isPair(high: number, low: number): boolean {
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}

function textProblem(value: unknown, what: string): string | undefined {
  if (typeof value !== "string") return `${what} must be a string, not ${kindOf(value)}`;
  if (value === "") return `${what} must not be empty`;
  return value.isWellFormed() ? undefined : surrogateProblem(value);
}

function controlProblem(value: string, what: string): string | undefined {
  if (!controlCharacter.test(value)) return undefined;
  return `${what} must not hold control characters (U+0000 to U+001F); take them out of ${quoted(value)}`;
}

function surrogateProblem(value: string): string {
  return `${quoted(value)} holds half of a surrogate pair, which UTF-8 cannot carry; take it out`;
}

interface BytesLimit {
  readonly what: string;
  readonly maxBytes: number;
}

function bytesProblem(value: string, { what, maxBytes }: BytesLimit): string | undefined {
  if (value.length * 3 <= maxBytes) return undefined;
  const bytes = utf8Length(value);
  if (bytes <= maxBytes) return undefined;
  return `${what} may have at most ${maxBytes} bytes of UTF-8; ${quoted(value)} has ${bytes}`;
}

function longerThan(value: string, maxCharacters: number): boolean {
  if (value.length <= maxCharacters) return false;
  let characters = 0;
  for (const _ of value) characters += 1;
  return characters > maxCharacters;
}
