import type { FailureCode } from "../failure.ts";
import type { LocalKey, OperationId } from "../ids.ts";
import { laneReads, LaneState, type LaneTime } from "./lane-state.ts";
import type { OutboxRow, Sequence } from "../operation.ts";
import type { Write } from "../store.ts";

export interface RetryInput extends LaneTime {
  readonly lane: LocalKey;
  /** Those of them that are parked; others are left alone. Of a request parked in doubt, one stands for all. */
  readonly operations: readonly Sequence[];
  /** Only those that are parked for it by now. Default: for whatever it is. */
  readonly reason?: FailureCode;
}

export interface Retried {
  /** Back in line. An edit that the object's state forbids for good is parked again at once and not among them. */
  readonly retried: readonly OperationId[];
  /** Ended without a request: a later operation of the lane had set all that they would have set. */
  readonly overridden: readonly OperationId[];
}

/**
 * Puts parked operations back to be sent, at their place in the lane's order. One parked in doubt is asked about again
 * first, as its journal row is still there. Strict; of any tab, so not fenced.
 */
export function retryParked(input: RetryInput): Write<Retried> {
  const { lane } = input;
  return {
    durability: "strict",
    reads: laneReads(lane),
    decide(rows) {
      const object = rows.object(lane);
      const { reason } = input;
      const parked = chosenFrom(rows.lane(lane), new Set(input.operations)).filter(
        (row) => reason === undefined || row.parked?.reason.code === reason,
      );
      if (object === undefined || parked.length === 0) {
        return { result: { retried: [], overridden: [] } };
      }
      const state = new LaneState(rows, object, input);
      for (const row of parked) {
        if (row.overridden === true) state.end(row, "overridden");
        else state.put(unparked(row));
      }
      const { puts, deletes } = state.finish();
      const back = new Set(
        state.lane.filter((row) => row.parked === undefined).map((row) => row.id),
      );
      return {
        puts,
        deletes,
        result: {
          retried: parked.map((row) => row.id).filter((id) => back.has(id)),
          overridden: state.history.map((row) => row.id),
        },
      };
    },
  };
}

/** What one journalled request carries is one question to the platform, and has one answer. */
function chosenFrom(
  lane: readonly OutboxRow[],
  chosen: ReadonlySet<Sequence>,
): readonly OutboxRow[] {
  const parked = lane.filter((row) => row.parked !== undefined);
  const requests = new Set(
    parked.filter((row) => chosen.has(row.sequence)).map((row) => row.request),
  );
  return parked.filter(
    (row) => chosen.has(row.sequence) || (row.request !== undefined && requests.has(row.request)),
  );
}

/** Back in line. */
export function unparked(row: OutboxRow): OutboxRow {
  const { parked: _parked, ...rest } = row;
  return rest;
}
