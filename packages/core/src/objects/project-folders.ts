import type { ObjectState } from "../data-object.ts";
import type { PlatformFailure } from "../failure.ts";
import type { FolderOperation } from "../operation.ts";
import { isWithin, parentOf, pathTo } from "./folder-paths.ts";
import { relocated, relocationOf } from "./relocations.ts";

/**
 * What an operation on folders makes of those that a project's row knows. Refuses nothing: what the platform answers
 * depends on folders that may not be known here.
 */
export function applyToFolders(state: ObjectState, operation: FolderOperation): ObjectState {
  const folders = state.project?.folders ?? [];
  const changed = changedFolders(folders, operation);
  if (changed === folders) return state;
  return { ...state, project: { ...state.project, folders: changed } };
}

function changedFolders(folders: readonly string[], operation: FolderOperation): readonly string[] {
  switch (operation.kind) {
    case "newFolder": {
      const all = new Set([...folders, ...pathTo(operation.folder)]);
      return all.size === folders.length ? folders : [...all];
    }
    case "renameFolder":
    case "moveFolder": {
      const move = relocationOf(operation);
      if (move === undefined) return folders;
      const all = new Set(folders.map((path) => relocated(path, move)));
      for (const path of pathTo(move.to)) all.add(path);
      return isSameSet(all, folders) ? folders : [...all];
    }
    case "removeFolder": {
      const left = folders.filter((path) => !isWithin(path, operation.folder));
      return left.length === folders.length ? folders : left;
    }
  }
}

/** The folders that `folderRefusal` may ask about. */
export function foldersAsked(operation: FolderOperation): readonly string[] {
  const { folder } = operation;
  const to = relocationOf(operation)?.to;
  return to === undefined ? [folder, parentOf(folder)] : [folder, to, parentOf(to)];
}

/** What is known here of a project's folders when an operation on them is asked for. */
export interface FolderFacts {
  readonly state: ObjectState;
  /** Whether the view shows an object in the folder or below it. */
  readonly holdsObjects: (folder: string) => boolean;
}

/**
 * The answer that the platform would give now, as far as its folders are known here (CS §2.2): undefined where it would
 * take the operation, or nobody here can tell.
 */
export function folderRefusal(
  operation: FolderOperation,
  facts: FolderFacts,
): PlatformFailure | undefined {
  const { folder } = operation;
  const standing = standingOf(folder, facts);
  switch (operation.kind) {
    case "newFolder": {
      if (operation.parents) return undefined;
      const parent = parentOf(folder);
      if (standingOf(parent, facts) === "missing") return noFolder(parent);
      return standing === "there" ? refusal(`folder "${folder}" exists already`) : undefined;
    }
    case "renameFolder":
    case "moveFolder": {
      const to = relocationOf(operation)?.to ?? folder;
      const missing = [folder, parentOf(to)].find((path) => standingOf(path, facts) === "missing");
      if (missing !== undefined) return noFolder(missing);
      if (to === folder) return undefined;
      if (isWithin(to, folder)) return refusal(`folder "${folder}" cannot go into itself`);
      return standingOf(to, facts) === "there"
        ? refusal(`folder "${to}" exists already`)
        : undefined;
    }
    case "removeFolder": {
      if (standing === "missing") return noFolder(folder);
      const { folders = [] } = facts.state.project ?? {};
      const isEmpty =
        !folders.some((path) => path !== folder && isWithin(path, folder)) &&
        !facts.holdsObjects(folder);
      return isEmpty ? undefined : refusal(`folder "${folder}" is not empty`);
    }
  }
}

function isSameSet(left: ReadonlySet<string>, right: readonly string[]): boolean {
  return left.size === right.length && right.every((path) => left.has(path));
}

function standingOf(
  folder: string,
  { state, holdsObjects }: FolderFacts,
): "there" | "missing" | "unknown" {
  const { folders = [], facts } = state.project ?? {};
  if (folder === "/" || folders.some((path) => isWithin(path, folder))) return "there";
  if (holdsObjects(folder)) return "there";
  // Once the platform has told all folders of the project, those it did not tell are not there.
  return facts === undefined ? "unknown" : "missing";
}

function noFolder(folder: string): PlatformFailure {
  return { code: "ResourceNotFound", message: `there is no folder "${folder}" in the project` };
}

function refusal(message: string): PlatformFailure {
  return { code: "InvalidState", message };
}
