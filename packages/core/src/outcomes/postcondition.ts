import { applyOperation } from "../objects/apply.ts";
import type { ObjectState } from "../data-object.ts";
import type { RealIdOf } from "../objects/description.ts";
import { equalDetails, parseDetails } from "../values/details-text.ts";
import { type Field, fieldOf } from "../objects/fields.ts";
import { equalJson, type Json, type JsonText } from "../json.ts";
import { isFixedFieldOperation } from "../objects/lifecycle.ts";
import { isSameOwn } from "../objects/own-fields.ts";
import type { Operation } from "../operation.ts";
import { operationWithRealIds, stateWithRealIds } from "./real-ids.ts";

/**
 * How a described object stands to operations whose outcome is unknown, in the fields they touch:
 * `holds` their effect is there; `atBase` the fields are as they were before; `foreign` neither; `closed` their effect
 * is not there, and the object is in no state any more to take it.
 */
export type Comparison = "holds" | "atBase" | "foreign" | "closed";

export interface PostconditionInput {
  /** What the request carried, in order; no create among them (those are looked up by key). */
  readonly operations: readonly Operation[];
  /** From `fromDescribe`. */
  readonly described: ObjectState;
  /** The object's base when the request was journalled, where there is one. */
  readonly base?: ObjectState;
  /** Operations and base hold local ids, what is described holds real ones. */
  readonly realIdOf: RealIdOf;
}

/** The key property takes no part: neither side has it. */
export function compareToDescribe(input: PostconditionInput): Comparison {
  const { described, realIdOf } = input;
  const operations = input.operations.map((operation) => operationWithRealIds(operation, realIdOf));
  const base = input.base === undefined ? undefined : stateWithRealIds(input.base, realIdOf);
  const fields = new Set(operations.map(fieldOf));
  const wanted = wantedState(described, operations);
  const isDone = [...fields].every((field) =>
    isInEffect(field, { described, wanted, ...(base && { base }) }),
  );
  if (isDone) return "holds";
  if (described.state !== "open" && operations.some(needsOpen)) return "closed";
  if (base === undefined) return "foreign";
  return [...fields].every((field) => isSameField(field, described, base)) ? "atBase" : "foreign";
}

/** What an unknown outcome comes to after a describe (the table of design §5). */
export type AfterDescribe = "done" | "sendAgain" | "rebase" | "conflict";

export function stepAfterDescribe(
  operations: readonly Operation[],
  comparison: Comparison,
): AfterDescribe {
  switch (comparison) {
    case "holds":
      return "done";
    case "closed":
      return "conflict";
    case "atBase":
      return "sendAgain";
    case "foreign":
      // Of free fields the last writer wins, and nothing on the platform could make it otherwise (design §7).
      return operations.some((operation) => isFixedFieldOperation(operation.kind))
        ? "rebase"
        : "sendAgain";
  }
}

/**
 * Whether a describe shows what is believed already. Times take no part: those of a base are estimated.
 *
 * @param known - may hold local ids, what is described holds real ones.
 */
export function isAsKnown(described: ObjectState, known: ObjectState, realIdOf: RealIdOf): boolean {
  const base = stateWithRealIds(known, realIdOf);
  return (
    isSameProject(described, base) &&
    comparedFields.every((field) => isSameField(field, described, base)) &&
    isSameOwn(described.own, base.own)
  );
}

const comparedFields: readonly Field[] = [
  "types",
  "tags",
  "details",
  "hidden",
  "name",
  "properties",
  "folder",
  "state",
];

interface States {
  readonly described: ObjectState;
  readonly wanted: ObjectState;
  readonly base?: ObjectState;
}

function needsOpen(operation: Operation): boolean {
  return operation.kind === "close" || isFixedFieldOperation(operation.kind);
}

/** What the operations would make of the object, if its state did not matter. */
function wantedState(described: ObjectState, operations: readonly Operation[]): ObjectState {
  let wanted: ObjectState = { ...described, state: "open" };
  for (const operation of operations) {
    const objectClass = described.project === undefined ? "record" : "project";
    const applied = applyOperation(wanted, operation, { class: objectClass, user: "", at: 0 });
    if ("state" in applied) wanted = { ...applied.state, state: "open" };
  }
  return wanted;
}

function isInEffect(field: Field, { described, wanted, base }: States): boolean {
  if (field === "state") return described.state === "closing" || described.state === "closed";
  if (isSameField(field, described, wanted)) return true;
  if (field !== "details" || !isSameRounded(described.details, wanted.details)) return false;
  // The platform may keep numbers as doubles. Then ours is there, unless what was there before looks no different.
  return base === undefined || !isSameRounded(described.details, base.details);
}

/** Whether both have the same in the whole field. */
export function isSameField(field: Field, left: ObjectState, right: ObjectState): boolean {
  switch (field) {
    case "types":
      return isSameSet(left.types, right.types);
    case "tags":
      return isSameSet(left.tags, right.tags);
    case "details":
      return equalDetails(left.details, right.details);
    case "hidden":
      return left.hidden === right.hidden;
    case "name":
      return left.name === right.name;
    case "properties":
      return equalJson(left.properties, right.properties);
    case "folder":
      return left.folder === right.folder;
    case "state":
      return left.state === right.state;
    case "folders":
      return isSameSet(left.project?.folders ?? [], right.project?.folders ?? []);
    case "object":
      return true;
    // A description does not tell: the parts are asked about.
    case "content":
      return false;
  }
}

function isSameProject({ project: left }: ObjectState, { project: right }: ObjectState): boolean {
  if (left === undefined || right === undefined) return left === right;
  const [known, seen] = [left.facts ?? null, right.facts ?? null] as object[] as Json[];
  return (
    equalJson(known as Json, seen as Json) && isSameSet(left.folders ?? [], right.folders ?? [])
  );
}

export function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  const items = new Set(left);
  return items.size === new Set(right).size && right.every((item) => items.has(item));
}

/** Whether the platform may have made one of the other: it may keep numbers as doubles. */
export function isSameRounded(left: JsonText, right: JsonText): boolean {
  return equalJson(parseDetails(left), parseDetails(right));
}
