import type { FolderOperation, Operation } from "../operation.ts";
import type { ProvisionalId } from "../ids.ts";
import { InputFields, refuseInput, required } from "./input-fields.ts";
import { parseDetailsFields } from "./parse-create.ts";
import { parsePropertyChanges } from "./parse-properties.ts";
import { embeddedProblem } from "../values/provisional-text.ts";
import {
  folderProblem,
  nameProblem,
  normalFolder,
  tagProblem,
  typeProblem,
} from "../values/values.ts";

/** Every operation on an object that exists, but its content: that comes with its bytes, by a way of its own. */
export type EditOperation = Exclude<
  Operation,
  { readonly kind: "create" | "clone" | "attach" } | FolderOperation
>;

/** An edit an app asked for, valid as far as it can be judged without looking at the object. */
export interface EditRequest {
  readonly operation: EditOperation;
  /** Provisional ids in details and property values. */
  readonly references: readonly ProvisionalId[];
}

const inputOf: Readonly<Record<EditOperation["kind"], readonly string[]>> = {
  addTypes: ["types"],
  removeTypes: ["types"],
  setDetails: ["details", "detailsText"],
  setVisibility: ["hidden"],
  rename: ["name"],
  setProperties: ["properties"],
  addTags: ["tags"],
  removeTags: ["tags"],
  move: ["folder"],
  close: [],
  remove: [],
};

/** The kinds of edits, under the platform's own method names. */
export const editKinds: readonly EditOperation["kind"][] = Object.keys(
  inputOf,
) as EditOperation["kind"][];

/**
 * Reads the input of a metadata method of the platform (DO §5), less the project, which the object's key names.
 * Details come as `details` or as their JSON text in `detailsText`.
 * @throws HoldfastError `InvalidInput`.
 */
export function parseEdit(kind: EditOperation["kind"], value: unknown): EditRequest {
  if (!Object.hasOwn(inputOf, kind)) refuseInput(`an edit is one of ${editKinds.join(", ")}`);
  const fields = new InputFields(value, kind, inputOf[kind]);
  switch (kind) {
    case "addTypes":
    case "removeTypes":
      return plain({ kind, types: requiredList(fields, "types", typeProblem) });
    case "addTags":
    case "removeTags":
      return plain({ kind, tags: requiredList(fields, "tags", embeddedProblem(tagProblem)) });
    case "setVisibility":
      return plain({ kind, hidden: required(fields.boolean("hidden"), fields.at("hidden")) });
    case "rename": {
      const name = fields.checked("name", embeddedProblem(nameProblem));
      return plain({ kind, name: required(name, fields.at("name")) });
    }
    case "setDetails": {
      const details = required(parseDetailsFields(fields), fields.at("details"));
      return { operation: { kind, details: details.text }, references: details.references };
    }
    case "setProperties": {
      const given = required(fields.get("properties"), fields.at("properties"));
      const { properties, references } = parsePropertyChanges(given, fields.at("properties"));
      return { operation: { kind, properties }, references };
    }
    case "move": {
      const folder = fields.checked("folder", embeddedProblem(folderProblem));
      return plain({ kind, folder: normalFolder(required(folder, fields.at("folder"))) });
    }
    case "close":
    case "remove":
      return plain({ kind });
  }
}

/** What can be asked of a project itself, under the names that the same methods of objects have. */
export type ProjectEditKind = Extract<
  EditOperation["kind"],
  "rename" | "setProperties" | "addTags" | "removeTags"
>;

const projectEditKinds: readonly string[] = [
  "rename",
  "setProperties",
  "addTags",
  "removeTags",
] satisfies readonly ProjectEditKind[];

/**
 * Reads an edit of a project (CS §1.2): its metadata methods, and `rename` for the name in its `update`.
 * @throws HoldfastError `InvalidInput`.
 */
export function parseProjectEdit(kind: ProjectEditKind, value: unknown): EditRequest {
  if (!projectEditKinds.includes(kind)) {
    refuseInput(`an edit of a project is one of ${projectEditKinds.join(", ")}`);
  }
  return parseEdit(kind, value);
}

function plain(operation: EditOperation): EditRequest {
  return { operation, references: [] };
}

function requiredList(
  fields: InputFields,
  name: string,
  problemOf: (value: unknown) => string | undefined,
): readonly string[] {
  const values = required(fields.checkedList(name, problemOf), fields.at(name));
  return [...new Set(values)];
}
