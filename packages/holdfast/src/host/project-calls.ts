import { type ProjectDescription, type ProjectId, projectKey, type Store } from "@holdfast/core";
import type { Describer } from "./describer.ts";
import type { Handlers } from "./handlers.ts";
import { parseProjectId } from "./project-id.ts";
import type { Writer } from "./writer.ts";

export interface ProjectCallPorts {
  readonly store: Store;
  readonly writer: Writer;
  readonly describer: Describer;
}

/** Reading and changing projects themselves. */
export function projectCalls(ports: ProjectCallPorts): Handlers<"project" | "editProject"> {
  const { writer } = ports;
  return {
    project: async ({ project }) => await readProject(ports, parseProjectId(project)),
    editProject: ({ project, edit }) => writer.editProject(parseProjectId(project), edit),
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
