import type { JsonObject } from "@holdfast/core";
import { ApiError, invalidInput, noFolder, notFound } from "../api-error.ts";
import { maxMovedObjects } from "../assumed.ts";
import { asObjectIds, keyOf, member, optionalArray } from "../input/fields.ts";
import { asFolder } from "../input/metadata.ts";
import { isWithin, nameOf, parentOf, pathIn } from "../world/folder-tree.ts";
import type { Project } from "../world/project.ts";
import { needLevel, projectAt } from "./access.ts";
import { recordEffect } from "./call.ts";
import { refuseLongPaths, refuseTakenFolder } from "./folder-moves.ts";
import { defineRoute, type Route } from "./route.ts";

interface Move {
  readonly objects: readonly string[];
  readonly folders: readonly string[];
  readonly destination: string;
}

/** Objects and folders into a folder that is there; what is named goes directly into it (CS §2.2). */
export const move: Route = defineRoute<Move>({
  subject: "project-xxxx",
  method: "move",
  parse: asMove,
  run: (call, { objects, folders, destination }) => {
    const project = projectAt(call, call.subject, "VIEW");
    for (const folder of [destination, ...folders]) {
      if (!project.folders.has(folder)) {
        throw noFolder(folder, project.id);
      }
    }
    const copies = objects.map((id) => {
      const copy = project.index.get(id);
      if (copy === undefined) throw notFound(`"${id}" in project "${project.id}"`);
      return copy;
    });
    needLevel(call, project, "CONTRIBUTE");
    const moves = movesOf(project, folders, destination);

    for (const copy of copies) {
      if (copy.folder === destination) continue;
      const before = copy.folder;
      call.world.moveCopy(copy, destination);
      const target = { id: copy.object.id, project: project.id };
      recordEffect(call, target, { folder: [before, destination] });
    }
    for (const { from, to } of moves) {
      call.world.moveFolder(project, from, to);
      recordEffect(call, { id: project.id, project: project.id }, { folder: [from, to] });
    }
    return { id: project.id };
  },
});

function asMove(input: JsonObject): Move {
  const objects = asObjectIds(input, "objects");
  if (objects.length > maxMovedObjects) {
    throw invalidInput(`${keyOf("objects")}: at most ${maxMovedObjects} objects are taken`);
  }
  return {
    objects,
    folders: asFolders(input),
    destination: asFolder(member(input, "destination"), "destination"),
  };
}

function asFolders(input: JsonObject): readonly string[] {
  const folders = (optionalArray(input, "folders") ?? []).map((path) => asFolder(path, "folders"));
  if (folders.includes("/")) throw invalidInput("the root folder cannot be moved");
  return [...new Set(folders)];
}

interface FolderMove {
  readonly from: string;
  readonly to: string;
}

/** What lies deepest comes first, so that a folder named beside one above it goes directly to the destination too. */
function movesOf(
  project: Project,
  folders: readonly string[],
  destination: string,
): readonly FolderMove[] {
  const moves = folders
    .filter((from) => parentOf(from) !== destination)
    .map((from) => ({ from, to: pathIn(destination, nameOf(from)) }))
    .sort((left, right) => right.from.length - left.from.length);
  const taken = new Set<string>();
  for (const { from, to } of moves) {
    if (isWithin(destination, from)) {
      throw new ApiError("InvalidState", `folder "${from}" cannot go into itself`);
    }
    refuseTakenFolder(project, to);
    if (taken.has(to)) throw new ApiError("InvalidState", `two folders would be "${to}"`);
    taken.add(to);
    refuseLongPaths(project, from, to);
  }
  return moves;
}
