import type { OutboxRow } from "../operation.ts";

/** The removal of the object that is on its way to the platform, or about to be. */
export function removalIn(lane: readonly OutboxRow[]): OutboxRow | undefined {
  return lane.find((row) => row.operation.kind === "remove" && row.parked === undefined);
}

/**
 * Whether the lane begins with what brings its copy to the platform, and no request that carries it may have had that
 * effect: then a removal needs no request either, and the two cancel out (design §5, dependencies).
 */
export function isUnborn(lane: readonly OutboxRow[]): boolean {
  const [first] = lane;
  return first !== undefined && isOrigin(first) && first.request === undefined;
}

/** Whether there is no such copy before the operation. */
export function isOrigin({ operation }: Pick<OutboxRow, "operation">): boolean {
  return operation.kind === "create" || operation.kind === "clone";
}
