import type { Level, State } from "../data-object.ts";
import type { PlatformErrorType } from "../failure.ts";
import type { DataObjectClass, RowClass } from "../ids.ts";
import type { FolderOperation, OperationKind } from "../operation.ts";

/** What can be asked of an object that exists: the platform's own method names (DO §4, §5; CS §2–§4). */
export type LifecycleOperation =
  | Exclude<OperationKind, "create" | "attach" | FolderOperation["kind"]>
  | "describe"
  | "getDetails"
  | "listProjects"
  | "upload"
  | "download";

export const lifecycleOperations: readonly LifecycleOperation[] = [
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
  "upload",
  "download",
  "close",
  "move",
  "clone",
  "remove",
];

/** What an operation on an object that exists asks of the platform. */
export function methodOf(
  kind: Exclude<OperationKind, "create" | FolderOperation["kind"]>,
): LifecycleOperation {
  return kind === "attach" ? "upload" : kind;
}

export type LifecycleAnswer =
  | { readonly allowed: true; readonly level: Level }
  /** Success without effect; the answer carries `detail` (close of what is closing or closed, DO §4.4). */
  | { readonly allowed: true; readonly level: Level; readonly repeated: true }
  | { readonly allowed: false; readonly error: PlatformErrorType };

export interface ClassLifecycle {
  readonly initial: State;
  /** All it can be in, in the order in which it goes through them. */
  readonly states: readonly State[];
  /** Where each state leads by a step of its own, removal aside. */
  readonly next: Readonly<Partial<Record<State, readonly State[]>>>;
  /** What close does: a state it leads to, at once or by way of `closing`; undefined where there is no method. */
  readonly closesTo: "closing" | "closed" | undefined;
  /** Whether a repeated close is answered with success (promised for file and record only, DO §4.4). */
  readonly repeatsClose: boolean;
  readonly isCloneable: boolean;
  readonly hasContent: boolean;
}

const closable = { open: ["closing"], closing: ["closed"] } as const;

/** The lifecycle of each class (DO §4.1, §4.2), as data. */
export const lifecycles: Readonly<Record<DataObjectClass, ClassLifecycle>> = {
  record: {
    initial: "open",
    states: ["open", "closing", "closed"],
    next: closable,
    closesTo: "closed",
    repeatsClose: true,
    isCloneable: true,
    hasContent: false,
  },
  file: {
    initial: "open",
    states: ["open", "closing", "closed", "abandoned"],
    next: { open: ["closing", "abandoned"], closing: ["closed", "abandoned"] },
    closesTo: "closing",
    repeatsClose: true,
    isCloneable: true,
    hasContent: true,
  },
  workflow: {
    initial: "open",
    states: ["open", "closing", "closed"],
    next: closable,
    closesTo: "closed",
    repeatsClose: false,
    isCloneable: true,
    hasContent: false,
  },
  applet: {
    initial: "closed",
    states: ["closed"],
    next: {},
    closesTo: undefined,
    repeatsClose: false,
    isCloneable: true,
    hasContent: false,
  },
  database: {
    initial: "open",
    states: ["open", "closing", "closed"],
    next: closable,
    closesTo: "closed",
    repeatsClose: false,
    isCloneable: false,
    hasContent: false,
  },
  dbcluster: {
    initial: "open",
    states: ["open"],
    next: {},
    closesTo: undefined,
    repeatsClose: false,
    isCloneable: false,
    hasContent: false,
  },
};

export function canBeIn(objectClass: DataObjectClass, state: State): boolean {
  return lifecycles[objectClass].states.includes(state);
}

/**
 * What the platform answers an operation on an object of the class in the state, the caller's level and what else
 * stands in its way (parts, region, flags) aside. Total over classes × states × operations: an object of a class that
 * cannot be in the state is judged as if it were.
 */
export function lifecycleAnswer(
  objectClass: DataObjectClass,
  state: State,
  operation: LifecycleOperation,
): LifecycleAnswer {
  switch (operation) {
    case "describe":
    case "getDetails":
      return allowed("VIEW");
    case "listProjects":
      // Lives in one project, and has no such method (DO §4.2).
      return objectClass === "dbcluster" ? refused("ResourceNotFound") : allowed("VIEW");
    case "addTypes":
    case "removeTypes":
    case "setDetails":
    case "setVisibility":
      return state === "open" ? allowed("UPLOAD") : refused("InvalidState");
    case "rename":
    case "setProperties":
    case "addTags":
    case "removeTags":
      return allowed(state === "open" ? "UPLOAD" : "CONTRIBUTE");
    // A class-specific method on another class: InvalidType or ResourceNotFound, the former assumed (CS §6).
    case "upload":
      if (!lifecycles[objectClass].hasContent) return refused("InvalidType");
      return state === "open" ? allowed("UPLOAD") : refused("InvalidState");
    case "download":
      if (!lifecycles[objectClass].hasContent) return refused("InvalidType");
      return state === "closed" ? allowed("VIEW") : refused("InvalidState");
    case "close":
      return closeAnswer(lifecycles[objectClass], state);
    case "move":
    case "remove":
      return allowed("CONTRIBUTE");
    case "clone":
      if (!lifecycles[objectClass].isCloneable) return refused("InvalidType");
      return state === "closed" ? allowed("VIEW") : refused("InvalidState");
  }
}

/** Whether the operation changes what only an open object lets change (DO §4.3). */
export function isFixedFieldOperation(operation: OperationKind): boolean {
  switch (operation) {
    case "addTypes":
    case "removeTypes":
    case "setDetails":
    case "setVisibility":
      return true;
    case "create":
    case "newFolder":
    case "renameFolder":
    case "moveFolder":
    case "removeFolder":
    case "rename":
    case "setProperties":
    case "addTags":
    case "removeTags":
    case "move":
    case "attach":
    case "close":
    case "remove":
    case "clone":
      return false;
  }
}

/** The state that an accepted close shows at once: closed, or closing where closing takes time (design §1, view). */
export function stateAfterClose(objectClass: RowClass, state: State): State {
  if (objectClass === "project") return state;
  const { closesTo } = lifecycles[objectClass];
  return state === "open" && closesTo !== undefined ? closesTo : state;
}

const progress: Readonly<Record<State, number>> = { open: 0, closing: 1, closed: 2, abandoned: 2 };

/** Whether an object seen in `from` may later be seen in `to`: states move forward only (DO §4.1). */
export function isForward(objectClass: DataObjectClass, from: State, to: State): boolean {
  if (from === to) return true;
  const next = lifecycles[objectClass].next[from] ?? [];
  return next.some((state) => isForward(objectClass, state, to));
}

/**
 * Joins two sightings of one object, in whatever order they arrived: the later state of the two. `closed` and
 * `abandoned` exclude each other on the platform; of two such sightings the first is kept.
 */
export function joinStates(known: State, seen: State): State {
  return progress[seen] > progress[known] ? seen : known;
}

function closeAnswer(lifecycle: ClassLifecycle, state: State): LifecycleAnswer {
  if (lifecycle.closesTo === undefined) return refused("ResourceNotFound");
  if (state === "open") return allowed("UPLOAD");
  if (state === "abandoned" || !lifecycle.repeatsClose) return refused("InvalidState");
  return { allowed: true, level: "UPLOAD", repeated: true };
}

function allowed(level: Level): LifecycleAnswer {
  return { allowed: true, level };
}

function refused(error: PlatformErrorType): LifecycleAnswer {
  return { allowed: false, error };
}
