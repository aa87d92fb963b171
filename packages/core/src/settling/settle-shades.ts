import type { ObjectRow, ObjectState } from "../data-object.ts";
import type { LocalKey, ProvisionalId } from "../ids.ts";
import type { JournalRow } from "../journal.ts";
import type { Operation, OutboxRow } from "../operation.ts";
import type { Random } from "../ports.ts";
import type { Put, Rows, Write } from "../store.ts";
import { referencesIn } from "../values/details-text.ts";
import { referencesInValues, referencesOf } from "../values/references.ts";
import { baseOf } from "../objects/relocations.ts";
import { laneMeta, LaneState, type LaneTime } from "./lane-state.ts";
import { shadesOver } from "./late-objects.ts";
import { isStillBase } from "./still-base.ts";
import { broughtBack, restorations, touchesAny, withoutLate } from "./shade.ts";

export interface ShadesInput extends LaneTime {
  readonly epoch: number;
  readonly lane: LocalKey;
  /** Journal numbers of the lane's shades. */
  readonly shades: readonly number[];
  /** Of them, those that can land no more: they go. */
  readonly over: readonly number[];
  /**
   * The object as described just now, and its base when that was asked; absent where it is gone, or where nothing could
   * have changed.
   */
  readonly seen?: { readonly described: ObjectState; readonly base: ObjectState };
  /** What `aliasesOfShades` says. */
  readonly aliases: readonly ProvisionalId[];
  /** Draws the ids of the operations that restore something. */
  readonly random: Random;
}

export interface ShadesSettled {
  /** False where a request of the object was on its way meanwhile: what was described is not believed. */
  readonly isSettled: boolean;
  /** Put into the outbox, as something went back. What the object takes no more is parked at once. */
  readonly restored: readonly OutboxRow[];
}

/**
 * A look at an object of which requests may still land: what one of them brought back is set again by new operations,
 * elsewhere the description becomes the base. Strict, fenced.
 */
export function settleShades(input: ShadesInput): Write<ShadesSettled> {
  const { lane, shades, aliases } = input;
  return {
    durability: "strict",
    reads: {
      objects: [lane],
      lanes: [lane],
      journal: [...new Set([...shades, ...input.over])],
      aliases,
      meta: laneMeta,
    },
    fence: input.epoch,
    decide(rows) {
      const object = rows.object(lane);
      const { seen } = input;
      const deletes = shadesOver(rows, input.over);
      if (object === undefined || seen === undefined) {
        return { deletes, result: { isSettled: true, restored: [] } };
      }
      const state = new LaneState(rows, object, input);
      if (state.lane.some(isOnItsWay) || !isStillBase(object, seen.base)) {
        return { result: { isSettled: false, restored: [] } };
      }
      const { restored, changed } = restore(rows, state, { ...input, ...seen });
      const lanePuts = state.finish();
      return {
        puts: [...lanePuts.puts, ...changed],
        deletes: [...lanePuts.deletes, ...deletes],
        result: { isSettled: true, restored },
      };
    },
  };
}

/** The provisional ids whose alias rows `settleShades` needs to see. */
export function aliasesOfShades(
  object: ObjectRow,
  shades: readonly JournalRow[],
): readonly ProvisionalId[] {
  const { details, properties } = baseOf(object) ?? object.view;
  return [
    ...new Set([
      ...referencesIn(details),
      ...referencesInValues(properties),
      ...shades.flatMap(({ shade }) => (shade?.operations ?? []).flatMap(referencesOf)),
    ]),
  ];
}

function isOnItsWay(row: OutboxRow): boolean {
  return row.request !== undefined && row.parked === undefined;
}

function restore(
  rows: Rows,
  state: LaneState,
  input: ShadesInput & { readonly described: ObjectState; readonly base: ObjectState },
): { readonly restored: readonly OutboxRow[]; readonly changed: readonly Put[] } {
  const { described, base, random } = input;
  const realIdOf = (id: ProvisionalId) =>
    id === state.id ? state.realId : input.aliases.includes(id) ? rows.alias(id)?.id : undefined;
  const shades = input.shades.flatMap((number) => rows.journal(number)?.shade ?? []);
  // What somebody else changed is merged with what is pending; what came back late is not.
  state.see(withoutLate(described, base, { shades, realIdOf }), { realIdOf });
  state.take(described);
  const unsent = state.lane.filter((row) => row.parked === undefined);
  const back = new Set<string>();
  const late: Operation[] = [];
  const changed: Put[] = [];
  for (const number of input.shades) {
    const row = rows.journal(number);
    if (row?.shade === undefined) continue;
    const { shade } = row;
    // What is to be sent anyway decides what will be there.
    const own = broughtBack({ shade, base, described, realIdOf }).filter(
      (touch) => !unsent.some((other) => touchesAny(other, [touch])),
    );
    if (own.length === 0) continue;
    for (const touch of own) back.add(touch);
    late.push(...shade.operations);
    // Until it is restored the base has no word on it: what is described then is what is there.
    const settled = shade.settled.filter((touch) => !own.includes(touch));
    if (!input.over.includes(number)) {
      changed.push({ table: "journal", row: { ...row, shade: { ...shade, settled } } });
    }
  }
  // What is being done to its folder is done before it goes back there.
  const wanted = { ...base, folder: state.shownFolder };
  const restored = restorations([...back], wanted, late).map((operation) =>
    state.restore(operation, random),
  );
  return { restored, changed };
}
