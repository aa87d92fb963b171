import { assert } from "../assert.ts";
import { contentDeletes } from "../contents/content-rows.ts";
import type { ObjectRow, ObjectState } from "../data-object.ts";
import type { ClosedField } from "../fixed-field.ts";
import type { Failure } from "../failure.ts";
import { fromLocalKey, isProjectKey, type LocalKey, newOperationId } from "../ids.ts";
import { joinStates } from "../objects/lifecycle.ts";
import type { JsonText } from "../json.ts";
import {
  type AttachOperation,
  type HistoryRow,
  isFolderOperation,
  type Operation,
  type OutboxRow,
  type Sequence,
} from "../operation.ts";
import { pathsOf } from "../planning/folder-order.ts";
import type { EpochMs, Random } from "../ports.ts";
import type { RealIdOf } from "../objects/description.ts";
import { folderTouched } from "../objects/local-writes.ts";
import { rebuildView } from "../objects/rebuild-view.ts";
import {
  afterRelocation,
  baseOf,
  movedAlong,
  relocatedAnew,
  type RelocationEnd,
  relocationOf,
} from "../objects/relocations.ts";
import type { Delete, MetaName, Put, Reads, Rows } from "../store.ts";
import { equalDetails } from "../values/details-text.ts";
import { referencesOf } from "../values/references.ts";
import { type DetailsRebase, isThere, rebaseDetails } from "./rebase-details.ts";

/** When a lane changes, and by whose clock. */
export interface LaneTime {
  /** Device time. */
  readonly at: EpochMs;
  /** The platform's clock minus ours; the stored one by default. */
  readonly serverOffsetMs?: number;
}

/** What else is known of an operation that ends. */
export type Ended = Partial<Pick<HistoryRow, "requestId" | "savedAs" | "policy">>;

/** What `LaneState` reads beside the object and its lane. */
export const laneMeta: readonly MetaName[] = ["identity", "serverClock"];

/**
 * What it reads where the lane may be that of a project.
 * @param done - operations on folders whose effect is there now: what lies in their folders without having been moved here
 *   has been moved along.
 */
export function laneReads(
  lane: LocalKey,
  done: readonly Operation[] = [],
): Pick<Reads, "objects" | "lanes" | "meta" | "relocated" | "subtrees"> {
  const reads = { objects: [lane], lanes: [lane], meta: laneMeta };
  if (!isProjectKey(lane)) return reads;
  const { project } = fromLocalKey(lane);
  const moved = done.flatMap((operation) => relocationOf(operation)?.from ?? []);
  const subtrees = moved.map((folder) => ({ project, folder }));
  return { ...reads, relocated: [project], subtrees };
}

/**
 * One object and its outbox rows while a decision changes them. In the end it gives the puts and deletes, the view
 * rebuilt: what the base no longer takes is parked as a conflict.
 */
export class LaneState {
  readonly key: LocalKey;
  readonly user: string;
  readonly at: EpochMs;
  readonly offsetMs: number;
  readonly #rows: Rows;
  readonly #before: ReadonlyMap<Sequence, OutboxRow>;
  readonly #after: Map<Sequence, OutboxRow>;
  readonly #history: HistoryRow[] = [];
  readonly #objectBefore: ObjectRow;
  #object: ObjectRow;
  #base: ObjectState | undefined;

  constructor(rows: Rows, object: ObjectRow, time: LaneTime) {
    const identity = rows.meta("identity");
    assert(identity !== undefined, "the store belongs to a user before anything is replayed");
    this.key = object.key;
    this.user = identity.user;
    this.at = time.at;
    this.offsetMs = time.serverOffsetMs ?? rows.meta("serverClock")?.offsetMs ?? 0;
    this.#rows = rows;
    this.#before = new Map(rows.lane(object.key).map((row) => [row.sequence, row]));
    this.#after = new Map(this.#before);
    this.#objectBefore = object;
    this.#object = object;
    this.#base = baseOf(object);
  }

  /** The first id known here. */
  get id(): ObjectRow["id"] {
    return this.#object.id;
  }

  get realId(): ObjectRow["realId"] {
    return this.#object.realId;
  }

  /** Where pending operations have put it, those on its folder included. */
  get shownFolder(): string {
    return this.#object.view.folder;
  }

