import type { LocalKey } from "../ids.ts";
import { isUnborn, removalIn } from "../objects/removal.ts";
import type { HistoryRow } from "../operation.ts";
import type { Write } from "../store.ts";
import { laneMeta, LaneState, type LaneTime } from "./lane-state.ts";

export interface CancelInput extends LaneTime {
  readonly epoch: number;
  readonly lane: LocalKey;
}

/**
 * An object that the platform never heard of is removed without a request: its row goes, and so does its lane. Strict,
 * fenced. What it was until then a discard of the removal has given back.
 *
 * @returns the history rows; none where the lane is not such a one any more.
 */
export function cancelRemoved(input: CancelInput): Write<readonly HistoryRow[]> {
  const { lane } = input;
  return {
    durability: "strict",
    reads: { objects: [lane], lanes: [lane], meta: laneMeta },
    fence: input.epoch,
    decide(rows) {
      const object = rows.object(lane);
      const outbox = rows.lane(lane);
      if (object === undefined || removalIn(outbox) === undefined || !isUnborn(outbox)) {
        return { result: [] };
      }
      const state = new LaneState(rows, object, input);
      // There is no such object on the platform: the removal is as good as found done.
      for (const row of outbox)
        state.end(row, row.operation.kind === "remove" ? "found" : "removed");
      const { puts, deletes } = state.finish();
      return { puts, deletes, result: state.history };
    },
  };
}
