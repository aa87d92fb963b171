import { applyOperation } from "../objects/apply.ts";
import { assert } from "../assert.ts";
import { createOf, remainderOf } from "../planning/create-effect.ts";
import type { ObjectRow, ObjectState } from "../data-object.ts";
import { isProvisionalId, type LocalKey, type ObjectId, type OperationId } from "../ids.ts";
import type { JournalRow, Shade, Until } from "../journal.ts";
import { missingAfterAdoption } from "./adopt-refused.ts";
import { laneReads, LaneState, type LaneTime, unsent } from "./lane-state.ts";
import type { HistoryRow, Operation, OutboxRow, Sequence } from "../operation.ts";
import { fieldOf } from "../objects/fields.ts";
import { compareToDescribe } from "../outcomes/postcondition.ts";
import { relocationOf } from "../objects/relocations.ts";
import { isOrigin } from "../objects/removal.ts";
import { folderOperationsOf } from "../planning/project-request.ts";
import { overriddenBy } from "./override.ts";
import { endOfRequest, isOpen, shadeAfter, shadeAfterRelocation } from "./shade.ts";
import { isStillBase, seenSince } from "./still-base.ts";
import { referencesOf } from "../values/references.ts";
import type { Decision, Put, Rows, Write } from "../store.ts";

export interface Acknowledgement extends LaneTime {
  readonly epoch: number;
  /** The id in the answer, or the one found. */
  readonly id: ObjectId;
  readonly requestId?: string;
  readonly outcome: "acked" | "found";
  /** The object as described just now, where it was: the new base, instead of the old one with the effect applied. */
  readonly described?: ObjectState;
  /** The base when that was asked. Default: not compared. */
  readonly base?: ObjectState;
  /** Journal numbers of the lane's shades: they learn what took effect. Default: there are none. */
  readonly shades?: readonly number[];
  /** Of a project's lane, those of its objects: what they would move may have been taken along. Default: there are none. */
  readonly objectShades?: readonly number[];
  /** Present where an attempt of the request was given up and may still land: its journal row stays as a shade. */
  readonly lateUntil?: Until;
}

export interface Acknowledged {
  /** The object afterwards; undefined where it is removed, or all this was done before and nothing was written. */
  readonly object: ObjectRow | undefined;
  readonly history: readonly HistoryRow[];
}

/**
 * The outcome of a journalled request is known to be its effect: the base moves, the view is rebuilt, operations
 * become history, a create gets its alias. Also adopts an object found by its key. Relaxed, fenced: a lost ack is
 * only asked again.
 */
export function acknowledge(journal: JournalRow, ack: Acknowledgement): Write<Acknowledged> {
  const { lane, number } = journal;
  const { shades = [], objectShades = [], lateUntil } = ack;
  return {
    durability: "relaxed",
    reads: {
      ...laneReads(lane, folderOperationsOf(journal)),
      journal: [number, ...shades, ...objectShades],
    },
    fence: ack.epoch,
    decide(rows) {
      const carried = rows.lane(lane).filter((row) => row.request === number);
      if (!isOpen(rows.journal(number), carried)) {
        return { result: { object: undefined, history: [] } };
      }
      // What a copy of the refused request made need not be what this one asks for.
      const adopts = journal.asksFirst === true && ack.described !== undefined;
      const decision = settle(rows, carried, { ...ack, closes: isClose(carried), adopts });
      if ("failure" in decision) return decision;
      const { puts = [], deletes = [] } = decision;
      const operations = carried.map((row) => row.operation);
      // That of a close stays as it is, until the object is seen closed.
      const ended = isClose(carried)
        ? { puts: [], deletes: [] }
        : endOfRequest(journal, { operations, isEffective: true, lateUntil });
      return {
        ...decision,
        puts: [...puts, ...ended.puts],
        deletes: [...deletes, ...ended.deletes],
      };
    },
  };
}

export interface Found {
  readonly lane: LocalKey;
  /** From the head of the lane, unsent, shown as done; no create. A removal where the object is shown to be gone. */
  readonly operations: readonly Sequence[];
  /** With `described`, but for a removal. Nothing is done where the base is not `base` any more. */
  readonly ack: Acknowledgement;
}

