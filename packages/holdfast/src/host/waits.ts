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
import { maxRows, type Push, type WaitTarget } from "../wire.ts";
import { type ChangeFeed, keysOf, type Touched } from "./change-feed.ts";
import { closeOf, type Standing, standingOfAck, standingOfClose } from "./settlement.ts";

type Reached = Extract<Push, { push: "reached" }>["waits"][number];

interface Wait {
  readonly number: number;
  readonly target: WaitTarget;
  /** Of `allAcked`: what was in the lane at the call. */
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
 * Who waits for an ack or a close. Looked up in the store whenever a commit of any tab touches the object, so a
 * wait ends whoever sends, and also one that is made again after a restart.
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
    const keys = keysOf(touched);
    if (keys === "many") {
      this.#mark(this.#byNumber.values());
      return;
    }
    for (const key of keys) this.#mark(this.#byObject.get(key) ?? []);
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
      this.remove(wait.number);
      const id = seen.rows.get(wait.target.object)?.realId;
      reached.push(toReached(wait.number, standing, id));
    }
    if (reached.length > 0) this.#push(reached);
  }

  async #see(waits: readonly Wait[]): Promise<Seen> {
    const keys = [...new Set(waits.map(({ target }) => target.object))];
    const found = await this.#store.lanes(keys);
    const lanes = new Map(keys.map((key, index) => [key, found[index] ?? []]));
    const sequences = new Set<Sequence>();
    for (const wait of waits) {
      const lane = lanes.get(wait.target.object) ?? [];
      for (const operation of operationsOf(wait, lane)) {
        const sequence = sequenceOf(operation);
        if (sequence !== undefined) sequences.add(sequence);
      }
    }
    // In this order: an operation leaves the outbox and enters the history in one transaction.
    const numbers = [...sequences];
    const outbox = await this.#store.get("outbox", numbers);
    const history = await this.#store.get("history", numbers);
    const rows = await this.#store.get("objects", keys);
    return {
      lanes,
      outbox: new Map(numbers.map((number, index) => [number, outbox[index]])),
      history: new Map(numbers.map((number, index) => [number, history[index]])),
      rows: new Map(keys.map((key, index) => [key, rows[index]])),
    };
  }
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
