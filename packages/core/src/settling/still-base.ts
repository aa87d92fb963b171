import type { ObjectRow, ObjectState } from "../data-object.ts";
import { equalJson, type Json } from "../json.ts";
import { baseOf, relocated } from "../objects/relocations.ts";

/**
 * Whether the object's base is what it was when the platform was asked about it. Else something of it was confirmed since,
 * in its own lane or by an operation on its folder, and the answer may be older than that (design §7).
 */
export function isStillBase(object: ObjectRow, asked: ObjectState): boolean {
  const base = baseOf(object);
  return base !== undefined && equalJson(base as unknown as Json, asked as unknown as Json);
}

/**
 * What a request on its way has shown of its object. Nothing of the lane is confirmed meanwhile; what may be is an operation
 * on its folder, which has taken it along since.
 * @param asked - the base when the platform was asked.
 */
export function seenSince(
  described: ObjectState,
  asked: ObjectState | undefined,
  base: ObjectState | undefined,
): ObjectState {
  if (asked === undefined || base === undefined || asked.folder === base.folder) return described;
  const move = { from: asked.folder, to: base.folder };
  return { ...described, folder: relocated(described.folder, move) };
}
