/**
 * An object made by `{}`, `Object.create(null)` or a parser, of any realm. Maps, dates and the like are none: read as
 * plain objects they would seem empty, and what they hold would be lost without a word.
 */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
