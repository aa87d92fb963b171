import type { ProvisionalId } from "../ids.ts";
import type { FolderOperation } from "../operation.ts";
import { embeddedProblem } from "../values/provisional-text.ts";
import { folderProblem, normalFolder } from "../values/values.ts";
import { InputFields, refuseInput, required } from "./input-fields.ts";

/** An operation on folders an app asked for, valid as far as it can be judged without looking at the project. */
export interface FolderRequest {
  readonly operation: FolderOperation;
  /** Never any: folders mention no objects. */
  readonly references: readonly ProvisionalId[];
}

const inputOf: Readonly<Record<FolderOperation["kind"], readonly string[]>> = {
  newFolder: ["folder", "parents"],
  removeFolder: ["folder"],
};

/**
 * Reads the input of a folder method of the platform (CS §2.2).
 * @throws HoldfastError `InvalidInput`, also where the root would be removed.
 */
export function parseFolderOperation(kind: FolderOperation["kind"], value: unknown): FolderRequest {
  if (!Object.hasOwn(inputOf, kind)) {
    refuseInput(`an operation on folders is one of ${Object.keys(inputOf).join(", ")}`);
  }
  const fields = new InputFields(value, kind, inputOf[kind]);
  const folder = folderOf(fields, "folder");
  switch (kind) {
    case "newFolder":
      return plain({ kind, folder, parents: fields.boolean("parents") ?? false });
    case "removeFolder":
      if (folder === "/") refuseInput("the root folder cannot be removed");
      return plain({ kind, folder });
  }
}

/** Reads a path (CS §2.1). @throws HoldfastError `InvalidInput`. */
export function parseFolder(value: unknown): string {
  return folderOf(new InputFields({ folder: value }, "input", ["folder"]), "folder");
}

function folderOf(fields: InputFields, name: string): string {
  const given = fields.checked(name, embeddedProblem(folderProblem));
  return normalFolder(required(given, fields.at(name)));
}

function plain(operation: FolderOperation): FolderRequest {
  return { operation, references: [] };
}
