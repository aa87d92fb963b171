import type { ProjectId } from "../ids.ts";
import { embeddedProblem } from "../values/provisional-text.ts";
import { folderProblem, normalFolder } from "../values/values.ts";
import { InputFields } from "./input-fields.ts";

/** Where an app wants a copy, valid as far as it can be judged without looking at the object. */
export interface CloneRequest {
  readonly project: ProjectId;
  readonly folder: string;
  /** Make the missing folders on the way. */
  readonly parents: boolean;
}

/**
 * Reads the input of `/project-xxxx/clone` (CS §4) as far as it is about the destination. Folder: default `/`.
 * @throws HoldfastError `InvalidInput`, or `InvalidType` where `project` is a string but no project's id.
 */
export function parseClone(value: unknown): CloneRequest {
  const fields = new InputFields(value, "clone", ["project", "folder", "parents"]);
  return {
    project: fields.project("project"),
    folder: normalFolder(fields.checked("folder", embeddedProblem(folderProblem)) ?? "/"),
    parents: fields.boolean("parents") ?? false,
  };
}
