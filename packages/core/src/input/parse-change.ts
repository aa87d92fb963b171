import { type EditOperation, parseEdit } from "./parse-edit.ts";
import { type CreatableClass, parseCreate } from "./parse-create.ts";
import { refuseInput } from "./input-fields.ts";
import {
  type CreateInput,
  type FolderOperation,
  isFolderOperation,
  type Operation,
} from "../operation.ts";
import type { ProjectId, ProvisionalId } from "../ids.ts";
import type { JsonText } from "../json.ts";
import { type FolderRequest, parseFolderOperation } from "./parse-folder-operation.ts";
import { parseOwn } from "../objects/own-fields.ts";
import { isPlainObject } from "../values/plain-object.ts";
import { kindOf } from "../values/words.ts";

/** Another input for an operation that was called before, valid as far as it can be judged without its object. */
export type ChangeRequest = {
  /** Provisional ids in what is given. */
  readonly references: readonly ProvisionalId[];
} & (
  | { readonly kind: "create"; readonly given: Partial<CreateInput> }
  | { readonly kind: EditOperation["kind"]; readonly operation: EditOperation }
  | { readonly kind: FolderOperation["kind"]; readonly operation: FolderOperation }
);

/**
 * Reads what shall stand in an operation instead: the input of the same method. Of a create only what is to change
 * need be given; its project is its key, and what it was initialised from is in it already. Which folder is renamed or
 * moved stays.
 * @throws HoldfastError `InvalidInput`, also for what has no other input: a close, a removal, a clone.
 */
export function parseChange(
  operation: Operation,
  project: ProjectId,
  change: unknown,
): ChangeRequest {
  if (!hasInput(operation)) {
    refuseInput(`a ${operation.kind} has no input to change; discard it instead`);
  }
  if (isFolderOperation(operation))
    return { kind: operation.kind, ...folderChange(operation, change) };
  if (operation.kind !== "create")
    return { kind: operation.kind, ...parseEdit(operation.kind, change) };
  if (!isPlainObject(change)) refuseInput(`a change must be a plain object, not ${kindOf(change)}`);
  for (const name of ["project", "initializeFrom"]) {
    if (Object.hasOwn(change, name)) refuseInput(`the ${name} of a create cannot be changed`);
  }
  const { input, references } = parseCreate(operation.class as CreatableClass, {
    ...change,
    project,
  });
  const isGiven = (name: string): boolean =>
    change[name] !== undefined || (name === "details" && change["detailsText"] !== undefined);
  const given = Object.fromEntries(Object.entries(input).filter(([name]) => isGiven(name)));
  return { kind: "create", given: { ...given, ...ownGiven(operation, input) }, references };
}

function folderChange(operation: FolderOperation, change: unknown): FolderRequest {
  const { kind, folder } = operation;
  const given = isPlainObject(change) ? change : {};
  const parents = kind === "newFolder" ? { parents: operation.parents } : {};
  const request = parseFolderOperation(kind, { folder, ...parents, ...given });
  if (kind !== "newFolder" && request.operation.folder !== folder) {
    refuseInput(`the folder of a ${kind} cannot be changed; discard it, and call another`);
  }
  return request;
}

type Changeable = Exclude<
  Operation,
  { kind: "attach" | "close" | "remove" | "clone" | "removeFolder" }
>;

export function hasInput(operation: Operation): operation is Changeable {
  switch (operation.kind) {
    case "attach":
    case "close":
    case "remove":
    case "clone":
    case "removeFolder":
      return false;
    default:
      return true;
  }
}

/** What only the class has is kept together: what is not given of it stays. */
function ownGiven(
  operation: Extract<Operation, { kind: "create" }>,
  { own }: CreateInput,
): Pick<CreateInput, "own"> {
  if (own === undefined) return {};
  const all = { ...parseOwn(operation.input.own), ...parseOwn(own) };
  return { own: JSON.stringify(all) as JsonText };
}
