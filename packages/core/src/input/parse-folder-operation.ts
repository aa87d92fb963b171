import type { ProvisionalId } from "../ids.ts";
import type { FolderOperation } from "../operation.ts";
import { embeddedProblem } from "../values/provisional-text.ts";
import { relocationOf } from "../objects/relocations.ts";
import { folderProblem, normalFolder } from "../values/values.ts";
import { kindOf, quoted } from "../values/words.ts";
import { InputFields, refuseInput, required } from "./input-fields.ts";

/** An operation on folders an app asked for, valid as far as it can be judged without looking at the project. */
export interface FolderRequest {
  readonly operation: FolderOperation;
  /** Never any: folders mention no objects. */
  readonly references: readonly ProvisionalId[];
}

const inputOf: Readonly<Record<FolderOperation["kind"], readonly string[]>> = {
  newFolder: ["folder", "parents"],
  renameFolder: ["folder", "name"],
  moveFolder: ["folder", "destination"],
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
    case "renameFolder": {
      if (folder === "/") refuseInput("the root folder cannot be renamed");
      const name = required(fields.checked("name", folderNameProblem), fields.at("name"));
      return relocating({ kind, folder, name });
    }
    case "moveFolder":
      if (folder === "/") refuseInput("the root folder cannot be moved");
      return relocating({ kind, folder, destination: folderOf(fields, "destination") });
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

/** One part of a path: what the platform takes as one, without a "/" (CS §2.1). */
function folderNameProblem(value: unknown): string | undefined {
  if (typeof value !== "string") return `a folder name must be a string, not ${kindOf(value)}`;
  if (value === "" || value.includes("/")) {
    return `a folder name must not be empty and must not hold "/": ${quoted(value)}`;
  }
  return embeddedProblem(folderProblem)(`/${value}`);
}

/** The new path may be too long or too deep where the old one was not. */
function relocating(operation: FolderOperation): FolderRequest {
  const problem = folderProblem(relocationOf(operation)?.to);
  if (problem !== undefined) refuseInput(problem);
  return plain(operation);
}

function plain(operation: FolderOperation): FolderRequest {
  return { operation, references: [] };
}
