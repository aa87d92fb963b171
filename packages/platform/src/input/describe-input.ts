import type { Json, JsonObject } from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import { asHash, member, optionalBoolean } from "./fields.ts";

/** Which fields a describe answers. `id` is always among them. */
export interface FieldSelection {
  readonly defaults: boolean;
  /** Taken from or added to the defaults. */
  readonly fields: ReadonlyMap<string, boolean>;
}

export const defaultSelection: FieldSelection = { defaults: true, fields: new Map() };

/**
 * The input of a describe, `fields` and `defaultFields`, or the older booleans at the top level, which count only
 * without `fields` (DO §5.2). The older ones that a class documents must be booleans; of others only `true` counts.
 */
export function asSelection(
  input: JsonObject,
  olderFields: readonly string[] = [],
): FieldSelection {
  const fields = member(input, "fields");
  const defaults = optionalBoolean(input, "defaultFields");
  for (const key of olderFields) optionalBoolean(input, key);
  if (fields !== undefined) {
    return { defaults: defaults ?? false, fields: asFieldHash(fields) };
  }
  const older = Object.entries(input).filter(
    ([key, value]) => value === true && key !== "defaultFields",
  );
  return { defaults: defaults ?? true, fields: new Map(older as [string, boolean][]) };
}

/** `describe` inside a search or a list: false, true, or the input of a describe. Undefined asks for none. */
export function asDescribe(value: Json | undefined, what: string): FieldSelection | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return defaultSelection;
  return asSelection(asHash(value, what));
}

export function selects(selection: FieldSelection, field: string, isDefault: boolean): boolean {
  return selection.fields.get(field) ?? (selection.defaults && isDefault);
}

function asFieldHash(value: Json): ReadonlyMap<string, boolean> {
  const fields = new Map<string, boolean>();
  for (const [field, wanted] of Object.entries(asHash(value, 'key "fields" of input'))) {
    if (typeof wanted !== "boolean") {
      throw invalidInput(`expected key "${field}" of "fields" to be a boolean`);
    }
    fields.set(field, wanted);
  }
  return fields;
}