/** A survey shows unsent operations already done: acked without a request. Relaxed, fenced. */
export function acknowledgeFound({ lane, operations, ack }: Found): Write<Acknowledged> {
  const { base } = ack;
  return {
    durability: "relaxed",
    reads: { ...laneReads(lane), journal: ack.shades ?? [] },
    fence: ack.epoch,
    decide(rows) {
      const object = rows.object(lane);
      if (object !== undefined && base !== undefined && !isStillBase(object, base)) {
        return { result: { object: undefined, history: [] } };
      }
      const found = new Set(operations);
      const carried = rows
        .lane(lane)
        .filter((row) => found.has(row.sequence) && row.request === undefined);
      if (carried.length === 0) return { result: { object: undefined, history: [] } };
      return settle(rows, carried, ack);
    },
  };
}

function settle(
  rows: Rows,
  carried: readonly OutboxRow[],
  ack: Acknowledgement & { readonly closes?: boolean; readonly adopts?: boolean },
): Decision<Acknowledged> {
  const [first] = carried;
  assert(first !== undefined, "a request carries at least one operation");
  const object = rows.object(first.lane);
  assert(object !== undefined, `${first.lane} exists while operations of it are on their way`);
  const state = new LaneState(rows, object, ack);
  if (carried.some(({ operation }) => operation.kind === "remove")) return end(state, carried, ack);
  if (ack.closes === true) state.setUnsettled();
  if (ack.described !== undefined) state.see(seenSince(ack.described, ack.base, state.base));
  else state.setBase(baseAfter(object, carried, state));

  const puts: Put[] = [];
  const { id } = object;
  if (first.operation.kind === "create" && isProvisionalId(id)) {
    state.setRealId(ack.id);
    const alias = { version: 1, local: id, id: ack.id, project: object.project } as const;
    puts.push({ table: "aliases", row: alias });
  }
  // What a copy's ids are is known from its object.
  if (first.operation.kind === "clone") state.setRealId(ack.id);
  const { requestId } = ack;
  const ended = ack.adopts === true ? adopt(carried, state, ack.described) : carried;
  for (const row of ended) {
    if (leaveRemainder(row, state)) continue;
    state.end(row, ack.outcome, requestId === undefined ? {} : { requestId });
  }
  // What was brought back is no later word than what a person said.
  const said = ended.filter((row) => row.restores === undefined);
  for (const row of state.lane) {
    if (row.request === undefined) override(row, said, state);
  }
  const effective = ended.map((row) => row.operation);
  puts.push(...shadesAfter(rows, ack, effective));
  const { object: after, puts: lanePuts, deletes } = state.finish();
  return {
    puts: [...puts, ...lanePuts],
    deletes,
    result: { object: after, history: state.history },
  };
}

/** What was given up and may still land learns what took effect since. */
function shadesAfter(
  rows: Rows,
  { shades = [], objectShades = [] }: Acknowledgement,
  effective: readonly Operation[],
): readonly Put[] {
  const moves = effective.map(relocationOf).filter((move) => move !== undefined);
  const changed: Put[] = [];
  const learn = (numbers: readonly number[], after: (shade: Shade) => Shade): void => {
    for (const number of numbers) {
      const row = rows.journal(number);
      const shade = row?.shade && after(row.shade);
      if (row === undefined || shade === undefined || shade === row.shade) continue;
      changed.push({ table: "journal", row: { ...row, shade } });
    }
  };
  learn(shades, (shade) => shadeAfter(shade, effective));
  learn(objectShades, (shade) => moves.reduce(shadeAfterRelocation, shade));
  return changed;
}

/** The object is gone from its project, and everything that was still to be done with it. Its alias stays. */
function end(
  state: LaneState,
  carried: readonly OutboxRow[],
  { outcome, requestId }: Acknowledgement,
): Decision<Acknowledged> {
  const done = new Set(carried.map((row) => row.sequence));
  for (const row of state.lane) {
    if (!done.has(row.sequence)) state.end(row, "removed");
    else state.end(row, outcome, requestId === undefined ? {} : { requestId });
  }
  state.setBase(undefined);
  const { puts, deletes } = state.finish();
  return { puts, deletes, result: { object: undefined, history: state.history } };
}

/** A close of its own: what is created closed, nobody else can have changed. */
function isClose([first]: readonly OutboxRow[]): boolean {
  return first?.operation.kind === "close";
}

