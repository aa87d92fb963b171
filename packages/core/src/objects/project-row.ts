import type { ObjectRow, ObjectState, ProjectFacts } from "../data-object.ts";
import {
  fromLocalKey,
  isProjectKey,
  type LocalKey,
  projectKey,
  type ProjectId,
  rowIdOfProject,
} from "../ids.ts";
import type { RealIdOf } from "./description.ts";
import type { EpochMs } from "../ports.ts";
import { emptyDetails } from "../values/details-text.ts";
import { valuesWithRealIds } from "../values/references.ts";

/** The row of a project that nothing is known of: made by the first operation on it. Undefined for any other key. */
export function newProjectRow(key: LocalKey): ObjectRow | undefined {
  if (!isProjectKey(key)) return undefined;
  const { project } = fromLocalKey(key);
  return {
    version: 1,
    key: projectKey(project),
    project,
    id: rowIdOfProject(project),
    realId: rowIdOfProject(project),
    class: "project",
    view: unknownProject,
    pending: 0,
    parked: 0,
  };
}

/** Before the platform has described it. */
export const unknownProject: ObjectState = {
  name: null,
  folder: "/",
  state: "open",
  hidden: false,
  types: [],
  tags: [],
  properties: {},
  details: emptyDetails,
  links: [],
  created: 0,
  modified: 0,
  createdBy: "",
  project: {},
};

/**
 * What an app sees of a project: what the platform has said of it, with the pending operations applied. Level, flags,
 * region and times are known only once the platform has described it.
 */
export interface ProjectDescription extends Partial<ProjectFacts> {
  readonly id: ProjectId;
  /** Undefined while the platform has not described it and nobody renamed it here. */
  readonly name?: string;
  /** While `isDescribed` is false there may be more on the platform. */
  readonly tags: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  /** Whether the platform has described the project since it is known here. */
  readonly isDescribed: boolean;
  readonly created?: EpochMs;
  readonly modified?: EpochMs;
  readonly createdBy?: { readonly user: string };
  /** Operations on the project and its folders that the platform has not confirmed yet, parked ones included. */
  readonly pending: number;
  readonly parked: number;
}

/** Describes a project's own row to the app. */
export function describeProject(row: ObjectRow, realIdOf: RealIdOf): ProjectDescription {
  const { project, view, pending, parked } = row;
  const { name, tags, properties, created, modified, createdBy } = view;
  const facts = view.project?.facts;
  return {
    id: project,
    ...(name === null ? undefined : { name }),
    tags,
    properties: valuesWithRealIds(properties, realIdOf),
    isDescribed: facts !== undefined,
    ...(facts === undefined
      ? undefined
      : { ...facts, created, modified, createdBy: { user: createdBy } }),
    pending,
    parked,
  };
}