  get base(): ObjectState | undefined {
    return this.#base;
  }

  get history(): readonly HistoryRow[] {
    return this.#history;
  }

  /** In order. */
  get lane(): readonly OutboxRow[] {
    return [...this.#after.values()].toSorted((left, right) => left.sequence - right.sequence);
  }

  setBase(base: ObjectState | undefined): void {
    this.#base = base;
  }

  /**
   * A describe may have been asked before something else was seen: states move forward only. Pending details are
   * merged with what somebody else changed, or park where both sides changed the same.
   */
  see(described: ObjectState, details: DetailsRebase = {}): void {
    const before = this.#base;
    this.take(described);
    if (before !== undefined) this.#rebaseDetails(before.details, details);
  }

  /** As `see`, and what differs is known to be nobody's change: pending details stay as they are. */
  take(described: ObjectState): void {
    const before = this.#base;
    const state =
      before === undefined ? described.state : joinStates(before.state, described.state);
    this.#base = { ...described, state, ...this.#fixedToCompare() };
  }

  /** A close of ours was accepted: it settles when the object is seen closed, as it is known now. */
  setUnsettled(): void {
    this.#object = { ...this.#object, unsettled: true };
  }

  /** The object was seen closed, or will not be. `changed`: what somebody changed before. */
  setSettled(changed: readonly ClosedField[]): void {
    const { unsettled: _, ...object } = this.#object;
    this.#object = changed.length === 0 ? object : { ...object, closedWithForeignChange: changed };
  }

  /** Until it is compared, what we closed is what we knew. */
  #fixedToCompare(): Partial<ObjectState> | undefined {
    if (this.#object.unsettled === undefined || this.#base === undefined) return undefined;
    const { types, details, links, hidden } = this.#base;
    return { types, details, links, hidden };
  }

  /** The platform has it no more, and it is made again. */
  setGone(original: ObjectRow["id"]): void {
    const {
      realId: _,
      unsettled: _u,
      closedWithForeignChange: _c,
      partsLeft: _p,
      ...object
    } = this.#object;
    this.#object = { ...object, replaces: original };
    this.#base = undefined;
  }

  setRealId(realId: ObjectRow["id"]): void {
    this.#object = { ...this.#object, realId };
  }

  put(row: OutboxRow): void {
    this.#after.set(row.sequence, row);
  }

  nextSequence(): Sequence {
    return this.#rows.nextSequence();
  }

  /**
   * Puts at the end of the lane what nobody called: it brings back what the platform has lost again.
   * @param random - draws the id of the operation.
   */
  restore(operation: Operation, random: Random): OutboxRow {
    const sequence = this.nextSequence();
    const row: OutboxRow = {
      version: 1,
      sequence,
      id: newOperationId(sequence, random),
      lane: this.key,
      operation,
      touches: [this.id, ...this.#foldersOf(operation)],
      waitsFor: referencesOf(operation).filter((id) => id !== this.id),
      madeAt: this.at,
      restores: true,
    };
    this.put(row);
    return row;
  }

  #foldersOf(operation: Operation): readonly string[] {
    const { project } = this.#object;
    const folders = isFolderOperation(operation)
      ? pathsOf(operation)
      : [
          ...(operation.kind === "move" ? [operation.folder] : []),
          ...(operation.kind === "move" || operation.kind === "remove"
            ? [this.#base?.folder ?? "/"]
            : []),
        ];
    return [...new Set(folders)].map((folder) => folderTouched(project, folder));
  }

  /** The operation leaves the outbox for the history. */
  end(row: OutboxRow, outcome: HistoryRow["outcome"], known: Ended = {}): void {
    if (!this.#after.has(row.sequence)) return;
    this.#after.delete(row.sequence);
    if (row.operation.kind === "attach") this.#endAttach(row.operation, outcome);
    this.#history.push({
      version: 1,
      sequence: row.sequence,
      id: row.id,
      lane: row.lane,
      // What a create has left to do is an edit, but the call was a create.
      kind: row.create === undefined ? row.operation.kind : "create",
      user: this.user,
      madeAt: row.madeAt,
      endedAt: this.at,
      platformAt: this.at + this.offsetMs,
      ...known,
      outcome,
    });
  }

  /** What is given up is not its content any more; once another content is there whole, nothing else is left. */
  #endAttach({ content }: AttachOperation, outcome: HistoryRow["outcome"]): void {
    if (outcome === "found") {
      const { partsLeft: _, ...object } = this.#object;
      this.#object = object;
    } else if (this.#object.content === content) {
      const { content: _, ...object } = this.#object;
      this.#object = { ...object, partsLeft: true };
    }
  }

