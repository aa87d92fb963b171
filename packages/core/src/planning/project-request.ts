import { assert } from "../assert.ts";
import { fromLocalKey, isProjectKey, type ProjectId, rowIdOfProject } from "../ids.ts";
import { isJsonObject, type Json } from "../json.ts";
import type { JournalRow } from "../journal.ts";
import type { ProjectEditKind } from "../input/parse-edit.ts";
import type { FolderOperation, Operation } from "../operation.ts";
import type { Expectation } from "./expectation.ts";

/** What a lane of a project sends: its own edits, and what is done to its folders. */
type ProjectMethod = ProjectEditKind | FolderOperation["kind"];

/** The platform's words for what is asked of a project (CS §1.2, §2.2). */
const routes: Readonly<Record<ProjectMethod, string>> = {
  rename: "update",
  setProperties: "setProperties",
  addTags: "addTags",
  removeTags: "removeTags",
  newFolder: "newFolder",
  renameFolder: "renameFolder",
  moveFolder: "move",
  removeFolder: "removeFolder",
};

const methods: ReadonlyMap<string, ProjectMethod> = new Map(
  Object.entries(routes).map(([method, word]) => [word, method as ProjectMethod]),
);

export function pathOfProject(effect: Operation, project: ProjectId): string {
  const word = isProjectMethod(effect.kind) ? routes[effect.kind] : undefined;
  assert(word !== undefined, `${effect.kind} can be asked of a project`);
  return `/${project}/${word}`;
}

/** Reads the route of a request that a project's own lane has journalled. */
export function expectationOfProject({
  lane,
  path,
}: Pick<JournalRow, "lane" | "path">): Expectation {
  const { project } = fromLocalKey(lane);
  const [, subject, word = ""] = path.split("/");
  const method = methods.get(word);
  assert(method !== undefined && subject === project, `${path} is a route of ours`);
  return { method, class: "project", id: rowIdOfProject(project) };
}

function isProjectMethod(kind: Operation["kind"]): kind is ProjectMethod {
  return Object.hasOwn(routes, kind);
}

/** What a journalled request does to folders: read back from its bytes, so that its outcome can be read for. */
export function folderOperationsOf({
  lane,
  path,
  body,
}: Pick<JournalRow, "lane" | "path" | "body">): readonly FolderOperation[] {
  if (!isProjectKey(lane)) return [];
  const { method } = expectationOfProject({ lane, path });
  const sent = JSON.parse(body) as Json;
  assert(isJsonObject(sent), `${path} is sent an object`);
  const { folder, folders, name, destination } = sent as Readonly<Record<string, string>> & {
    readonly folders?: readonly string[];
  };
  if (method === "renameFolder" && folder !== undefined && name !== undefined) {
    return [{ kind: method, folder, name }];
  }
  if (method === "moveFolder" && folders?.[0] !== undefined && destination !== undefined) {
    return [{ kind: method, folder: folders[0], destination }];
  }
  return [];
}
