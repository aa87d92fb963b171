import { assert } from "../assert.ts";
import type { ObjectState } from "../data-object.ts";
import type { Failure } from "../failure.ts";
import type { LocalKey } from "../ids.ts";
import type { JournalRow, Until } from "../journal.ts";
import { laneReads, LaneState, unsent } from "./lane-state.ts";
import type { OutboxRow, Rights, Sequence } from "../operation.ts";
import { endOfRequest, isOpen } from "./shade.ts";
import { seenSince } from "./still-base.ts";
import type { EpochMs } from "../ports.ts";
import type { DetailsRebase } from "./rebase-details.ts";
import type { Decision, Rows, Write } from "../store.ts";

export interface ParkInput {
  readonly epoch: number;
  readonly lane: LocalKey;
  readonly operations: readonly Sequence[];
  readonly reason: Failure;
  readonly at: EpochMs;
  /** Where it is for want of these. */
  readonly rights?: Rights;
}

/**
 * Parks unsent operations: what a survey forbids, what depends on something discarded. Strict, fenced.
 * @returns those it parked: not the ones that are parked already, or carried by a journalled request.
 */
export function parkOperations(input: ParkInput): Write<readonly OutboxRow[]> {
  const { lane, at } = input;
  return {
    durability: "strict",
    reads: laneReads(lane),
    fence: input.epoch,
    decide: (rows) => changeLane(rows, lane, { changed: parkedBy(rows.lane(lane), input), at }),
  };
}

/** Those of the operations that can be parked, parked. */
export function parkedBy(
  lane: readonly OutboxRow[],
  { operations, reason, at, rights }: Pick<ParkInput, "operations" | "reason" | "at" | "rights">,
): readonly OutboxRow[] {
  const chosen = new Set(operations);
  return lane
    .filter((row) => chosen.has(row.sequence) && row.request === undefined)
    .filter((row) => row.parked === undefined)
    .map((row) => ({ ...row, parked: { reason, at, ...(rights && { rights }) } }));
}

export interface SettleInput {
  readonly epoch: number;
  readonly reason: Failure;
  readonly at: EpochMs;
  /**
   * Replaces the nonce of a create, whose body may change before it is sent again. The caller has proven that no
   * attempt of the old request had, or can still have, an effect.
   */
  readonly freshNonce?: string;
  /** The object as described just now, where it was: the new base. */
  readonly described?: ObjectState;
  /** The base when that was asked. Default: not compared. */
  readonly base?: ObjectState;
  /** Present where an attempt was given up and may still land: the journal row stays as a shade. */
  readonly lateUntil?: Until;
}

/**
 * The journalled request had no effect and a person must decide: its operations park, the journal row goes. A create
 * keeps its nonce and is marked `refused`. Strict, fenced.
 */
export function parkRequest(
  journal: JournalRow,
  input: Omit<SettleInput, "freshNonce">,
): Write<readonly OutboxRow[]> {
  const { reason, at } = input;
  return requestWrite(journal, input.epoch, (rows, carried) => {
    const changed = carried.map((row) => ({
      ...refused(unsent(row)),
      parked: { reason, at },
    }));
    return changeLane(rows, journal.lane, { ...input, changed, settled: journal });
  });
}

/**
 * The request may have had an effect and asking cannot tell (more than one object found, no key property): its
 * operations park and the journal row stays, so that a retry asks again instead of sending anew. Strict, fenced.
 */
export function parkInDoubt(
  journal: JournalRow,
  input: Omit<SettleInput, "freshNonce" | "described" | "base">,
): Write<readonly OutboxRow[]> {
  const { reason, at } = input;
  return requestWrite(journal, input.epoch, (rows, carried) => {
    const changed = carried.map((row) => ({ ...row, parked: { reason, at } }));
    return changeLane(rows, journal.lane, { changed, at });
  });
}

export interface SplitInput extends SettleInput {
  readonly freshNonce: string;
}

export type SplitOutcome =
  /** To be sent again, each operation in a request of its own. */
  | { readonly outcome: "split"; readonly operations: readonly OutboxRow[] }
  | { readonly outcome: "parked"; readonly operations: readonly OutboxRow[] };

/**
 * A request refused with InvalidInput or InvalidType: a merged one is taken apart, its operations to be sent alone;
 * that of a single operation parks it. Strict, fenced.
 *
 * All are told apart at once, not by halves: a refusal is rare, and what is halved has to be refused again, while the
 * platform counts refusals (CS §8.2).
 */
