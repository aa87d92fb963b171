import type { ObjectRow, ObjectState } from "../data-object.ts";
import { equalJson, type Json } from "../json.ts";
import { baseOf } from "../objects/relocations.ts";

/**
 * Whether the object's base is what it was when the platform was asked about it. Else something of it was confirmed since,
 * in its own lane or by an operation on its folder, and the answer may be older than that (design §7).
 */
export function isStillBase(object: ObjectRow, asked: ObjectState): boolean {
  const base = baseOf(object);
  return base !== undefined && equalJson(base as unknown as Json, asked as unknown as Json);
}