/** An edit earlier than one that is done, of the same field: it was parked when the later one left. */
function override(row: OutboxRow, carried: readonly OutboxRow[], state: LaneState): void {
  let left = row;
  for (const done of carried) {
    if (done.sequence > row.sequence) left = overriddenBy(left, done.operation);
  }
  if (left === row) return;
  // Retried while the later one was on its way: nobody waits for a decision on it any more.
  if (left.overridden === true && left.parked === undefined) state.end(left, "overridden");
  else state.put(left);
}

/** What the platform has now, as far as can be known without asking. */
function baseAfter(
  object: ObjectRow,
  carried: readonly OutboxRow[],
  state: LaneState,
): ObjectState {
  const [first] = carried;
  const effects: readonly Operation[] =
    first?.operation.kind === "create"
      ? [createOf(carried, first.leavesOut ?? [])]
      : carried.map((row) => row.operation);
  const context = { class: object.class, user: state.user, at: state.at + state.offsetMs };
  let base = first !== undefined && isOrigin(first) ? undefined : state.base;
  for (const effect of effects) {
    const applied = applyOperation(base, effect, context);
    // What the platform accepted it has done, whatever we thought of its state: the next describe will tell.
    if ("state" in applied) base = applied.state;
  }
  assert(base !== undefined, `${object.key} is on the platform once one of its requests is done`);
  return base;
}

/**
 * A create whose request left something out stays in the outbox, at its place in the order, as the edit that brings it.
 * @returns false where nothing was left out.
 */
function leaveRemainder(row: OutboxRow, state: LaneState): boolean {
  const { operation, leavesOut = [] } = row;
  if (operation.kind !== "create" || leavesOut.length === 0) return false;
  const [first, ...rest] = remainderOf(operation.input, leavesOut);
  assert(first !== undefined, `create ${row.id} leaves something to be done`);
  state.put({ ...unsent(row), operation: first, waitsFor: referencesOf(first) });
  for (const part of rest) {
    const left = part.kind === "setProperties" ? notSetLater(part, row, state) : part;
    if (left === undefined) continue;
    const { create: _create, ...kept } = unsent(row);
    const sequence = state.nextSequence();
    const id = followingId(row.id, sequence);
    state.put({ ...kept, sequence, id, operation: left, waitsFor: referencesOf(left) });
  }
  return true;
}

/**
 * The create is done by what is there, and so is what else its request carried and what is there shows: it may be this
 * very request that landed. The rest is sent for itself, and so is what the create asks for by now and is not there.
 * @returns what is done.
 */
function adopt(
  [create, ...others]: readonly OutboxRow[],
  state: LaneState,
  described: ObjectState | undefined,
): readonly OutboxRow[] {
  if (create?.operation.kind !== "create" || described === undefined) return [];
  const realIdOf = (local: ObjectId): ObjectId | undefined =>
    local === state.id ? state.realId : undefined;
  const shown = new Set<OutboxRow>();
  for (const rows of Map.groupBy(others, (row) => fieldOf(row.operation)).values()) {
    const operations = rows.map((row) => row.operation);
    const isShown = compareToDescribe({ operations, described, realIdOf }) === "holds";
    for (const row of rows) {
      if (isShown) shown.add(row);
      else state.put(unsent(row));
    }
  }
  const done = unsent(create);
  const later = state.lane.filter((row) => row.sequence > create.sequence);
  for (const operation of missingAfterAdoption(create.operation, described, later)) {
    const { create: _create, refused: _refused, ...kept } = done;
    const sequence = state.nextSequence();
    const id = followingId(create.id, sequence);
    state.put({ ...kept, sequence, id, operation, waitsFor: referencesOf(operation) });
  }
  return [done, ...others.filter((row) => shown.has(row))];
}

/** A row put at the end of the lane must not undo what stands between. */
function notSetLater(
  part: Extract<Operation, { kind: "setProperties" }>,
  row: OutboxRow,
  state: LaneState,
): Operation | undefined {
  const later = new Set(
    state.lane.flatMap(({ sequence, operation }) =>
      sequence > row.sequence && operation.kind === "setProperties"
        ? Object.keys(operation.properties)
        : [],
    ),
  );
  const left = Object.entries(part.properties).filter(([key]) => !later.has(key));
  return left.length === 0 ? undefined : { ...part, properties: Object.fromEntries(left) };
}

/** Sequences are unique, so the suffix of the create's own id will do. */
function followingId(id: OperationId, sequence: Sequence): OperationId {
  return `operation-${sequence}${id.slice(id.lastIndexOf("-"))}` as OperationId;
}