export function splitRefused(journal: JournalRow, input: SplitInput): Write<SplitOutcome> {
  const { reason, at, freshNonce } = input;
  const write = requestWrite(journal, input.epoch, (rows, carried) => {
    const isMerged = carried.length > 1;
    const changed = carried.map((row): OutboxRow => {
      const fresh = renewed(unsent(row), freshNonce);
      return isMerged ? { ...fresh, alone: true } : { ...fresh, parked: { reason, at } };
    });
    return changeLane(rows, journal.lane, { ...input, changed, settled: journal });
  });
  return {
    ...write,
    decide(rows) {
      const decision = write.decide(rows);
      if ("failure" in decision) return decision;
      const { result: operations } = decision;
      const isParked = operations.some((row) => row.parked !== undefined);
      return { ...decision, result: { outcome: isParked ? "parked" : "split", operations } };
    },
  };
}

export interface ReleaseInput {
  readonly epoch: number;
  readonly at: EpochMs;
  /** Absent where the request certainly never left: then the old nonce is still unused. */
  readonly freshNonce?: string;
  /** The object as described just now, where it was: the new base. */
  readonly described?: ObjectState;
  /** As of `SettleInput`. */
  readonly base?: ObjectState;
  /** As of `SettleInput`. */
  readonly lateUntil?: Until;
  /** How pending details are merged with it, those of the request among them. */
  readonly details?: DetailsRebase;
}

/**
 * The operations of the journalled request may be planned anew: it is proven without effect, or what it set is merged
 * with what somebody else did since. Strict, fenced.
 */
export function releaseRequest(
  journal: JournalRow,
  input: ReleaseInput,
): Write<readonly OutboxRow[]> {
  return requestWrite(journal, input.epoch, (rows, carried) => {
    const changed = carried.map((row) => renewed(neverRefused(unsent(row)), input.freshNonce));
    return changeLane(rows, journal.lane, { ...input, changed, settled: journal });
  });
}

/** Nothing, and no rows, where the journal row is gone or a shade: this was decided before. */
function requestWrite(
  journal: JournalRow,
  epoch: number,
  decide: (rows: Rows, carried: readonly OutboxRow[]) => Decision<readonly OutboxRow[]>,
): Write<readonly OutboxRow[]> {
  const { lane, number } = journal;
  return {
    durability: "strict",
    reads: { ...laneReads(lane), journal: [number] },
    fence: epoch,
    decide(rows) {
      const carried = rows.lane(lane).filter((row) => row.request === number);
      return isOpen(rows.journal(number), carried) ? decide(rows, carried) : { result: [] };
    },
  };
}

interface LaneChange {
  readonly changed: readonly OutboxRow[];
  readonly at: EpochMs;
  /** Its journal row goes, or stays as a shade. */
  readonly settled?: JournalRow;
  readonly described?: ObjectState;
  readonly base?: ObjectState;
  readonly lateUntil?: Until;
  readonly details?: DetailsRebase;
}

function changeLane(
  rows: Rows,
  lane: LocalKey,
  { changed, at, settled, described, base, details, lateUntil }: LaneChange,
): Decision<readonly OutboxRow[]> {
  const object = rows.object(lane);
  if (object === undefined) {
    assert(changed.length === 0, `${lane} exists while it has operations`);
    return { result: [] };
  }
  const state = new LaneState(rows, object, { at });
  for (const row of changed) state.put(row);
  if (described !== undefined) state.see(seenSince(described, base, state.base), details);
  const { puts, deletes } = state.finish();
  if (settled === undefined) return { puts, deletes, result: changed };
  const operations = changed.map((row) => row.operation);
  const ended = endOfRequest(settled, { operations, isEffective: false, lateUntil });
  return {
    puts: [...puts, ...ended.puts],
    deletes: [...deletes, ...ended.deletes],
    result: changed,
  };
}

function renewed(row: OutboxRow, nonce: string | undefined): OutboxRow {
  if (row.create === undefined || nonce === undefined) return row;
  return { ...row, create: { ...row.create, nonce } };
}

/** A create keeps its nonce: with the same bytes it is the same object, whether a copy lands before or after a retry. */
function refused(row: OutboxRow): OutboxRow {
  return row.create === undefined ? row : { ...row, refused: true };
}

function neverRefused(row: OutboxRow): OutboxRow {
  const { refused: _, ...rest } = row;
  return rest;
}
