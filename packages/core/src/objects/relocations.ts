import type { ObjectRow, ObjectState, Relocation } from "../data-object.ts";
import type { Operation, Sequence } from "../operation.ts";
import { isWithin, parentOf } from "./folder-paths.ts";

/** What a folder is called after its renaming or moving; undefined for an operation that gives no folder another path. */
export function relocationOf(
  operation: Operation,
): { readonly from: string; readonly to: string } | undefined {
  switch (operation.kind) {
    case "renameFolder":
      return { from: operation.folder, to: pathIn(parentOf(operation.folder), operation.name) };
    case "moveFolder": {
      const name = operation.folder.slice(operation.folder.lastIndexOf("/") + 1);
      return { from: operation.folder, to: pathIn(operation.destination, name) };
    }
    default:
      return undefined;
  }
}

export function pathIn(folder: string, name: string): string {
  return folder === "/" ? `/${name}` : `${folder}/${name}`;
}

/** Where the path lies once the folder has another one. */
export function relocated(
  path: string,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  return isWithin(path, from) ? `${to}${path.slice(from.length)}` : path;
}

/** What is known of the object from the platform. */
export function baseOf(row: ObjectRow): ObjectState | undefined {
  if (row.pending > 0) return row.base;
  return row.relocations === undefined ? row.view : { ...row.view, folder: unmovedFolder(row) };
}

/** The row where a renamed or moved folder has taken it. */
export function withRelocation(
  row: ObjectRow,
  operation: Sequence,
  move: { readonly from: string; readonly to: string },
): ObjectRow {
  const relocation: Relocation = { ...move, operation, isApplied: true };
  const relocations = [...(row.relocations ?? []), relocation];
  return { ...row, view: { ...row.view, folder: relocated(row.view.folder, move) }, relocations };
}

/** Called before the object itself is moved: from then on they say nothing of its folder. */
export function passed(relocations: readonly Relocation[]): readonly Relocation[] {
  return relocations.map((relocation) => {
    const { isApplied: _wasApplied, ...rest } = relocation;
    return { ...rest, isPassed: true };
  });
}

/** Applies one to the folder that the object lies in when it comes to it. */
export function applied(
  folder: string,
  before: Relocation,
): { readonly folder: string; readonly relocation: Relocation } {
  const { isApplied: _wasApplied, isPassed: _wasPassed, ...relocation } = before;
  const counts = relocation.isParked === undefined && isWithin(folder, relocation.from);
  return counts
    ? { folder: relocated(folder, relocation), relocation: { ...relocation, isApplied: true } }
    : { folder, relocation };
}

/** What has become of an operation that gave folders other paths. */
export type RelocationEnd = "done" | "givenUp" | "parked" | "retried";

/** The row after that: undefined where nothing of it changes. */
export function afterRelocation(
  row: ObjectRow,
  operation: Sequence,
  end: RelocationEnd,
): ObjectRow | undefined {
  const { relocations = [], base } = row;
  const ended = relocations.find((one) => one.operation === operation);
  if (ended === undefined) return undefined;
  const start = unmovedFolder(row);
  let folder = end === "done" && ended.isApplied === true ? relocated(start, ended) : start;
  const left: Relocation[] = [];
  for (const one of relocations) {
    if (one === ended && (end === "done" || end === "givenUp")) continue;
    const next = one === ended ? parkedAs(one, end === "parked") : one;
    if (next.isPassed === true) {
      left.push(next);
      continue;
    }
    const step = applied(folder, next);
    folder = step.folder;
    left.push(step.relocation);
  }
  const { relocations: _, ...rest } = row;
  return {
    ...rest,
    view: { ...row.view, folder },
    ...(base === undefined
      ? undefined
      : { base: end === "done" ? { ...base, folder: relocated(base.folder, ended) } : base }),
    ...(left.length === 0 ? undefined : { relocations: left }),
  };
}

/** The row after an operation was changed to give its folder another path than it would have given it. */
export function relocatedAnew(
  row: ObjectRow,
  operation: number,
  change: { readonly to: string; readonly end: Extract<RelocationEnd, "parked" | "retried"> },
): ObjectRow | undefined {
  const without = afterRelocation(row, operation, "parked");
  if (without?.relocations === undefined) return undefined;
  const { to, end } = change;
  const relocations = without.relocations.map((one) =>
    one.operation === operation ? { ...one, to } : one,
  );
  return afterRelocation({ ...without, relocations }, operation, end);
}

/**
 * A row that the platform has moved with its folder, though nothing here had: it came later, or the operation was parked. What has
 * given that folder another path since counts from the new one, where it may say nothing of the object any more.
 */
export function movedAlong(
  row: ObjectRow,
  move: { readonly from: string; readonly to: string },
): ObjectRow | undefined {
  const base = baseOf(row);
  if (base === undefined || !isWithin(base.folder, move.from)) return undefined;
  let folder = relocated(unmovedFolder(row), move);
  const relocations = row.relocations?.map((one) => {
    if (one.isPassed === true) return one;
    const step = applied(folder, one);
    folder = step.folder;
    return step.relocation;
  });
  return {
    ...row,
    view: { ...row.view, folder },
    ...(relocations === undefined ? undefined : { relocations }),
    ...(row.base === undefined
      ? undefined
      : { base: { ...row.base, folder: relocated(row.base.folder, move) } }),
  };
}

/** Where the object would lie without those that count for it. */
function unmovedFolder({ view, relocations = [] }: ObjectRow): string {
  return relocations
    .filter((one) => one.isApplied === true)
    .reduceRight((folder, { from, to }) => relocated(folder, { from: to, to: from }), view.folder);
}

function parkedAs(relocation: Relocation, isParked: boolean): Relocation {
  const { isParked: _wasParked, ...rest } = relocation;
  return isParked ? { ...rest, isParked } : rest;
}
