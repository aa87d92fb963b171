import { referencesIn } from "./details-text.ts";
import { inspectJson } from "./inspect-details.ts";
import { isProvisionalId, type ProvisionalId } from "../ids.ts";
import type { JsonText } from "../json.ts";
import type { Operation } from "../operation.ts";

/** The provisional ids an operation mentions, in details or as a whole property value, each once; and what it clones or takes from. */
export function referencesOf(operation: Operation): readonly ProvisionalId[] {
  switch (operation.kind) {
    case "create":
      return [
        ...new Set([
          ...referencesIn(operation.input.details),
          ...referencesInValues(operation.input.properties),
          ...referencesInOwn(operation.input.own),
          ...[operation.inherits?.id].filter(isProvisionalId),
        ]),
      ];
    case "clone":
      return isProvisionalId(operation.object) ? [operation.object] : [];
    case "setDetails":
      return referencesIn(operation.details);
    case "setProperties":
      return referencesInValues(operation.properties);
    default:
      return [];
  }
}

/** The provisional ids that are whole strings in what only a class has. */
export function referencesInOwn(own: JsonText | undefined): readonly ProvisionalId[] {
  if (own === undefined || !own.includes("-hold")) return [];
  return inspectJson(JSON.parse(own), "own").references;
}

export function referencesInValues(
  properties: Readonly<Record<string, string | null>>,
): readonly ProvisionalId[] {
  return [...new Set(Object.values(properties).filter(isProvisionalId))];
}

/** Property values that are provisional ids, as real ones where these are known. */
export function valuesWithRealIds<Value extends string | null>(
  properties: Readonly<Record<string, Value>>,
  realIdOf: (id: ProvisionalId) => string | undefined,
): Readonly<Record<string, Value | string>> {
  const entries = Object.entries(properties);
  if (!entries.some(([, value]) => isProvisionalId(value))) return properties;
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      isProvisionalId(value) ? (realIdOf(value) ?? value) : value,
    ]),
  );
}
