import { contentDeletes } from "../contents/content-rows.ts";
import type { Failure } from "../failure.ts";
import type { LocalKey } from "../ids.ts";
import type { Delete, Write } from "../store.ts";
import { laneReads, LaneState, type LaneTime } from "./lane-state.ts";

export interface ForgetInput extends LaneTime {
  readonly epoch: number;
  readonly key: LocalKey;
  /** Why, for what is pending. */
  readonly reason: Failure;
}

/**
 * A describe has shown that the object is gone from its project (design §7): its row goes; where operations are pending it
 * stays, and they park. Nothing while a request of it is on its way, which says more. Strict, fenced.
 *
 * @returns whether the row is gone.
 */
export function forgetObject(input: ForgetInput): Write<boolean> {
  const { key, reason, at } = input;
  return {
    durability: "strict",
    reads: laneReads(key),
    fence: input.epoch,
    decide(rows) {
      const object = rows.object(key);
      const lane = rows.lane(key);
      if (object === undefined) return { result: true };
      if (lane.some((row) => row.request !== undefined)) return { result: false };
      if (lane.length === 0) {
        const deletes: readonly Delete[] = [
          { table: "objects", key },
          ...contentDeletes(object, undefined),
        ];
        return { deletes, result: true };
      }
      const state = new LaneState(rows, object, input);
      for (const row of lane)
        if (row.parked === undefined) state.put({ ...row, parked: { reason, at } });
      const { puts, deletes } = state.finish();
      return { puts, deletes, result: false };
    },
  };
}
