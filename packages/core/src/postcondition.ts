import type { ObjectState } from "./data-object.ts";
import type { Operation } from "./operation.ts";

/**
 * How a described object stands to operations whose outcome is unknown, in the fields they touch:
 * `holds` their effect is there; `atBase` the fields are as they were before; `foreign` neither, and open;
 * `closed` a fixed field differs and can no longer change.
 */
export type Comparison = "holds" | "atBase" | "foreign" | "closed";

/**
 * @param operations - what the request carried, in order; no create among them (those are looked up by key).
 * @param described - from `fromDescribe`, with local ids. The key property is ignored.
 * @param base - the object's base when the request was journalled, where there is one.
 */
export function compareToDescribe(
  operations: readonly Operation[],
  described: ObjectState,
  base?: ObjectState,
): Comparison {
  void [operations, described, base];
  throw new Error("not yet");
}

/** What an unknown outcome comes to after a describe (the table of design §5). */
export type AfterDescribe = "done" | "sendAgain" | "rebase" | "conflict";

export function stepAfterDescribe(
  operations: readonly Operation[],
  comparison: Comparison,
): AfterDescribe {
  void [operations, comparison];
  throw new Error("not yet");
}
