import type { ObjectRow, ObjectState } from "../data-object.ts";
import type { Failure } from "../failure.ts";
import type { LocalKey, ObjectId } from "../ids.ts";
import type { Random } from "../ports.ts";
import type { Delete, Rows, Write } from "../store.ts";
import { copyRow } from "./show-copy.ts";
import { laneMeta, LaneState, type LaneTime } from "./lane-state.ts";

export interface LateObjectInput extends LaneTime {
  readonly epoch: number;
  readonly lane: LocalKey;
  /** Journal numbers of the lane's shades: there is nothing more that they could do. */
  readonly over: readonly number[];
  /** Draws the id of the removal that tells of it. */
  readonly random: Random;
}

/**
 * A removal that was given up has landed after its object had come back, and nothing brings back what it took. The history
 * tells of it, and the row goes; where operations are pending it stays, and they park. Strict, fenced.
 *
 * @returns false where a request of the object was on its way meanwhile: it says more.
 */
export function takeLateRemoval(input: LateObjectInput): Write<boolean> {
  return lateObject(input, (rows, over) => {
    const { lane: key, random, at } = input;
    const object = rows.object(key);
    const lane = rows.lane(key);
    if (object === undefined) return { deletes: over, result: true };
    if (lane.some((row) => row.request !== undefined && row.parked === undefined)) {
      return { result: false };
    }
    const state = new LaneState(rows, object, input);
    if (lane.length === 0) {
      state.end(state.restore({ kind: "remove" }, random), "found");
      state.setBase(undefined);
    }
    const reason = removedAfterAll(object);
    for (const row of lane)
      if (row.parked === undefined) state.put({ ...row, parked: { reason, at } });
    const { puts, deletes } = state.finish();
    return { puts, deletes: [...deletes, ...over], result: true };
  });
}

export interface LateCloneInput extends LateObjectInput {
  /** The platform's id, and what it shows. */
  readonly id: ObjectId;
  readonly described: ObjectState;
}

/**
 * A clone that was given up has landed after its copy was removed or discarded. Somebody else may want the copy by now, so a
 * person decides: it is shown again, with a parked removal that can be retried or discarded. Strict, fenced.
 */
export function takeLateClone(input: LateCloneInput): Write<boolean> {
  return lateObject(input, (rows, over) => {
    const { lane: key, random, at } = input;
    if (rows.object(key) !== undefined) return { deletes: over, result: true };
    const copy = copyRow({ ...input, key });
    const state = new LaneState(rows, copy, input);
    const reason = backAfterAll(copy);
    state.put({ ...state.restore({ kind: "remove" }, random), parked: { reason, at } });
    const { puts, deletes } = state.finish();
    return { puts, deletes: [...deletes, ...over], result: true };
  });
}

function lateObject(
  { epoch, lane, over }: LateObjectInput,
  decide: (rows: Rows, over: readonly Delete[]) => ReturnType<Write<boolean>["decide"]>,
): Write<boolean> {
  return {
    durability: "strict",
    reads: { objects: [lane], lanes: [lane], journal: over, meta: laneMeta },
    fence: epoch,
    decide: (rows) => decide(rows, shadesOver(rows, over)),
  };
}

/** Of what can land no more, the shades: what is parked in doubt stays in the journal until a person has decided. */
export function shadesOver(rows: Rows, over: readonly number[]): readonly Delete[] {
  return over
    .filter((number) => rows.journal(number)?.shade !== undefined)
    .map((key) => ({ table: "journal", key }));
}

function removedAfterAll({ id, realId = id, project }: ObjectRow): Failure {
  return {
    code: "Removed",
    message: `${realId} is gone from ${project}: a removal that was given up has reached the platform late. Discard the change.`,
    object: realId,
  };
}

function backAfterAll({ id, realId = id, project }: ObjectRow): Failure {
  return {
    code: "Conflict",
    message: `${realId} is in ${project} again: a clone that was given up has reached the platform late. Retry to remove it, or discard this to keep it.`,
    object: realId,
  };
}
