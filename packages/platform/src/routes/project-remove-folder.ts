import { ApiError, invalidInput, noFolder } from "../api-error.ts";
import { maxRemovedObjects } from "../assumed.ts";
import { member, optionalBoolean } from "../input/fields.ts";
import { asFolder } from "../input/metadata.ts";
import type { Copy } from "../world/data-object.ts";
import type { Project } from "../world/project.ts";
import { projectAt } from "./access.ts";
import { type Call, recordEffect } from "./call.ts";
import { needLevelToRemove, removeCopies } from "./remove-copies.ts";
import { defineRoute, type Route } from "./route.ts";

interface RemoveFolder {
  readonly folder: string;
  readonly recurse: boolean;
  readonly force: boolean;
  readonly partial: boolean;
}

/**
 * With `partial` a call removes at most a batch and says in `completed` whether that was all; the root is emptied and
 * kept (CS §2.1, §2.2).
 */
export const removeFolder: Route = defineRoute<RemoveFolder>({
  subject: "project-xxxx",
  method: "removeFolder",
  parse: (input) => ({
    folder: asFolder(member(input, "folder"), "folder"),
    recurse: optionalBoolean(input, "recurse") ?? false,
    force: optionalBoolean(input, "force") ?? false,
    partial: optionalBoolean(input, "partial") ?? false,
  }),
  run: (call, input) => {
    const { folder, force, partial } = input;
    const project = projectAt(call, call.subject, "VIEW");
    const isThere = project.folders.has(folder);
    if (!isThere && !force) throw noFolder(folder, project.id);
    needLevelToRemove(call, project);
    const completed = !isThere || removeFrom(call, project, input);
    return { id: project.id, completed: partial ? completed : undefined };
  },
});

/** @returns Whether the folder is gone. */
function removeFrom(call: Call, project: Project, { folder, recurse, partial }: RemoveFolder) {
  const copies = copiesWithin(project, folder);
  if (!recurse) refuseUnlessEmpty(project, folder, copies);
  if (!partial && copies.length > maxRemovedObjects) {
    throw invalidInput(
      `the folder holds more than ${maxRemovedObjects} objects: remove it with "partial"`,
    );
  }
  removeCopies(call, project, copies.slice(0, maxRemovedObjects));
  if (copies.length > maxRemovedObjects) return false;
  const gone = folder === "/" ? project.folders.children("/") : [folder];
  for (const path of gone) call.world.removeFolder(project, path);
  if (gone.length > 0) {
    recordEffect(call, { id: project.id, project: project.id }, { folders: [gone, null] });
  }
  return true;
}

function refuseUnlessEmpty(project: Project, folder: string, copies: readonly Copy[]): void {
  if (folder === "/") throw invalidInput("the root folder cannot be removed");
  if (copies.length === 0 && project.folders.children(folder).length === 0) return;
  throw new ApiError("InvalidState", `folder "${folder}" is not empty`);
}

/** Hidden ones, too. Folder by folder, by id within each. */
function copiesWithin(project: Project, folder: string): readonly Copy[] {
  return project.folders
    .within(folder)
    .flatMap((path) =>
      [...project.index.inFolder(path)].sort((left, right) =>
        left.object.id < right.object.id ? -1 : 1,
      ),
    );
}
