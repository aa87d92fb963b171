import { type CreateInput, type Edit, isFolderOperation, type Operation } from "../operation.ts";

/** What a create can take over; not a move, which needs other rights than a create. */
export type Foldable = Exclude<Edit, { kind: "move" }>;

export function isFoldable(operation: Operation): operation is Foldable {
  if (isFolderOperation(operation)) return false;
  switch (operation.kind) {
    case "create":
    case "clone":
    case "move":
    case "attach":
    case "close":
    case "remove":
      return false;
    default:
      return true;
  }
}

/** What a create and an edit behind it come to, when the object is created with the edit done. */
export function foldIntoCreate(input: CreateInput, edit: Foldable): CreateInput {
  switch (edit.kind) {
    case "addTypes":
      return { ...input, types: union(input.types, edit.types) };
    case "removeTypes":
      return { ...input, types: difference(input.types, edit.types) };
    case "setDetails":
      return { ...input, details: edit.details };
    case "setVisibility":
      return { ...input, hidden: edit.hidden };
    case "rename":
      return { ...input, name: edit.name };
    case "setProperties":
      return { ...input, properties: withoutNulls({ ...input.properties, ...edit.properties }) };
    case "addTags":
      return { ...input, tags: union(input.tags, edit.tags) };
    case "removeTags":
      return { ...input, tags: difference(input.tags, edit.tags) };
  }
}

/** Two assignments of one field in one call. A null stays: the key may be on the platform. */
export function mergeAssignments(earlier: Edit, later: Edit): Edit {
  if (earlier.kind !== "setProperties" || later.kind !== "setProperties") return later;
  return { kind: "setProperties", properties: { ...earlier.properties, ...later.properties } };
}

export type SetOperation = Extract<
  Operation,
  { kind: "addTypes" | "removeTypes" | "addTags" | "removeTags" }
>;

export function isSetOperation(operation: Operation): operation is SetOperation {
  switch (operation.kind) {
    case "addTypes":
    case "removeTypes":
    case "addTags":
    case "removeTags":
      return true;
    default:
      return false;
  }
}

export function elementsOf(operation: SetOperation): readonly string[] {
  return "types" in operation ? operation.types : operation.tags;
}

/** The same call with other elements. */
export function withElements<Kind extends SetOperation>(
  operation: Kind,
  elements: readonly string[],
): Kind {
  return "types" in operation
    ? { ...operation, types: elements }
    : { ...operation, tags: elements };
}

/** In order of arrival, as the platform keeps them (DO §5). */
export function union(left: readonly string[], right: readonly string[]): readonly string[] {
  return [...new Set([...left, ...right])];
}

export function difference(left: readonly string[], right: readonly string[]): readonly string[] {
  const taken = new Set(right);
  return [...new Set(left)].filter((item) => !taken.has(item));
}

function withoutNulls(
  properties: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(properties).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return Object.fromEntries(kept);
}
