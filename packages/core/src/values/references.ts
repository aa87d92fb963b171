import { referencesIn } from "./details-text.ts";
import { isProvisionalId, type ProvisionalId } from "../ids.ts";
import type { Operation } from "../operation.ts";

/** The provisional ids an operation mentions, in details or as a whole property value, each once. */
export function referencesOf(operation: Operation): readonly ProvisionalId[] {
  switch (operation.kind) {
    case "create":
      return [
        ...new Set([
          ...referencesIn(operation.input.details),
          ...referencesInValues(operation.input.properties),
        ]),
      ];
    case "setDetails":
      return referencesIn(operation.details);
    case "setProperties":
      return referencesInValues(operation.properties);
    default:
      return [];
  }
}

export function referencesInValues(
  properties: Readonly<Record<string, string | null>>,
): readonly ProvisionalId[] {
  return [...new Set(Object.values(properties).filter(isProvisionalId))];
}
