import { unreachable } from "../assert.ts";
import type { ObjectState } from "../data-object.ts";
import type { JournalRow, Shade, Until } from "../journal.ts";
import { type ApplyContext, applyOperation } from "../objects/apply.ts";
import type { RealIdOf } from "../objects/description.ts";
import { isWithin, parentOf } from "../objects/folder-paths.ts";
import { pathIn, relocated, relocationOf } from "../objects/relocations.ts";
import type { Edit, FolderOperation, Operation, OutboxRow } from "../operation.ts";
import { pathsOf } from "../planning/folder-order.ts";
import { isSameField } from "../outcomes/postcondition.ts";
import { operationWithRealIds, stateWithRealIds } from "../outcomes/real-ids.ts";
import type { Delete, Put } from "../store.ts";

/** The smallest things an operation changes, each by a name: `name`, `tags:red`, `properties:origin`, `folders:/a`. */
export function touchesOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "create":
    case "clone":
    case "remove":
      return ["object"];
    case "addTypes":
    case "removeTypes":
      return operation.types.map((type) => `types:${type}`);
    case "setDetails":
      return ["details"];
    case "setVisibility":
      return ["hidden"];
    case "rename":
      return ["name"];
    case "setProperties":
      return Object.keys(operation.properties).map((key) => `properties:${key}`);
    case "addTags":
    case "removeTags":
      return operation.tags.map((tag) => `tags:${tag}`);
    case "move":
      return ["folder"];
    case "attach":
      return ["content"];
    case "close":
      return ["state"];
    case "newFolder":
    case "renameFolder":
    case "moveFolder":
    case "removeFolder":
      return pathsOf(operation).map((path) => `folders:${path}`);
    default:
      return unreachable(operation);
  }
}

export interface Ended {
  /** The operations it carried. */
  readonly operations: readonly Operation[];
  /** Their effect is in the base. */
  readonly isEffective: boolean;
  /** Present where an attempt was given up and may still land. */
  readonly lateUntil?: Until | undefined;
}

/** The journal row of a request whose outcome is known: gone, or a shade where it may still land. */
export function endOfRequest(
  journal: JournalRow,
  { operations, isEffective, lateUntil }: Ended,
): { readonly puts: readonly Put[]; readonly deletes: readonly Delete[] } {
  if (lateUntil === undefined) {
    return { puts: [], deletes: [{ table: "journal", key: journal.number }] };
  }
  const settled = isEffective ? touchesOfAll(operations) : [];
  const shade: Shade = { until: lateUntil, operations, settled };
  return { puts: [{ table: "journal", row: { ...journal, shade } }], deletes: [] };
}

/** Whether the outcome of a request is not known yet. `carried`: what the outbox still holds of it. */
export function isOpen(
  journal: JournalRow | undefined,
  carried: readonly OutboxRow[],
): journal is JournalRow {
  return journal !== undefined && journal.shade === undefined && carried.length > 0;
}

/** The shade after operations of its lane took effect: on what they touch the base has a word now. */
export function shadeAfter(shade: Shade, effective: readonly Operation[]): Shade {
  const touched = touchesOfAll(effective);
  const able = touchesOfAll(shade.operations);
  const settled = new Set(shade.settled);
  for (const touch of touched) if (able.includes(touch)) settled.add(touch);
  return settled.size === shade.settled.length ? shade : { ...shade, settled: [...settled] };
}

/** The shade after a folder got another path: an object that it moves has been taken along from there. */
export function shadeAfterRelocation(
  shade: Shade,
  move: { readonly from: string; readonly to: string },
): Shade {
  const isInside = (operation: Operation): boolean =>
    operation.kind === "move" && isWithin(operation.folder, move.from);
  if (!shade.operations.some(isInside)) return shade;
  const operations = shade.operations.map((operation) =>
    operation.kind === "move"
      ? { ...operation, folder: relocated(operation.folder, move) }
      : operation,
  );
  return { ...shade, operations };
}

export interface Sighting {
  readonly shade: Shade;
  readonly base: ObjectState;
  /** As the platform shows it. */
  readonly described: ObjectState;
  /** Shade and base hold local ids, what is described holds real ones. */
  readonly realIdOf: RealIdOf;
}

/** What the request has brought back by landing late: there stands its value, and the base has another one. */
export function broughtBack({ shade, base, described, realIdOf }: Sighting): readonly string[] {
  const known = stateWithRealIds(base, realIdOf);
  const landed = afterLanding(shade, described, realIdOf);
  return shade.settled.filter(
    (touch) => isSame(touch, described, landed) && !isSame(touch, described, known),
  );
}

/** Whether landing now could change anything, as far as the base tells. */
export function canStillChange(shade: Shade, base: ObjectState): boolean {
  if (shade.operations.some(({ kind }) => kind === "remove")) return true;
  const landed = afterLanding(shade, base, () => undefined);
  return touchesOfAll(shade.operations).some(
    (touch) => !shade.settled.includes(touch) || !isSame(touch, base, landed),
  );
}

/** What is described, without what requests of its lane have brought back: nobody meant that any more. */
export function withoutLate(
  described: ObjectState,
  base: ObjectState,
  late: { readonly shades: readonly Shade[]; readonly realIdOf: RealIdOf },
): ObjectState {
  let believed = described;
  for (const shade of late.shades) {
    const back = broughtBack({ shade, base, described, realIdOf: late.realIdOf });
    const known = stateWithRealIds(base, late.realIdOf);
    for (const operation of restorations(back, known, shade.operations)) {
      const applied = applyOperation({ ...believed, state: "open" }, operation, contextOf(base));
      if ("state" in applied) {
        const { state, modified } = believed;
        believed = { ...applied.state, state, modified };
      }
    }
  }
  return believed;
}

