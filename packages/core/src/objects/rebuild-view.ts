import { applyOperation } from "./apply.ts";
import type { ObjectState, Relocation } from "../data-object.ts";
import type { PlatformFailure } from "../failure.ts";
import type { RowClass } from "../ids.ts";
import { applied, passed } from "./relocations.ts";
import { isFixedFieldOperation, stateAfterClose } from "./lifecycle.ts";
import { isOrigin, removalIn } from "./removal.ts";
import type { Operation, OutboxRow, Sequence } from "../operation.ts";

export interface RebuildContext {
  readonly class: RowClass;
  /** Whose the operations are. */
  readonly user: string;
  /** The platform's clock minus ours, 0 where unknown. */
  readonly offsetMs: number;
  /** Of the row. Default: none. */
  readonly relocations?: readonly Relocation[];
}

export interface Rebuilt {
  /** Undefined where there is neither a base nor a create: the object has nothing left to show. */
  readonly view: ObjectState | undefined;
  /** A removal is on its way: the view is what would be given back. */
  readonly removed?: true;
  /** Those of the context, with what they are to this view. */
  readonly relocations?: readonly Relocation[];
  readonly pending: number;
  readonly parked: number;
  /** Operations that the base no longer takes. They are left out of the view; whoever rebuilds decides their fate. */
  readonly refused: readonly { readonly sequence: Sequence; readonly failure: PlatformFailure }[];
}

/**
 * The view of one object: its base with the operations of its lane applied, in order.
 *
 * Parked operations are left out, and so is a close behind a parked attach or change of a fixed field, since it waits for it
 * (design §5, verdicts). A parked create is applied all the same, or its object could not be shown; it shows as open,
 * so that what was refused can be mended, and the close it asks for comes behind what mends it. A create whose effect is
 * in the base already is passed over.
 */
export function rebuildView(
  base: ObjectState | undefined,
  lane: readonly OutboxRow[],
  context: RebuildContext,
): Rebuilt {
  const refused: { sequence: Sequence; failure: PlatformFailure }[] = [];
  let view = base;
  let isCloseBlocked = false;
  let closesLast = false;
  const isMended = lane.some((row) => isFixedFieldOperation(row.operation.kind));
  const ahead = [...(context.relocations ?? [])];
  const behind: Relocation[] = [];
  const relocate = (until: Sequence): void => {
    while (ahead[0] !== undefined && ahead[0].operation < until) {
      const [next] = ahead.splice(0, 1) as [Relocation];
      const step = view === undefined ? undefined : applied(view.folder, next);
      if (view !== undefined && step !== undefined && step.folder !== view.folder) {
        view = { ...view, folder: step.folder };
      }
      behind.push(step?.relocation ?? next);
    }
  };
  for (const row of lane) {
    if (ahead.length > 0) relocate(row.sequence);
    const isCreate = isOrigin(row);
    if (isCreate && base !== undefined) continue;
    if (holdsClose(row)) isCloseBlocked = true;
    if (row.parked !== undefined && !isCreate) continue;
    if (row.operation.kind === "close" && isCloseBlocked) continue;
    const { operation } = row;
    const opensFirst = isMended && operation.kind === "create" && operation.input.close;
    if (opensFirst) closesLast = true;
    const result = applyOperation(view, opensFirst ? withoutClose(operation) : operation, {
      class: context.class,
      user: context.user,
      at: row.madeAt + context.offsetMs,
    });
    if ("failure" in result) refused.push({ sequence: row.sequence, failure: result.failure });
    else view = result.state;
    if (operation.kind === "move" && behind.length > 0)
      behind.splice(0, behind.length, ...passed(behind));
    if (row.operation.kind === "create" && row.parked !== undefined && view !== undefined)
      view = { ...view, state: "open" };
  }
  relocate(Number.POSITIVE_INFINITY);
  if (view !== undefined && closesLast && !isCloseBlocked) {
    view = { ...view, state: stateAfterClose(context.class, view.state) };
  }
  const parked = lane.filter((row) => row.parked !== undefined).length;
  return {
    view,
    ...(removalIn(lane) === undefined ? undefined : { removed: true }),
    ...(behind.length === 0 ? undefined : { relocations: behind }),
    pending: lane.length,
    parked,
    refused,
  };
}

/** Whether its lane's close does not show: closed, the object could not have it any more. */
export function holdsClose(row: OutboxRow): boolean {
  const { kind } = row.operation;
  if (row.parked === undefined) return false;
  return isOrigin(row) || kind === "attach" || isFixedFieldOperation(kind);
}

function withoutClose(create: Extract<Operation, { kind: "create" }>): Operation {
  return { ...create, input: { ...create.input, close: false } };
}
