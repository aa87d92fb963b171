import {
  failureOf,
  type HistoryRow,
  type Logger,
  type LocalKey,
  type ObjectId,
  type ObjectRow,
  type OperationId,
  type OutboxRow,
  type Sequence,
  sequenceOf,
  type Store,
} from "@holdfast/core";
import { maxRows, type Push, type WaitTarget as AnyWaitTarget } from "../wire.ts";
import { type ChangeFeed, keysOf, type Touched } from "./change-feed.ts";
import {
  closeOf,
  isClosedThere,
  removed,
  type Standing,
  standingOfAck,
  standingOfClose,
  standingOfContent,
} from "./settlement.ts";

type Reached = Extract<Push, { push: "reached" }>["waits"][number];

/** What an object that is here comes to. */
type WaitTarget = Exclude<AnyWaitTarget, { readonly until: "known" }>;

interface Wait {
  readonly number: number;
  readonly target: WaitTarget;
  /** Of `allAcked`: what was in the lane at the call, less what is known to have ended well. */
  operations?: readonly OperationId[];
  /** Of `settled`: the close, once seen. */
  close?: OperationId;
}

/** What the standing of many waits depends on, read together. */
interface Seen {
  readonly rows: ReadonlyMap<LocalKey, ObjectRow | undefined>;
  readonly lanes: ReadonlyMap<LocalKey, readonly OutboxRow[]>;
  readonly outbox: ReadonlyMap<Sequence, OutboxRow | undefined>;
  readonly history: ReadonlyMap<Sequence, HistoryRow | undefined>;
}

/**
 * Who waits for an ack or a close. A commit made here says itself what ended in it; what it leaves open, and what
 * another tab committed, is looked up in the store. So a wait ends whoever sends, and also one that is made again
 * after a restart.
 */
export class Waits {
  readonly #store: Store;
  readonly #logger: Logger;
  readonly #push: (waits: readonly Reached[]) => void;
  readonly #byObject = new Map<LocalKey, Set<Wait>>();
  readonly #byNumber = new Map<number, Wait>();
  readonly #stop: () => void;
  readonly #dirty = new Set<Wait>();
  #isLooking = false;

