import type { ObjectState } from "../data-object.ts";
import type { PlatformFailure } from "../failure.ts";
import type { RowClass } from "../ids.ts";
import { lifecycleAnswer, methodOf, stateAfterClose } from "./lifecycle.ts";
import { applyToFolders } from "./project-folders.ts";
import { projectAnswer } from "./project-methods.ts";
import { linksOfText } from "../values/links.ts";
import { ownOfNew } from "./own-fields.ts";
import { type FolderOperation, isFolderOperation, type Operation } from "../operation.ts";
import type { EpochMs } from "../ports.ts";

export interface ApplyContext {
  readonly class: RowClass;
  /** Who makes the change: the `createdBy` of a create. */
  readonly user: string;
  /** When, in the platform's time as far as it is known: device time plus the server offset. */
  readonly at: EpochMs;
  /** The links in the details of a create, where they are known already: else they are looked up in the text. */
  readonly links?: readonly string[];
}

export type Applied = { readonly state: ObjectState } | { readonly failure: PlatformFailure };

/**
 * What an operation makes of an object, as the platform would (DO §5). A create makes one, `undefined` before it.
 * Sets keep the order of arrival; what changes nothing leaves the very same state, `modified` included; what the
 * lifecycle forbids is refused even where it would change nothing.
 */
export function applyOperation(
  state: ObjectState | undefined,
  operation: Operation,
  context: ApplyContext,
): Applied {
  if (operation.kind === "create") {
    return state === undefined
      ? { state: createdState(operation, context) }
      : { failure: { code: "InvalidState", message: "the object exists already" } };
  }
  if (operation.kind === "clone") {
    // What the project has already is left alone, and that is a success (CS §4).
    return { state: state ?? { ...operation.state, modified: context.at } };
  }
  if (state === undefined) {
    return {
      failure: {
        code: "ResourceNotFound",
        message: `${operation.kind}: there is no such object; it was never made here, or is removed`,
      },
    };
  }
  if (isFolderOperation(operation)) {
    return context.class === "project"
      ? { state: applyToFolders(state, operation) }
      : { failure: refusal(operation, state, "ResourceNotFound") };
  }
  const answer =
    context.class === "project"
      ? projectAnswer(operation.kind)
      : lifecycleAnswer(context.class, state.state, methodOf(operation.kind));
  if (!answer.allowed) return { failure: refusal(operation, state, answer.error) };
  const changed = change(state, operation, context.class);
  if (changed === state) return { state };
  // Whether a move counts as a modification is not known: it is taken not to (CS §5.4).
  if (operation.kind === "move") return { state: changed };
  return { state: { ...changed, modified: Math.max(state.modified, context.at) } };
}

function createdState(
  { class: objectClass, input }: Extract<Operation, { kind: "create" }>,
  context: ApplyContext,
): ObjectState {
  const own = ownOfNew(objectClass, input.own);
  return {
    name: input.name,
    folder: input.folder,
    state: input.close ? stateAfterClose(objectClass, "open") : "open",
    hidden: input.hidden,
    types: unique(input.types),
    tags: unique(input.tags),
    properties: input.properties,
    details: input.details,
    links: context.links ?? linksOfText(input.details),
    created: context.at,
    modified: context.at,
    createdBy: context.user,
    ...(own === undefined ? undefined : { own }),
  };
}

function change(
  state: ObjectState,
  operation: Exclude<Operation, { kind: "create" | "clone" } | FolderOperation>,
  objectClass: RowClass,
): ObjectState {
  switch (operation.kind) {
    case "addTypes":
      return withField(state, "types", union(state.types, operation.types));
    case "removeTypes":
      return withField(state, "types", difference(state.types, operation.types));
    case "addTags":
      return withField(state, "tags", union(state.tags, operation.tags));
    case "removeTags":
      return withField(state, "tags", difference(state.tags, operation.tags));
    case "setProperties":
      return withField(state, "properties", merged(state.properties, operation.properties));
    case "setVisibility":
      return withField(state, "hidden", operation.hidden);
    case "rename":
      return withField(state, "name", operation.name);
    case "setDetails":
      if (state.details === operation.details) return state;
      return { ...state, details: operation.details, links: linksOfText(operation.details) };
    case "move":
      return withField(state, "folder", operation.folder);
    case "close":
      return withField(state, "state", stateAfterClose(objectClass, state.state));
    // What is attached is no field of the object until it is closed.
    case "attach":
    case "remove":
      return state;
  }
}

function withField<Field extends keyof ObjectState>(
  state: ObjectState,
  field: Field,
  value: ObjectState[Field],
): ObjectState {
  return state[field] === value ? state : { ...state, [field]: value };
}

/** Each once, in the order of arrival. */
export function unique(values: readonly string[]): readonly string[] {
  const set = new Set(values);
  return set.size === values.length ? values : [...set];
}

/** The same array where nothing is new. */
function union(present: readonly string[], added: readonly string[]): readonly string[] {
  const set = new Set(present);
  for (const value of added) set.add(value);
  return set.size === present.length ? present : [...set];
}

/** The same array where nothing goes. */
function difference(present: readonly string[], removed: readonly string[]): readonly string[] {
  const gone = new Set(removed);
  const kept = present.filter((value) => !gone.has(value));
  return kept.length === present.length ? present : kept;
}

/** The same record where nothing changes. */
function merged(
  present: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  // A map, because assigning to a key called "__proto__" would not make one.
  const properties = new Map(Object.entries(present));
  let hasChanged = false;
  for (const [key, value] of Object.entries(given)) {
    if (value === null) {
      hasChanged = properties.delete(key) || hasChanged;
    } else if (properties.get(key) !== value) {
      properties.set(key, value);
      hasChanged = true;
    }
  }
  return hasChanged ? Object.fromEntries(properties) : present;
}

function refusal(
  operation: Operation,
  state: ObjectState,
  code: PlatformFailure["code"],
): PlatformFailure {
  const message =
    code === "InvalidState"
      ? `${operation.kind}: the object is ${state.state}, and this is possible only while it is open; ` +
        "create a new object instead"
      : `${operation.kind}: objects of this class have no such method`;
  return { code, message };
}
