import { fromLocalKey, isProjectKey, type ProjectId } from "../ids.ts";
import { isWithin, pathTo } from "../objects/folder-paths.ts";
import { relocationOf } from "../objects/relocations.ts";
import {
  type FolderOperation,
  isFolderOperation,
  type Operation,
  type OutboxRow,
} from "../operation.ts";

export type FolderRow = OutboxRow & { readonly operation: FolderOperation };

/** An operation on folders that others may have to wait for: a parked one holds nobody up (design §9.5). */
export function isFolderRow(row: OutboxRow): row is FolderRow {
  return isFolderOperation(row.operation) && row.parked === undefined;
}

/**
 * Whether an operation of another lane must not go before an earlier one on folders: it needs a folder that this one
 * makes, moves or removes.
 */
export function holdsUp(earlier: FolderRow, later: OutboxRow): boolean {
  const makes = earlier.operation.kind === "newFolder";
  return foldersOf(later).some((path) =>
    foldersOf(earlier).some(
      (folder) => isWithin(path, folder) || (makes && isWithin(folder, path)),
    ),
  );
}

/**
 * Whether an operation on folders must not go before an earlier one of another lane: this one puts something into what
 * is made, moved or removed, takes something out of it, or makes folders on the way to it.
 */
export function isHeldUpBy(later: FolderRow, earlier: OutboxRow): boolean {
  if (earlier.parked !== undefined || isProjectKey(earlier.lane)) return false;
  const { project } = fromLocalKey(later.lane);
  // A clone takes something out of one project and makes folders in another.
  const makes = makesFolders(earlier) && fromLocalKey(earlier.lane).project === project;
  return foldersOf(earlier, project).some((path) =>
    foldersOf(later).some(
      (folder) => isWithin(path, folder) || (makes && topOf(path) === topOf(folder)),
    ),
  );
}

/** Whoever makes the folders on its way may make any that lies between two paths and the root. */
function topOf(path: string): string | undefined {
  return pathTo(path)[0];
}

/**
 * The folders among what a row touches. The root is always there: nobody waits for anybody for its sake. What a create
 * has left for later is an edit by then, though it stands in the row of the create.
 */
function foldersOf(
  row: OutboxRow,
  project: ProjectId = fromLocalKey(row.lane).project,
): readonly string[] {
  if (!isAboutFolders(row.operation)) return [];
  const prefix = `${project}:`;
  return row.touches
    .filter((name) => name.startsWith(prefix) && name.length > prefix.length + 1)
    .map((name) => name.slice(prefix.length));
}

function isAboutFolders(operation: Operation): boolean {
  switch (operation.kind) {
    case "create":
    case "clone":
    case "move":
    case "remove":
      return true;
    default:
      return isFolderOperation(operation);
  }
}

function makesFolders({ operation }: OutboxRow): boolean {
  switch (operation.kind) {
    case "create":
      return operation.input.parents;
    case "clone":
      return operation.parents;
    default:
      return false;
  }
}

/** Every path that an operation on folders touches, as it stands in `OutboxRow.touches`. */
export function pathsOf(operation: FolderOperation): readonly string[] {
  switch (operation.kind) {
    case "newFolder":
    case "removeFolder":
      return [operation.folder];
    case "renameFolder":
    case "moveFolder": {
      const { from, to } = relocationOf(operation) ?? { from: operation.folder, to: "/" };
      return [from, to];
    }
  }
}
