import type { ObjectRow, ObjectState } from "../data-object.ts";
import type { LocalKey } from "../ids.ts";
import { laneMeta, LaneState, type LaneTime } from "./lane-state.ts";
import type { OutboxRow } from "../operation.ts";
import { type ParkInput, parkedBy } from "./park.ts";
import type { DetailsRebase } from "./rebase-details.ts";
import { isStillBase } from "./still-base.ts";
import type { Write } from "../store.ts";

export interface RebaseInput extends LaneTime {
  readonly epoch: number;
  readonly key: LocalKey;
  /** The object as the platform shows it, asked after the last acknowledgement of this object. */
  readonly described: ObjectState;
  /** The base when that was asked. Default: not compared. */
  readonly base?: ObjectState;
  /** How pending details are merged with it. */
  readonly details?: DetailsRebase;
  /** Unsent operations that what is seen forbids: they park with it, so that nobody sees them parked on what was before. */
  readonly parking?: readonly Pick<ParkInput, "operations" | "reason" | "rights">[];
}

export interface Rebased {
  /**
   * Undefined where the sighting is not believed: a request of the object is on its way, something of it was confirmed
   * since it was asked, or it is not here.
   */
  readonly object: ObjectRow | undefined;
  /**
   * What the new base no longer takes: edits of fixed fields of an object that somebody closed, and of details that
   * somebody changed at the same paths.
   */
  readonly parked: readonly OutboxRow[];
}

/**
 * What the platform shows becomes the base, and the pending operations are applied to it again (design §7). Relaxed, strict where
 * something is to be parked, fenced: a lost rebase is only asked again.
 */
export function rebase(input: RebaseInput): Write<Rebased> {
  const { key, at, parking = [] } = input;
  return {
    durability: parking.length > 0 ? "strict" : "relaxed",
    reads: { objects: [key], lanes: [key], meta: laneMeta },
    fence: input.epoch,
    decide(rows) {
      const object = rows.object(key);
      const lane = rows.lane(key);
      const { base } = input;
      const isBelieved =
        object !== undefined &&
        lane.every((row) => row.request === undefined) &&
        (base === undefined || isStillBase(object, base));
      if (!isBelieved) {
        return { result: { object: undefined, parked: [] } };
      }
      const state = new LaneState(rows, object, input);
      for (const one of parking) for (const row of parkedBy(lane, { ...one, at })) state.put(row);
      state.see(input.described, input.details);
      const { object: after, puts, deletes } = state.finish();
      const wasParked = new Set(
        lane.filter((row) => row.parked !== undefined).map((row) => row.sequence),
      );
      const parked = state.lane.filter(
        (row) => row.parked !== undefined && !wasParked.has(row.sequence),
      );
      return { puts, deletes, result: { object: after, parked } };
    },
  };
}
