import { ApiError, noFolder } from "../api-error.ts";
import { levelOfNewFolder, maxListedObjects, refusalOfExistingFolder } from "../assumed.ts";
import { describeObject } from "../describe/describe-object.ts";
import { asDescribe, type FieldSelection } from "../input/describe-input.ts";
import { keyOf, member, optionalBoolean, optionalChoice } from "../input/fields.ts";
import { asFolder, given } from "../input/metadata.ts";
import type { Output } from "../json/json-writer.ts";
import { parentOf } from "../world/folder-tree.ts";
import type { Project } from "../world/project.ts";
import { needLevel, projectAt } from "./access.ts";
import { recordEffect } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";

interface NewFolder {
  readonly folder: string;
  readonly parents: boolean;
}

/** With `parents` an existing folder is success, so that form can be repeated (CS §2.2). */
const newFolder: Route = defineRoute<NewFolder>({
  subject: "project-xxxx",
  method: "newFolder",
  parse: (input) => ({
    folder: asFolder(member(input, "folder"), "folder"),
    parents: optionalBoolean(input, "parents") ?? false,
  }),
  run: (call, { folder, parents }) => {
    const project = projectAt(call, call.subject, "VIEW");
    const parent = parentOf(folder);
    if (!parents && !project.folders.has(parent)) {
      throw noFolder(parent, project.id);
    }
    needLevel(call, project, levelOfNewFolder);
    if (!parents && project.folders.has(folder)) {
      throw new ApiError(refusalOfExistingFolder, `folder "${folder}" exists already`);
    }
    const added = call.world.addFolders(project, folder);
    recordEffect(
      call,
      { id: project.id, project: project.id },
      added.length === 0 ? {} : { folders: [null, added] },
    );
    return { id: project.id };
  },
});

interface ListFolder {
  readonly folder: string;
  readonly only: "all" | "objects" | "folders";
  readonly includeHidden: boolean;
  readonly hasSubfolderFlags: boolean;
  readonly describe: FieldSelection | undefined;
}

/** Direct children only, objects by id, folders by path [assumed]. */
const listFolder: Route = defineRoute<ListFolder>({
  subject: "project-xxxx",
  method: "listFolder",
  parse: (input) => ({
    folder: given(input, "folder") ? asFolder(member(input, "folder"), "folder") : "/",
    only: optionalChoice(input, "only", ["all", "objects", "folders"] as const) ?? "all",
    includeHidden: optionalBoolean(input, "includeHidden") ?? false,
    hasSubfolderFlags: optionalBoolean(input, "hasSubfolderFlags") ?? false,
    describe: asDescribe(member(input, "describe"), keyOf("describe")),
  }),
  run: (call, input) => {
    const project = projectAt(call, call.subject, "VIEW");
    if (!project.folders.has(input.folder)) {
      throw noFolder(input.folder, project.id);
    }
    return {
      objects: input.only === "folders" ? [] : objectsIn(project, input),
      folders: input.only === "objects" ? [] : foldersIn(project, input),
    };
  },
});

function objectsIn(project: Project, input: ListFolder): Output {
  const copies = [...project.index.inFolder(input.folder)]
    .filter((copy) => input.includeHidden || !copy.object.hidden)
    .sort((left, right) => (left.object.id < right.object.id ? -1 : 1));
  if (copies.length > maxListedObjects) {
    throw new ApiError("InvalidInput", `the folder holds more than ${maxListedObjects} objects`);
  }
  return copies.map((copy) => ({
    id: copy.object.id,
    describe: input.describe === undefined ? undefined : describeObject(copy, input.describe),
  }));
}

function foldersIn(project: Project, { folder, hasSubfolderFlags }: ListFolder): Output {
  const paths = project.folders.children(folder);
  if (!hasSubfolderFlags) return paths;
  return paths.map((path) => [path, project.folders.children(path).length > 0]);
}

export const folderRoutes: readonly Route[] = [newFolder, listFolder];