/**
 * The operations that bring these back to what the base says.
 * @param late - what has landed: a folder that it gave another path gets its own again.
 */
export function restorations(
  touches: readonly string[],
  base: ObjectState,
  late: readonly Operation[] = [],
): readonly (Edit | FolderOperation)[] {
  const byField = Map.groupBy(touches.map(parseTouch), ({ field }) => field);
  return [...byField].flatMap(([field, parts]): readonly (Edit | FolderOperation)[] => {
    const elements = parts.map(({ element }) => element);
    switch (field) {
      case "types": {
        const [there, gone] = split(elements, base.types);
        return [
          ...(there.length === 0 ? [] : [{ kind: "addTypes", types: there } as const]),
          ...(gone.length === 0 ? [] : [{ kind: "removeTypes", types: gone } as const]),
        ];
      }
      case "tags": {
        const [there, gone] = split(elements, base.tags);
        return [
          ...(there.length === 0 ? [] : [{ kind: "addTags", tags: there } as const]),
          ...(gone.length === 0 ? [] : [{ kind: "removeTags", tags: gone } as const]),
        ];
      }
      case "properties": {
        const entries = elements.map((key) => [key, propertyOf(base, key) ?? null] as const);
        return [{ kind: "setProperties", properties: Object.fromEntries(entries) }];
      }
      case "details":
        return [{ kind: "setDetails", details: base.details }];
      case "hidden":
        return [{ kind: "setVisibility", hidden: base.hidden }];
      case "folder":
        return [{ kind: "move", folder: base.folder }];
      case "folders":
        return foldersBack(elements, base, late);
      case "name":
        // A name that nobody gave is its id (DO §5.2), and can only be given again by that.
        return base.name === null ? [] : [{ kind: "rename", name: base.name }];
      default:
        return [];
    }
  });
}

/** Nothing that lies in them is removed or made: the platform refuses to remove what is not empty. */
function foldersBack(
  paths: readonly string[],
  { project }: ObjectState,
  late: readonly Operation[],
): readonly FolderOperation[] {
  const left = new Set(paths);
  const back: FolderOperation[] = [];
  for (const move of late.map(relocationOf)) {
    if (move === undefined || !left.has(move.from) || !left.has(move.to)) continue;
    left.delete(move.from);
    left.delete(move.to);
    back.push(relocationTo(move.to, move.from));
  }
  for (const folder of left) {
    const isThere = project?.folders?.includes(folder) === true;
    back.push(
      isThere ? { kind: "newFolder", folder, parents: false } : { kind: "removeFolder", folder },
    );
  }
  return back;
}

/** What gives the folder that path: it has been given another parent, or another name. */
function relocationTo(folder: string, to: string): FolderOperation {
  const parent = parentOf(to);
  if (parentOf(folder) !== parent) return { kind: "moveFolder", folder, destination: parent };
  return { kind: "renameFolder", folder, name: to.slice(pathIn(parent, "").length) };
}

/** Whether the row will set some of these by itself. */
export function touchesAny(row: OutboxRow, touches: readonly string[]): boolean {
  const own = touchesOf(row.operation);
  return touches.some((touch) => own.includes(touch));
}

function touchesOfAll(operations: readonly Operation[]): readonly string[] {
  return [...new Set(operations.flatMap(touchesOf))];
}

function contextOf({ project }: ObjectState): ApplyContext {
  return { class: project === undefined ? "record" : "project", user: "", at: 0 };
}

/** What the object would look like if all of it landed now, whatever state the object is in. */
function afterLanding(shade: Shade, from: ObjectState, realIdOf: RealIdOf): ObjectState {
  const context = contextOf(from);
  let landed: ObjectState = { ...from, state: "open" };
  for (const operation of shade.operations) {
    if (!isEdit(operation)) continue;
    const applied = applyOperation(landed, operationWithRealIds(operation, realIdOf), context);
    if ("state" in applied) landed = applied.state;
  }
  return { ...landed, state: from.state };
}

function isEdit({ kind }: Operation): boolean {
  return kind !== "create" && kind !== "clone" && kind !== "close" && kind !== "remove";
}

interface Touch {
  readonly field: string;
  readonly element: string;
}

function parseTouch(touch: string): Touch {
  const colon = touch.indexOf(":");
  if (colon < 0) return { field: touch, element: "" };
  return { field: touch.slice(0, colon), element: touch.slice(colon + 1) };
}

/** Whether both have the same there. */
export function isSame(touch: string, left: ObjectState, right: ObjectState): boolean {
  const { field, element } = parseTouch(touch);
  switch (field) {
    case "types":
      return left.types.includes(element) === right.types.includes(element);
    case "tags":
      return left.tags.includes(element) === right.tags.includes(element);
    case "properties":
      return propertyOf(left, element) === propertyOf(right, element);
    case "folders":
      return hasFolder(left, element) === hasFolder(right, element);
    case "details":
    case "hidden":
    case "name":
    case "folder":
      return isSameField(field, left, right);
    default:
      return true;
  }
}

function hasFolder({ project }: ObjectState, path: string): boolean {
  return project?.folders?.includes(path) === true;
}

function propertyOf({ properties }: ObjectState, key: string): string | undefined {
  return Object.hasOwn(properties, key) ? properties[key] : undefined;
}

/** Those of the elements that are in the set, and those that are not. */
function split(
  elements: readonly string[],
  set: readonly string[],
): readonly [there: readonly string[], gone: readonly string[]] {
  return [
    elements.filter((element) => set.includes(element)),
    elements.filter((element) => !set.includes(element)),
  ];
}
