import { type Field, fieldOf } from "../objects/fields.ts";
import {
  elementsOf,
  isSetOperation,
  mergeAssignments,
  type SetOperation,
  union,
  withElements,
} from "./merge-operations.ts";
import type { Edit, OutboxRow } from "../operation.ts";

export type EditRow = OutboxRow & { readonly operation: Edit };

/** Edits that one call carries, and the call. */
export interface EditGroup {
  readonly operations: readonly EditRow[];
  readonly effect: Edit;
}

/**
 * Merges edits into the fewest calls, in the order of each call's first edit. Edits of different fields commute; those
 * of one field keep their order, additions and removals of different elements aside.
 *
 * Every call does all that its edits do together, whatever becomes of the calls behind it. So an addition moves into
 * a later removal's call (or the other way round) only where the removal undoes all of it: a call that did less because
 * a later one makes up for it would lose something when the later one is refused.
 */
export function planEdits(rows: readonly EditRow[]): readonly EditGroup[] {
  const finished: EditGroup[] = [];
  const open = new Map<Field, readonly EditGroup[]>();
  for (const row of rows) {
    const field = fieldOf(row.operation);
    const groups = open.get(field) ?? [];
    // Each move is a call of its own: a folder may be gone, and the one before it is not to be refused with it.
    const isLast = row.alone !== undefined || row.operation.kind === "move";
    const joined = isLast ? undefined : join(groups, row);
    if (joined === undefined) finished.push(...groups);
    if (isLast) finished.push(startGroup(row));
    open.set(field, isLast ? [] : (joined ?? [startGroup(row)]));
  }
  for (const groups of open.values()) finished.push(...groups);
  return finished.toSorted((left, right) => firstSequence(left) - firstSequence(right));
}

/**
 * The groups of one field, which an edit has joined: one of an assigned field, one of additions and one of removals of a
 * set. Undefined where the edit has to come after them.
 */
function join(groups: readonly EditGroup[], row: EditRow): readonly EditGroup[] | undefined {
  const { operation } = row;
  return isSetOperation(operation) ? joinSets(groups, row, operation) : joinAssignment(groups, row);
}

function joinAssignment(groups: readonly EditGroup[], row: EditRow): readonly EditGroup[] {
  const [group] = groups;
  if (group === undefined) return [startGroup(row)];
  const effect = mergeAssignments(group.effect, row.operation);
  return [{ operations: [...group.operations, row], effect }];
}

function joinSets(
  groups: readonly EditGroup[],
  row: EditRow,
  operation: SetOperation,
): readonly EditGroup[] | undefined {
  const same = groups.find((group) => group.effect.kind === operation.kind);
  const opposite = groups.find((group) => group !== same);
  const given = new Set(elementsOf(operation));
  const opposed = opposite === undefined ? [] : elementsOfGroup(opposite);
  const undone = opposed.filter((element) => given.has(element));
  if (undone.length > 0 && undone.length < opposed.length) return undefined;

  const isWhollyUndone = undone.length > 0;
  const kept = same === undefined ? [] : elementsOfGroup(same);
  const joined: EditGroup = {
    operations: [
      ...(same?.operations ?? []),
      ...(isWhollyUndone ? (opposite?.operations ?? []) : []),
      row,
    ].toSorted(bySequence),
    effect: withElements(operation, union(kept, elementsOf(operation))),
  };
  return opposite === undefined || isWhollyUndone ? [joined] : [opposite, joined];
}

function startGroup(row: EditRow): EditGroup {
  return { operations: [row], effect: row.operation };
}

function elementsOfGroup(group: EditGroup): readonly string[] {
  return isSetOperation(group.effect) ? elementsOf(group.effect) : [];
}

function firstSequence(group: EditGroup): number {
  return group.operations[0]?.sequence ?? 0;
}

function bySequence(left: OutboxRow, right: OutboxRow): number {
  return left.sequence - right.sequence;
}
