import type { DataObjectClass, State } from "@holdfast/core";
import { refusalOfCloningFixedClass, refusalWithoutAccess } from "./assumed.ts";
import { type Level, reaches } from "./levels.ts";

/**
 * What can be asked of a data object. `move`, `remove` and `clone` are methods of its container, whose answer
 * depends on the object all the same.
 */
export type ObjectOperation =
  | "describe"
  | "getDetails"
  | "listProjects"
  | "addTypes"
  | "removeTypes"
  | "setDetails"
  | "setVisibility"
  | "rename"
  | "setProperties"
  | "addTags"
  | "removeTags"
  | "close"
  | "upload"
  | "download"
  | "move"
  | "remove"
  | "clone";

export const objectOperations: readonly ObjectOperation[] = [
  "describe",
  "getDetails",
  "listProjects",
  "addTypes",
  "removeTypes",
  "setDetails",
  "setVisibility",
  "rename",
  "setProperties",
  "addTags",
  "removeTags",
  "close",
  "upload",
  "download",
  "move",
  "remove",
  "clone",
];

/** How an object answers an operation in one state, once the caller's level is high enough. */
export type Rule =
  | {
      readonly answer: "done";
      readonly level: Level;
      /** The state it is in afterwards, where that is another one. */
      readonly becomes?: State | "removed";
      /** The answer carries `detail`, because nothing was left to do (DO §4.4). */
      readonly detail?: true;
    }
  | {
      readonly answer: "refused";
      readonly level: Level;
      readonly error: "InvalidState" | "InvalidType";
    }
  /** The class has no such method: the route does not exist. */
  | { readonly answer: "noRoute" };

type Row = Readonly<Record<ObjectOperation, Rule>>;

/** The states an object of the class can be in; `undefined` in the others. */
type ClassTable = Readonly<Partial<Record<State, Row>>>;

const noRoute: Rule = { answer: "noRoute" };
const read: Rule = { answer: "done", level: "VIEW" };
const edit: Rule = { answer: "done", level: "UPLOAD" };
const editOfClosed: Rule = { answer: "done", level: "CONTRIBUTE" };
const fixed: Rule = { answer: "refused", level: "UPLOAD", error: "InvalidState" };
const closes: Rule = { answer: "done", level: "UPLOAD", becomes: "closed" };
const closesLater: Rule = { answer: "done", level: "UPLOAD", becomes: "closing" };
const closesAgain: Rule = { answer: "done", level: "UPLOAD", detail: true };
const notReadable: Rule = { answer: "refused", level: "VIEW", error: "InvalidState" };
const notCloneable: Rule = { answer: "refused", level: "VIEW", error: refusalOfCloningFixedClass };

const reads = { describe: read, getDetails: read, listProjects: read } as const;
/** A method of another class, called on this one: InvalidType (CS §6 [assumed]). */
const ofFilesOnly: Rule = { answer: "refused", level: "VIEW", error: "InvalidType" };
const noContent = { upload: ofFilesOnly, download: ofFilesOnly } as const;
const inContainer = {
  move: { answer: "done", level: "CONTRIBUTE" },
  remove: { answer: "done", level: "CONTRIBUTE", becomes: "removed" },
} as const;

/** While open: fixed and free fields alike take UPLOAD (DO §4.3). */
const openEdits = {
  addTypes: edit,
  removeTypes: edit,
  setDetails: edit,
  setVisibility: edit,
  rename: edit,
  setProperties: edit,
  addTags: edit,
  removeTags: edit,
} as const;

/** From closing on: fixed fields refuse even a change of nothing, free fields take CONTRIBUTE (DO §4.3, §5). */
const laterEdits = {
  addTypes: fixed,
  removeTypes: fixed,
  setDetails: fixed,
  setVisibility: fixed,
  rename: editOfClosed,
  setProperties: editOfClosed,
  addTags: editOfClosed,
  removeTags: editOfClosed,
} as const;