  /** @returns the object as it is put, undefined where nothing of it is left. */
  finish(): {
    readonly object: ObjectRow | undefined;
    readonly puts: readonly Put[];
    readonly deletes: readonly Delete[];
  } {
    const object = this.#rebuild();
    const puts: Put[] = this.#history.map((row) => ({ table: "history", row }));
    const deletes: Delete[] = [...contentDeletes(this.#objectBefore, object)];
    if (object === undefined) deletes.push({ table: "objects", key: this.key });
    else puts.push({ table: "objects", row: object });
    for (const row of this.#after.values()) {
      if (this.#before.get(row.sequence) !== row) puts.push({ table: "outbox", row });
    }
    for (const sequence of this.#before.keys()) {
      if (!this.#after.has(sequence)) deletes.push({ table: "outbox", key: sequence });
    }
    return { object, puts: [...puts, ...this.#relocatedRows()], deletes };
  }

  /** Of a project's lane: the objects whose folders its operations have moved, after what has become of these. */
  #relocatedRows(): readonly Put[] {
    const ends = [...this.#before.values()].flatMap((row) => {
      const end = relocationOf(row.operation) === undefined ? undefined : this.#endOf(row);
      return end === undefined ? [] : [{ row, end }];
    });
    if (ends.length === 0) return [];
    const { project } = this.#object;
    const changed = new Map<LocalKey, ObjectRow>();
    for (const { row, end } of ends) {
      const move = relocationOf(row.operation);
      const to = this.#changedPath(row);
      for (const found of this.#rows.relocated(project)) {
        const before = changed.get(found.key) ?? found;
        const after =
          to !== undefined && (end === "parked" || end === "retried")
            ? relocatedAnew(before, row.sequence, { to, end })
            : afterRelocation(before, row.sequence, end);
        if (after !== undefined) changed.set(found.key, after);
      }
      if (end !== "done" || move === undefined || move.from === move.to) continue;
      // What later operations show elsewhere lies there all the same.
      const inside = [
        ...this.#rows.relocated(project),
        ...this.#rows.within({ project, folder: move.from }),
      ];
      for (const found of inside) {
        const after = changed.has(found.key) ? undefined : movedAlong(found, move);
        if (after !== undefined) changed.set(found.key, after);
      }
    }
    return Array.from(changed.values(), (row): Put => ({ table: "objects", row }));
  }

  #endOf(before: OutboxRow): RelocationEnd | undefined {
    const after = this.#after.get(before.sequence);
    if (after === undefined) {
      const ended = this.#history.find(({ sequence }) => sequence === before.sequence);
      return ended !== undefined && isDone(ended.outcome) ? "done" : "givenUp";
    }
    const isAsParked = (after.parked === undefined) === (before.parked === undefined);
    if (isAsParked && this.#changedPath(before) === undefined) return undefined;
    return after.parked === undefined ? "retried" : "parked";
  }

  /** Where the folder goes now, where the operation was changed to give it another path. */
  #changedPath(before: OutboxRow): string | undefined {
    const after = this.#after.get(before.sequence);
    const to = after === undefined ? undefined : relocationOf(after.operation)?.to;
    return to === relocationOf(before.operation)?.to ? undefined : to;
  }

  #rebaseDetails(from: JsonText, options: DetailsRebase): void {
    const { details: to = from, state } = this.#base ?? {};
    if (!this.lane.some(isUnsentDetails) || equalDetails(from, to)) return;
    const isOpen = state === "open";
    const { id, realId } = this.#object;
    const realIdOf: RealIdOf = (local) => (local === id ? realId : options.realIdOf?.(local));
    // What is closed takes no details any more: they park for that, with what they would set.
    const rebase: DetailsRebase = isOpen
      ? { ...options, realIdOf }
      : { realIdOf, resolve: () => "ours" };
    for (const rebased of rebaseDetails(this.lane, { from, to }, rebase)) {
      const { row, details, conflict } = rebased;
      if (isOpen && isThere(rebased, to)) {
        this.end(row, "found");
        continue;
      }
      const operation: Operation = { kind: "setDetails", details };
      const parked =
        conflict === undefined
          ? row.parked
          : { reason: changedElsewhere(this.#object, conflict), at: this.at };
      const waitsFor = referencesOf(operation).filter((reference) => reference !== id);
      this.put({ ...row, operation, waitsFor, ...(parked && { parked }) });
    }
  }

  #rebuild(): ObjectRow | undefined {
    const { realId, key, project, id, class: objectClass } = this.#object;
    const { unsettled, closedWithForeignChange, closeSent, partsLeft, replaces } = this.#object;
    const { content, fetching, keepOffline } = this.#object;
    const { relocations = [], clonedTo } = this.#object;
    const context = { class: objectClass, user: this.user, offsetMs: this.offsetMs, relocations };
    let rebuilt = rebuildView(this.#base, closesLast(this.lane), context);
    while (rebuilt.refused.length > 0) {
      const parked = rebuilt.refused.filter(({ sequence, failure }) =>
        this.#refuse(sequence, failure),
      );
      if (parked.length === 0) break;
      rebuilt = rebuildView(this.#base, closesLast(this.lane), context);
    }
    const { view, pending, parked, removed, relocations: left } = rebuilt;
    if (view === undefined) return undefined;
    return {
      version: 1,
      key,
      project,
      id,
      ...(realId === undefined ? undefined : { realId }),
      class: objectClass,
      view,
      ...(pending === 0 || this.#base === undefined ? undefined : { base: this.#base }),
      pending,
      parked,
      ...(removed === undefined ? undefined : { removed }),
      ...(content === undefined ? undefined : { content }),
      ...(fetching === undefined ? undefined : { fetching }),
      ...(keepOffline === undefined ? undefined : { keepOffline }),
      ...(closeSent === undefined ? undefined : { closeSent }),
      ...(partsLeft === undefined ? undefined : { partsLeft }),
      ...(replaces === undefined ? undefined : { replaces }),
      ...(unsettled === undefined ? undefined : { unsettled }),
      ...(closedWithForeignChange === undefined ? undefined : { closedWithForeignChange }),
      ...(left === undefined ? undefined : { relocations: left }),
      ...(clonedTo === undefined ? undefined : { clonedTo }),
    };
  }

  /** @returns whether it was parked; what a journalled request carries is for its answer to decide. */
  #refuse(sequence: Sequence, failure: Failure): boolean {
    const row = this.#after.get(sequence);
    if (row === undefined || row.request !== undefined || row.parked !== undefined) return false;
    const message = `the object was changed elsewhere: ${failure.message}`;
    const reason: Failure = {
      code: "Conflict",
      message,
      object: this.#object.realId ?? this.#object.id,
    };
    this.put({ ...row, parked: { reason, at: this.at } });
    return true;
  }
}

function isDone(outcome: HistoryRow["outcome"]): boolean {
  return outcome === "acked" || outcome === "found";
}

function isUnsentDetails(row: OutboxRow): boolean {
  return row.operation.kind === "setDetails" && row.request === undefined;
}

function changedElsewhere({ id, realId = id }: ObjectRow, paths: readonly string[]): Failure {
  const where = paths.map((path) => (path === "" ? "all of it" : path)).join(", ");
  return {
    code: "Conflict",
    message: `the details of ${realId} were changed elsewhere, too, at ${where}; retry to overwrite that, edit or discard the change`,
    object: realId,
    paths,
  };
}

/** As they are sent: a close goes behind every edit, whatever their order was when they were called. */
function closesLast(lane: readonly OutboxRow[]): readonly OutboxRow[] {
  const closes = lane.filter((row) => row.operation.kind === "close");
  if (closes.length === 0) return lane;
  return [...lane.filter((row) => row.operation.kind !== "close"), ...closes];
}

/** A row that no journalled request carries any more. */
export function unsent(row: OutboxRow): OutboxRow {
  const { request: _request, leavesOut: _leavesOut, ...rest } = row;
  return rest;
}
