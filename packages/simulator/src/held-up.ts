import type { OutboxRow } from "@holdfast/core";

/** Whether an operation stands behind something parked: in its lane, in what it mentions, clones, or what its folders lie in. */
export function isHeldUp(
  row: OutboxRow,
  rows: readonly OutboxRow[],
  seen: Set<OutboxRow> = new Set(),
): boolean {
  if (seen.has(row)) return false;
  seen.add(row);
  const before = rows.filter((other) => {
    if (other === row) return false;
    if (other.lane === row.lane) return !isFreeOf(row, other);
    const id = other.lane.split("/")[1] as string;
    if (row.waitsFor.some((waited) => waited === id)) return true;
    if (row.operation.kind === "clone" && row.operation.object === id) return true;
    return other.sequence < row.sequence && other.touches.some((one) => row.touches.includes(one));
  });
  return before.some((other) => other.parked !== undefined || isHeldUp(other, rows, seen));
}

/** A parked edit holds up its object's close, and no edit of another field. */
function isFreeOf({ operation }: OutboxRow, { operation: parked }: OutboxRow): boolean {
  const free = new Set(["rename", "setProperties", "addTags", "removeTags"]);
  const fixed = new Set(["addTypes", "removeTypes", "setDetails", "setVisibility"]);
  return free.has(operation.kind) && fixed.has(parked.kind);
}
