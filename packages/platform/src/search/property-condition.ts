import { isJsonObject, type Json } from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import { type Condition, operators } from "./condition.ts";

/** What is asked of one property: its value, that it is there or is not, or that it is there and another one. */
export interface PropertyLeaf {
  readonly key: string;
  readonly wants: string | boolean | { readonly not: string };
}

/** Several keys of one hash must all hold [assumed, CS §5.1]. */
export function asPropertyCondition(value: Json): Condition<PropertyLeaf> {
  if (!isJsonObject(value)) throw invalidInput('expected key "properties" of input to be a hash');
  const parts = Object.entries(value).map(([key, wanted]): Condition<PropertyLeaf> => {
    const op = operators.get(key);
    return op !== undefined && Array.isArray(wanted)
      ? { op, parts: wanted.map(asPropertyCondition) }
      : { op: "is", leaf: { key, wants: asWanted(key, wanted) } };
  });
  return { op: "and", parts };
}

export function matchesProperty(
  properties: ReadonlyMap<string, string>,
  { key, wants }: PropertyLeaf,
): boolean {
  const value = properties.get(key);
  if (typeof wants === "string") return value === wants;
  if (typeof wants === "boolean") return (value !== undefined) === wants;
  return value !== undefined && value !== wants.not;
}

function asWanted(key: string, value: Json): PropertyLeaf["wants"] {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (isJsonObject(value) && Object.keys(value).length === 1 && Object.hasOwn(value, "$ne")) {
    const not = value["$ne"];
    if (typeof not === "string") return { not };
  }
  throw invalidInput(
    `expected property ${JSON.stringify(key)} to be a string, a boolean or {"$ne": string}`,
  );
}
