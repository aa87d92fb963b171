import type { ObjectState } from "../data-object.ts";
import { applyOperation } from "../objects/apply.ts";
import type { Operation, OutboxRow } from "../operation.ts";
import { referencesOf } from "../values/references.ts";
import { isSame, restorations, touchesAny } from "./shade.ts";

type Create = Extract<Operation, { kind: "create" }>;

/**
 * What is still to be done to the object that a copy of a refused create has made, for it to be what the create asks
 * for by now. What later operations of the lane touch is left to them.
 */
export function missingAfterAdoption(
  create: Create,
  described: ObjectState,
  later: readonly OutboxRow[],
): readonly Exclude<Operation, Create>[] {
  const operation: Create = { ...create, input: { ...create.input, close: false } };
  const applied = applyOperation(undefined, operation, { class: create.class, user: "", at: 0 });
  if ("failure" in applied) return [];
  const wanted = applied.state;
  // Local ids stand where real ones are described: such details are sent again, while that is possible.
  const mayDiffer = referencesOf(create).length === 0 || described.state === "open";
  const touches = [
    ...[...new Set([...wanted.types, ...described.types])].map((type) => `types:${type}`),
    ...[...new Set([...wanted.tags, ...described.tags])].map((tag) => `tags:${tag}`),
    ...Object.keys({ ...wanted.properties, ...described.properties }).map(
      (key) => `properties:${key}`,
    ),
    ...(mayDiffer ? ["details"] : []),
    "hidden",
    "folder",
    ...(wanted.name === null ? [] : ["name"]),
  ];
  const missing = touches.filter(
    (touch) => !isSame(touch, described, wanted) && !later.some((row) => touchesAny(row, [touch])),
  );
  const closes = create.input.close && described.state === "open";
  return [...restorations(missing, wanted), ...(closes ? [{ kind: "close" } as const] : [])];
}
