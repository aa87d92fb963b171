import type { JsonObject } from "@holdfast/core";
import { ApiError, invalidInput, noFolder } from "../api-error.ts";
import { keyOf, member, requiredString } from "../input/fields.ts";
import { asFolder, given } from "../input/metadata.ts";
import { isWithin, parentOf, pathIn } from "../world/folder-tree.ts";
import { needLevel, projectAt } from "./access.ts";
import { recordEffect } from "./call.ts";
import { refuseLongPaths, refuseTakenFolder } from "./folder-moves.ts";
import { defineRoute, type Route } from "./route.ts";

interface Rename {
  readonly from: string;
  readonly to: string;
}

/** By the new last name, or by the whole new path (CS §2.2). */
export const renameFolder: Route = defineRoute<Rename>({
  subject: "project-xxxx",
  method: "renameFolder",
  parse: asRename,
  run: (call, { from, to }) => {
    const project = projectAt(call, call.subject, "VIEW");
    const { folders } = project;
    for (const folder of [from, parentOf(to)]) {
      if (!folders.has(folder)) throw noFolder(folder, project.id);
    }
    needLevel(call, project, "CONTRIBUTE");
    if (from === to) return { id: project.id };
    if (isWithin(to, from)) {
      throw new ApiError("InvalidState", `folder "${from}" cannot go into itself`);
    }
    refuseTakenFolder(project, to);
    refuseLongPaths(project, from, to);
    call.world.moveFolder(project, from, to);
    recordEffect(call, { id: project.id, project: project.id }, { folder: [from, to] });
    return { id: project.id };
  },
});

function asRename(input: JsonObject): Rename {
  const from = asFolder(member(input, "folder"), "folder");
  if (from === "/") throw invalidInput("the root folder cannot be renamed");
  if (given(input, "name") === given(input, "newpath")) {
    throw invalidInput('give key "name" or key "newpath" of input, and not both');
  }
  if (given(input, "newpath")) return { from, to: asFolder(member(input, "newpath"), "newpath") };
  const name = requiredString(input, "name");
  if (name === "" || name.includes("/")) {
    throw invalidInput(`expected ${keyOf("name")} to be a folder name: not empty, without "/"`);
  }
  return { from, to: asFolder(pathIn(parentOf(from), name), "name") };
}
