import {
  childOf,
  type ProjectDescription,
  type ProjectId,
  parseFolder,
  projectKey,
  type Store,
} from "@holdfast/core";
import type { Subfolders } from "../folders.ts";
import type { Output } from "../wire.ts";
import type { Cursors } from "./cursors.ts";
import type { Describer } from "./describer.ts";
import type { Handlers } from "./handlers.ts";
import { parseProjectId } from "./project-id.ts";
import type { Writer } from "./writer.ts";

export interface ProjectCallPorts {
  readonly store: Store;
  readonly writer: Writer;
  readonly describer: Describer;
  readonly cursors: Cursors;
}

type Kinds = "project" | "editProject" | "listFolder" | "editFolder" | "removeFolderTree";

/** Reading and changing projects themselves and their folders. */
export function projectCalls(ports: ProjectCallPorts): Handlers<Kinds> {
  const { writer, cursors } = ports;
  return {
    project: async ({ project }) => await readProject(ports, parseProjectId(project)),
    editProject: ({ project, edit }) => writer.editProject(parseProjectId(project), edit),
    editFolder: ({ project, edit }) => writer.editFolder(parseProjectId(project), edit),
    removeFolderTree: async ({ project, folder }) => {
      const { operations, ...removed } = await writer.removeFolderTree(
        parseProjectId(project),
        folder,
      );
      return { ...removed, operations: cursors.pageOfWrite(operations) };
    },
    listFolder: async ({ project, folder, includeHidden }) =>
      await listFolder(ports, {
        project: parseProjectId(project),
        folder: parseFolder(folder),
        includeHidden,
      }),
  };
}

/** What is known here of the project; null where nothing is. */
export async function readProject(
  { store, describer }: Pick<ProjectCallPorts, "store" | "describer">,
  project: ProjectId,
): Promise<ProjectDescription | null> {
  const [row] = await store.get("objects", [projectKey(project)]);
  return row === undefined ? null : await describer.describeProject(row);
}

/** Those that the project's row knows, and those that objects lie in. */
export async function readSubfolders(
  store: Store,
  project: ProjectId,
  folder: string,
): Promise<Subfolders> {
  const [[row], ofObjects] = await Promise.all([
    store.get("objects", [projectKey(project)]),
    store.subfolders(project, folder),
  ]);
  const { folders: known = [], facts } = row?.view.project ?? {};
  const children = known.map((path) => childOf(folder, path)).filter((path) => path !== undefined);
  return {
    folders: [...new Set([...children, ...ofObjects])].sort(),
    isComplete: facts !== undefined,
  };
}

/** No more objects are listed, as on the platform (CS §8.1). */
const maxListedObjects = 400_000;

async function listFolder(
  { store, describer, cursors }: ProjectCallPorts,
  {
    project,
    folder,
    includeHidden,
  }: {
    readonly project: ProjectId;
    readonly folder: string;
    readonly includeHidden: boolean;
  },
): Promise<Output<"listFolder">> {
  const rows = await store.find({
    scope: { project, folder, recurse: false },
    visibility: includeHidden ? "either" : "visible",
    limit: maxListedObjects,
  });
  const objects = cursors.page(await describer.describe(rows));
  return { ...(await readSubfolders(store, project, folder)), objects };
}
