import type { Level, ProjectFacts } from "../data-object.ts";
import type { OperationKind } from "../operation.ts";
import type { LifecycleAnswer } from "./lifecycle.ts";

/**
 * The methods of a project that can be called here, with the level each needs (CS §1.2, §1.5). A rename is its
 * `update`.
 */
const levels: Readonly<Partial<Record<OperationKind, Level>>> = {
  rename: "ADMINISTER",
  setProperties: "CONTRIBUTE",
  addTags: "CONTRIBUTE",
  removeTags: "CONTRIBUTE",
  newFolder: "UPLOAD",
  renameFolder: "CONTRIBUTE",
  moveFolder: "CONTRIBUTE",
  removeFolder: "CONTRIBUTE",
};

/** In a protected project only an administrator removes (CS §1.4). */
const removals: ReadonlySet<OperationKind> = new Set<OperationKind>(["removeFolder"]);

/** What the platform answers an operation on a project itself and its folders, the caller's level aside. */
export function projectAnswer(kind: OperationKind, facts?: ProjectFacts): LifecycleAnswer {
  const level = levels[kind];
  if (level === undefined) return { allowed: false, error: "ResourceNotFound" };
  const isRaised = facts?.protected === true && removals.has(kind);
  return { allowed: true, level: isRaised ? "ADMINISTER" : level };
}
