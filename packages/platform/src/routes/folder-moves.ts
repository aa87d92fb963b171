import { folderProblem } from "@holdfast/core";
import { ApiError, invalidInput } from "../api-error.ts";
import { refusalOfFolderClash } from "../assumed.ts";
import { rebased } from "../world/folder-tree.ts";
import type { Project } from "../world/project.ts";

/** A folder's name is unique among its siblings (CS §2.1). */
export function refuseTakenFolder(project: Project, path: string): void {
  if (!project.folders.has(path)) return;
  throw new ApiError(refusalOfFolderClash, `folder "${path}" exists already`);
}

/** A folder below the moved one may come to lie too deep (CS §2.1). */
export function refuseLongPaths(project: Project, from: string, to: string): void {
  for (const path of project.folders.within(from)) {
    const problem = folderProblem(rebased(path, from, to));
    if (problem !== undefined) throw invalidInput(problem);
  }
}
