import type { Level } from "../data-object.ts";
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
};

/** What the platform answers an operation on a project itself, the caller's level aside. */
export function projectAnswer(kind: OperationKind): LifecycleAnswer {
  const level = levels[kind];
  return level === undefined
    ? { allowed: false, error: "ResourceNotFound" }
    : { allowed: true, level };
}