  constructor(
    ports: { readonly store: Store; readonly feed: ChangeFeed; readonly logger: Logger },
    push: (waits: readonly Reached[]) => void,
  ) {
    this.#store = ports.store;
    this.#logger = ports.logger;
    this.#push = push;
    const stops = [
      ports.feed.subscribe((touched) => this.#onTouched(touched)),
      ports.feed.onBeat(() => this.#mark([])),
    ];
    this.#stop = () => stops.forEach((stop) => stop());
  }

  add(number: number, target: WaitTarget): void {
    const wait: Wait = { number, target };
    this.#byNumber.set(number, wait);
    const ofObject = this.#byObject.get(target.object) ?? new Set();
    ofObject.add(wait);
    this.#byObject.set(target.object, ofObject);
    this.#mark([wait]);
  }

  remove(number: number): void {
    const wait = this.#byNumber.get(number);
    if (wait === undefined) return;
    this.#byNumber.delete(number);
    this.#dirty.delete(wait);
    const ofObject = this.#byObject.get(wait.target.object);
    ofObject?.delete(wait);
    if (ofObject?.size === 0) this.#byObject.delete(wait.target.object);
  }

  close(): void {
    this.#stop();
    this.#byNumber.clear();
    this.#byObject.clear();
    this.#dirty.clear();
  }

  #onTouched(touched: Touched): void {
    if (this.#byNumber.size === 0) return;
    if ("ended" in touched) {
      this.#hear(touched);
      return;
    }
    const keys = keysOf(touched);
    if (keys === "many") {
      this.#mark(this.#byNumber.values());
      return;
    }
    for (const key of keys) this.#mark(this.#byObject.get(key) ?? []);
  }

  #hear({ objects, ended }: Heard): void {
    const history = new Map(ended.map((row) => [row.id, row]));
    const reached: Reached[] = [];
    const unclear: Wait[] = [];
    for (const [key, row] of objects) {
      for (const wait of [...(this.#byObject.get(key) ?? [])]) {
        const standing = standingHeard(wait, row, history);
        if (standing === undefined) unclear.push(wait);
        else if (standing !== "waiting") reached.push(this.#end(wait, standing, row?.realId));
      }
    }
    for (let from = 0; from < reached.length; from += maxRows) {
      this.#push(reached.slice(from, from + maxRows));
    }
    this.#mark(unclear);
  }

  #end(wait: Wait, standing: Standing, id: ObjectId | undefined): Reached {
    this.remove(wait.number);
    return toReached(wait.number, standing, id);
  }

  #mark(waits: Iterable<Wait>): void {
    for (const wait of waits) this.#dirty.add(wait);
    if (this.#dirty.size === 0 || this.#isLooking) return;
    this.#isLooking = true;
    queueMicrotask(() => void this.#look());
  }

  async #look(): Promise<void> {
    const unread: Wait[] = [];
    while (this.#dirty.size > 0) {
      const waits = [...this.#dirty].slice(0, maxRows);
      for (const wait of waits) this.#dirty.delete(wait);
      if (await this.#isRead(waits)) continue;
      // One row that cannot be read must not hold up the receipts of other objects.
      for (const wait of waits) if (!(await this.#isRead([wait]))) unread.push(wait);
    }
    // They look again at the next commit or heartbeat; a closed store ends them with the line.
    for (const wait of unread) if (this.#byNumber.has(wait.number)) this.#dirty.add(wait);
    this.#isLooking = false;
  }

  async #isRead(waits: readonly Wait[]): Promise<boolean> {
    try {
      await this.#lookAt(waits);
      return true;
    } catch (error) {
      if (failureOf(error)?.code !== "StorageClosed" && waits.length === 1) {
        this.#logger.error("A receipt could not be looked up.", { error });
      }
      return false;
    }
  }

  async #lookAt(waits: readonly Wait[]): Promise<void> {
    const seen = await this.#see(waits);
    const reached: Reached[] = [];
    for (const wait of waits) {
      if (!this.#byNumber.has(wait.number)) continue;
      const standing = standingOf(wait, seen);
      if (standing === "waiting") continue;
      reached.push(this.#end(wait, standing, seen.rows.get(wait.target.object)?.realId));
    }
    if (reached.length > 0) this.#push(reached);
  }

  /** No more than their standing depends on: a thousand receipts are asked for at once. */
  async #see(waits: readonly Wait[]): Promise<Seen> {
    const keys = keysOfTargets(waits.filter(dependsOnLane));
    const found = await this.#store.lanes(keys);
    const lanes = new Map(keys.map((key, index) => [key, found[index] ?? []]));
    const outbox = new Map(found.flat().map((row) => [row.sequence, row] as const));
    const sequencesOf = (wait: Wait): readonly Sequence[] =>
      operationsOf(wait, lanes.get(wait.target.object) ?? []).flatMap(
        (operation) => sequenceOf(operation) ?? [],
      );
    // In this order: an operation leaves the outbox and enters the history in one transaction.
    const asked = new Set(waits.flatMap(sequencesOf));
    const unseen = [...asked].filter((sequence) => !outbox.has(sequence));
    for (const row of await this.#store.get("outbox", unseen)) {
      if (row !== undefined) outbox.set(row.sequence, row);
    }
    const gone = unseen.filter((sequence) => !outbox.has(sequence));
    const history = await this.#store.get("history", gone);
    const isGone = new Set(gone);
    const rowKeys = keysOfTargets(
      waits.filter(
        (wait) =>
          wait.target.until === "settled" ||
          sequencesOf(wait).every((sequence) => isGone.has(sequence)),
      ),
    );
    const rows = await this.#store.get("objects", rowKeys);
    return {
      lanes,
      outbox,
      history: new Map(gone.map((number, index) => [number, history[index]])),
      rows: new Map(rowKeys.map((key, index) => [key, rows[index]])),
    };
  }
}

type Heard = Extract<Touched, { readonly ended: unknown }>;

/** What a commit made here says of a wait for an object that it touched; `undefined` where it must be looked up. */
function standingHeard(
  wait: Wait,
  row: ObjectRow | undefined,
  ended: ReadonlyMap<OperationId, HistoryRow>,
): Standing | undefined {
  const { target } = wait;
  const ackOf = (operation: OperationId): Standing | undefined => {
    const history = ended.get(operation);
    return history === undefined ? undefined : standingOfAck(operation, undefined, history);
  };
  // An operation that is still in the lane is parked or waits, and none of this lane is parked.
  const otherwise = row !== undefined && row.parked === 0 ? "waiting" : undefined;
  switch (target.until) {
    case "acked":
      return ackOf(target.operation) ?? otherwise;
    case "allAcked": {
      if (wait.operations === undefined) return undefined;
      const standings = wait.operations.map(ackOf);
      wait.operations = wait.operations.filter((_, index) => standings[index] !== "reached");
      const refusal = standings.find((standing) => typeof standing === "object");
      return refusal ?? (wait.operations.length === 0 ? "reached" : otherwise);
    }
    case "content":
      return row === undefined ? undefined : standingOfContent(row, target.behind);
    case "settled":
      if (row === undefined || !isClosedThere(row)) return undefined;
      return target.operation === undefined ? "reached" : ackOf(target.operation);
    default:
      return target satisfies never;
  }
}

function dependsOnLane({ target, operations }: Wait): boolean {
  return target.until === "settled" || (target.until === "allAcked" && operations === undefined);
}

function keysOfTargets(waits: readonly Wait[]): readonly LocalKey[] {
  return [...new Set(waits.map(({ target }) => target.object))];
}

/** Remembers in the wait what the lane shows now and later will not, and says which operations matter. */
function operationsOf(wait: Wait, lane: readonly OutboxRow[]): readonly OperationId[] {
  const { target } = wait;
  switch (target.until) {
    case "acked":
      return [target.operation];
    case "allAcked":
      wait.operations ??= lane.map(({ id }) => id);
      return wait.operations;
    case "content":
      return [];
    case "settled": {
      const close = wait.close ?? closeOf(lane)?.id;
      if (close !== undefined) wait.close = close;
      return [close, target.operation].filter((id) => id !== undefined);
    }
    default:
      return target satisfies never;
  }
}

function standingOf(wait: Wait, seen: Seen): Standing {
  const { target } = wait;
  const ack = (operation: OperationId): Standing => {
    const sequence = sequenceOf(operation) ?? -1;
    return standingOfAck(operation, seen.outbox.get(sequence), seen.history.get(sequence));
  };
  switch (target.until) {
    case "acked":
      return ack(target.operation);
    case "allAcked":
      return joined((wait.operations ?? []).map(ack));
    case "content": {
      const row = seen.rows.get(target.object);
      return row === undefined ? removed(target.object) : standingOfContent(row, target.behind);
    }
    case "settled": {
      const decisive = wait.close ?? target.operation;
      const history =
        decisive === undefined ? undefined : seen.history.get(sequenceOf(decisive) ?? -1);
      const close = standingOfClose({
        key: target.object,
        row: seen.rows.get(target.object),
        lane: seen.lanes.get(target.object) ?? [],
        ...(wait.close === undefined ? {} : { close: wait.close }),
        ...(history === undefined ? {} : { history }),
      });
      if (close !== "reached" || target.operation === undefined) return close;
      return ack(target.operation);
    }
    default:
      return target satisfies never;
  }
}

/** A refusal decides, then what is still on its way. */
function joined(standings: readonly Standing[]): Standing {
  return (
    standings.find((standing) => typeof standing === "object") ??
    (standings.includes("waiting") ? "waiting" : "reached")
  );
}

function toReached(wait: number, standing: Standing, id: ObjectId | undefined): Reached {
  return {
    wait,
    ...(id === undefined ? {} : { id }),
    ...(typeof standing === "object" ? { failure: standing } : {}),
  };
}
