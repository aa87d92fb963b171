import { fieldOf } from "../objects/fields.ts";
import {
  difference,
  elementsOf,
  isFoldable,
  isSetOperation,
  withElements,
} from "../planning/merge-operations.ts";
import type { Operation, OutboxRow } from "../operation.ts";

/**
 * What is left of a parked operation after a later one of its lane has taken effect: were it retried as it is, it would
 * bring an old value back over a newer one.
 *
 * @returns the same row where the two do not meet.
 */
export function overriddenBy(row: OutboxRow, later: Operation): OutboxRow {
  const { operation } = row;
  if (row.overridden === true || fieldOf(operation) !== fieldOf(later)) return row;
  if (!isFoldable(operation) && operation.kind !== "move") return row;
  if (isSetOperation(operation) && isSetOperation(later)) {
    const left = difference(elementsOf(operation), elementsOf(later));
    if (left.length === elementsOf(operation).length) return row;
    if (left.length === 0) return { ...row, overridden: true };
    return { ...row, operation: withElements(operation, left) };
  }
  if (operation.kind === "setProperties" && later.kind === "setProperties") {
    const entries = Object.entries(operation.properties);
    const left = entries.filter(([key]) => !Object.hasOwn(later.properties, key));
    if (left.length === entries.length) return row;
    if (left.length === 0) return { ...row, overridden: true };
    return { ...row, operation: { ...operation, properties: Object.fromEntries(left) } };
  }
  return { ...row, overridden: true };
}