const open: Row = {
  ...reads,
  ...openEdits,
  ...noContent,
  ...inContainer,
  close: closes,
  clone: notReadable,
};
const closing: Row = {
  ...reads,
  ...laterEdits,
  ...noContent,
  ...inContainer,
  close: closesAgain,
  clone: notReadable,
};
const closed: Row = { ...closing, clone: read };

/**
 * The lifecycle of the six classes as data: class → state → operation → answer (DO §4.1–4.4, §5, CS §1.5, §6).
 * It is the platform's own and shares nothing with the client's idea of the lifecycle, so that comparing the two
 * proves something.
 */
export const lifecycle: Readonly<Record<DataObjectClass, ClassTable>> = {
  // Usable while open; its details are its content. Closes at once.
  record: { open, closing, closed },
  // Content goes in while open and comes out once closed. The only class that can be abandoned.
  file: {
    open: { ...open, close: closesLater, upload: edit, download: notReadable },
    closing: { ...closing, upload: fixed, download: notReadable },
    closed: { ...closed, upload: fixed, download: read },
    abandoned: { ...closing, close: fixed, upload: fixed, download: notReadable },
  },
  // Born closed, without a method to close it.
  applet: { closed: { ...closed, close: noRoute } },
  // A repeated close is not promised to succeed [assumed].
  workflow: { open, closing: { ...closing, close: fixed }, closed: { ...closed, close: fixed } },
  // Lives in one project.
  database: {
    open: { ...open, clone: notCloneable },
    closing: { ...closing, close: fixed, clone: notCloneable },
    closed: { ...closed, close: fixed, clone: notCloneable },
  },
  // Always open: what it is doing stands in `status`. Lives in one project.
  dbcluster: { open: { ...open, close: noRoute, listProjects: noRoute, clone: notCloneable } },
};

/** The state a fresh object of the class is in (DO §4.2). */
export function initialState(objectClass: DataObjectClass): State {
  return lifecycle[objectClass].open === undefined ? "closed" : "open";
}

/** One question to the lifecycle. */
export interface LifecycleQuestion {
  readonly class: DataObjectClass;
  readonly state: State;
  readonly operation: ObjectOperation;
  /**
   * The caller's level where it counts: for fixed fields and close the project where the object was created, for
   * free fields the project named in the call, for reads any project that holds it.
   */
  readonly level: Level;
  /** Whether the caller sees the object at all. Default: the level is at least VIEW. */
  readonly visible?: boolean;
  /** The container's flag of that name: only ADMINISTER removes (CS §1.4). Default false. */
  readonly protected?: boolean;
}

export type LifecycleAnswer =
  | { readonly answer: "done"; readonly state: State | "removed"; readonly detail: boolean }
  | {
      readonly answer: "refused";
      readonly error: "ResourceNotFound" | "PermissionDenied" | "InvalidState" | "InvalidType";
      /** Of PermissionDenied: the level that would do. */
      readonly needed?: Level;
    }
  /** No object of this class is ever in this state. */
  | { readonly answer: "impossible" };

/**
 * How the platform answers, for every class, state, operation and level: first whether the route exists, then
 * whether the object is visible, then the level, then the state (DO §1.7).
 */
export function answerOf(question: LifecycleQuestion): LifecycleAnswer {
  const rule = lifecycle[question.class][question.state]?.[question.operation];
  if (rule === undefined) return { answer: "impossible" };
  const visible = question.visible ?? reaches(question.level, "VIEW");
  if (rule.answer === "noRoute" || !visible) {
    return { answer: "refused", error: refusalWithoutAccess.object };
  }
  const needed = isProtected(question) ? "ADMINISTER" : rule.level;
  if (!reaches(question.level, needed)) {
    return { answer: "refused", error: "PermissionDenied", needed };
  }
  if (rule.answer === "refused") return { answer: "refused", error: rule.error };
  return {
    answer: "done",
    state: rule.becomes ?? question.state,
    detail: rule.detail ?? false,
  };
}

function isProtected(question: LifecycleQuestion): boolean {
  return question.operation === "remove" && question.protected === true;
}
