import type { LocalKey } from "../ids.ts";
import { initialize, type Source } from "../objects/initialize-from.ts";
import type { OutboxRow, Sequence } from "../operation.ts";
import type { Write } from "../store.ts";
import { laneMeta, LaneState, type LaneTime } from "./lane-state.ts";

export interface ExpandInput extends LaneTime {
  readonly epoch: number;
  readonly lane: LocalKey;
  readonly create: Sequence;
  /** What the create takes from, as it is now. */
  readonly source: Source;
}

/**
 * Writes into a create what it takes from another object, before it is journalled (design §5, dependencies): from then on
 * it is a create as any other. Strict, fenced.
 *
 * @returns the row, undefined where there is nothing of the kind to be done any more.
 */
export function expandCreate(input: ExpandInput): Write<OutboxRow | undefined> {
  const { lane } = input;
  return {
    durability: "strict",
    reads: { objects: [lane], lanes: [lane], meta: laneMeta },
    fence: input.epoch,
    decide(rows) {
      const object = rows.object(lane);
      const row = rows.lane(lane).find(({ sequence }) => sequence === input.create);
      if (object === undefined || row?.operation.kind !== "create") return { result: undefined };
      const { inherits, ...operation } = row.operation;
      if (inherits === undefined || row.request !== undefined) return { result: undefined };
      const { input: whole, references } = initialize(
        {
          class: operation.class,
          project: object.project,
          input: operation.input,
          references: [],
          links: [],
          initializeFrom: inherits,
        },
        input.source,
      );
      const expanded: OutboxRow = {
        ...row,
        operation: { ...operation, input: whole },
        waitsFor: references.filter((id) => id !== object.id),
      };
      const state = new LaneState(rows, object, input);
      state.put(expanded);
      const { puts, deletes } = state.finish();
      return { puts, deletes, result: expanded };
    },
  };
}
