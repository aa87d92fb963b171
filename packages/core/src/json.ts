/** A JSON value as `JSON.parse` returns it. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** A JSON object, the body of almost every call of the platform. */
export type JsonObject = { readonly [key: string]: Json };

declare const jsonTextBrand: unique symbol;

/**
 * The source text of one JSON value. Details travel and rest as text, so that a number no double can hold
 * keeps its digits (design §4.9).
 */
export type JsonText = string & { readonly [jsonTextBrand]: true };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Structural equality of JSON values; the order of keys does not matter, that of arrays does. */
export function equalJson(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => equalJson(item, right[index] as Json))
    );
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every(
      (key) => Object.hasOwn(right, key) && equalJson(left[key] as Json, right[key] as Json),
    )
  );
}
