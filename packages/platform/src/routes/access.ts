import { refusalWithoutAccess } from "../assumed.ts";
import { ApiError, notFound } from "../api-error.ts";
import { type Level, reaches } from "../levels.ts";
import {
  answerOf,
  type LifecycleAnswer,
  type LifecycleQuestion,
  type ObjectOperation,
} from "../lifecycle.ts";
import type { Copy, DataObject } from "../world/data-object.ts";
import type { Project } from "../world/project.ts";
import { levelWithin } from "../world/token-scope.ts";
import type { Call } from "./call.ts";

/** The project, if it exists and the caller's level there is high enough. */
export function projectAt(call: Call, id: string, needed: Level): Project {
  const project = call.world.projects.get(id);
  if (project === undefined) throw notFound(`project "${id}"`);
  const level = levelOn(call, project);
  if (level === "NONE") {
    throw new ApiError(refusalWithoutAccess.project, `you have no access to project "${id}"`);
  }
  if (!reaches(level, needed)) throw insufficient(`project "${id}"`, needed, level);
  return project;
}

/** Every copy the caller can see, by project id. */
export function visibleCopies(call: Call, object: DataObject): readonly Copy[] {
  return [...object.copies.values()]
    .filter((copy) => reaches(levelIn(call, copy.project), "VIEW"))
    .sort((left, right) => (left.project < right.project ? -1 : 1));
}

/** The object, if the caller can see a copy of it. */
export function visibleObject(call: Call, id: string): DataObject {
  const object = call.world.objects.get(id);
  if (object === undefined || visibleCopies(call, object).length === 0) {
    // The official client's tests look for these words.
    throw notFound(`The entity ${id}`);
  }
  return object;
}

/**
 * The copy a read answers from: that of the hinted project, else any the caller can see (DO §5.2), first the one where the object was
 * made (`TestDXArchive.test_archive_allcopies` [client]).
 */
export function hintedCopy(call: Call, id: string, hint: string | undefined): Copy {
  const object = visibleObject(call, id);
  const copies = visibleCopies(call, object);
  const copyIn = (project: string | undefined) => copies.find((copy) => copy.project === project);
  return copyIn(hint) ?? copyIn(object.origin) ?? (copies[0] as Copy);
}

/** The copy in a project that the input names; there is no other one to fall back on. */
export function namedCopy(call: Call, id: string, project: string): Copy {
  const copy = visibleObject(call, id).copies.get(project);
  if (copy === undefined) throw notFound(`"${id}" in project "${project}"`);
  return copy;
}

type Allowed = LifecycleAnswer & { readonly answer: "done" };

/** What the lifecycle says to a change of the object itself: the level counts where it was created (DO §4.3). */
export function allowOnObject(call: Call, object: DataObject, operation: ObjectOperation): Allowed {
  return allow(object, { operation, level: levelIn(call, object.origin) });
}

/** What the lifecycle says to a change of one copy: the level counts in its project. */
export function allowOnCopy(call: Call, copy: Copy, operation: ObjectOperation): Allowed {
  return allow(copy.object, {
    operation,
    level: levelIn(call, copy.project),
    protected: call.world.projects.get(copy.project)?.settings.protected ?? false,
  });
}

/** What the caller may do in a project: its own level, and no more than its token's (CS §7). */
export function levelOn(call: Call, project: Project): Level {
  return levelWithin(call.scope, project.id, project.levelOf(call.user.id));
}

export function levelIn(call: Call, id: string): Level {
  const project = call.world.projects.get(id);
  return project === undefined ? "NONE" : levelOn(call, project);
}

/** Refuses a caller whose level is too low in a project that it sees. */
export function needLevel(call: Call, project: Project, needed: Level): void {
  const level = levelOn(call, project);
  if (!reaches(level, needed)) throw insufficient(`project "${project.id}"`, needed, level);
}

type Asked = Pick<LifecycleQuestion, "operation" | "level" | "protected">;

function allow(object: DataObject, asked: Asked): Allowed {
  const { operation, level } = asked;
  const answer = answerOf({ ...asked, class: object.class, state: object.state, visible: true });
  if (answer.answer === "done") return answer;
  if (answer.answer === "impossible") {
    throw new Error(`Broken invariant: ${object.id} is ${object.state}`);
  }
  switch (answer.error) {
    case "ResourceNotFound":
      throw notFound(`method ${operation} of "${object.id}"`);
    case "PermissionDenied":
      throw insufficient(`"${object.id}"`, answer.needed ?? "ADMINISTER", level);
    case "InvalidState":
      throw new ApiError("InvalidState", stateRefusal(object, operation));
    case "InvalidType":
      throw new ApiError("InvalidType", `${operation} is not for objects of class ${object.class}`);
  }
}

/** Worded as clients have seen it (DO §1.3, CS §4), though nobody may depend on it. */
function stateRefusal({ id, state }: DataObject, operation: ObjectOperation): string {
  if (operation === "clone" && state !== "closed") {
    return `An object to be cloned is not in the closed state: "${id}" is ${state}`;
  }
  if (operation === "upload") return `upload: "${id}" is not in the open state, it is ${state}`;
  return `${operation}: "${id}" is ${state}`;
}

export function insufficient(what: string, needed: Level, level: Level): ApiError {
  return new ApiError(
    "PermissionDenied",
    `${needed} permission is needed on ${what}; you have ${level}`,
  );
}
