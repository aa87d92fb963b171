import type { PlatformFailure } from "../failure.ts";
import { type LocalKey, type OperationId, type ProjectId, projectKey } from "../ids.ts";
import type { FolderOperation } from "../operation.ts";
import type { Write } from "../store.ts";
import { isWithin, pathTo } from "./folder-paths.ts";
import { Draft, type LocalWriteContext, maxObjectsPerWrite } from "./local-writes.ts";
import { folderRefusal } from "./project-folders.ts";
import { newProjectRow } from "./project-row.ts";

export interface FolderTree {
  readonly project: ProjectId;
  /** Not the root. */
  readonly folder: string;
}

export interface RemovedTree {
  /** Of the project. */
  readonly key: LocalKey;
  /** Of the objects, then of the folders, deepest first; the last is that of the folder itself. */
  readonly operations: readonly OperationId[];
}

/**
 * Removes a folder with all that is known here to lie in it: each object by an operation of its own, then the folders that
 * are empty by then, deepest first (design §5, dependencies). What others put there since is not removed with it: the
 * platform refuses the removal of a folder that is not empty.
 *
 * Fails with `ResourceNotFound` for a folder that is known to be missing, and with `InvalidInput` where it holds more than
 * `maxObjectsPerWrite` objects. Strict; all or nothing.
 */
export function removeFolderTree(
  { project, folder }: FolderTree,
  context: LocalWriteContext,
): Write<RemovedTree> {
  const key = projectKey(project);
  const subtree = { project, folder };
  return {
    durability: "strict",
    reads: { objects: [key], subtrees: [subtree] },
    decide(rows) {
      const row = rows.object(key) ?? newProjectRow(key);
      const objects = rows.within(subtree);
      if (objects.length > maxObjectsPerWrite) return { failure: tooMany(folder, objects.length) };
      const known = row?.view.project?.folders ?? [];
      const paths = [folder, ...known, ...objects.map(({ view }) => view.folder)].flatMap(pathTo);
      const folders = [...new Set(paths)].filter((path) => isWithin(path, folder));
      const state = row?.view;
      const holdsObjects = (): boolean => objects.length > 0;
      const missing =
        state && folders.length === 1 && folderRefusal(removal(folder), { state, holdsObjects });
      if (missing && missing.code === "ResourceNotFound") return { failure: missing };

      const draft = new Draft(rows, context, objects);
      const operations: OperationId[] = [];
      const ofObjects = objects.map((object) => ({
        key: object.key,
        edits: [{ operation: { kind: "remove" }, references: [] }] as const,
      }));
      const deepestFirst = folders.toSorted(
        (left, right) => pathTo(right).length - pathTo(left).length,
      );
      const ofFolders = {
        key,
        edits: deepestFirst.map((path) => ({ operation: removal(path), references: [] })),
      };
      for (const edits of [...ofObjects, ofFolders]) {
        const edited = draft.edit(edits, { checksFolders: false });
        if ("failure" in edited) return { failure: edited.failure };
        operations.push(...edited.operations);
      }
      return { puts: draft.puts(), result: { key, operations } };
    },
  };
}

function removal(folder: string): FolderOperation {
  return { kind: "removeFolder", folder };
}

function tooMany(folder: string, objects: number): PlatformFailure {
  return {
    code: "InvalidInput",
    message: `folder "${folder}" holds ${objects} objects, and at most ${maxObjectsPerWrite} are removed at once; remove the folders in it first`,
  };
}
