import {
  baseOf,
  type CloneOperation,
  type Failure,
  isUnborn,
  type LocalKey,
  type ObjectRow,
  type OutboxRow,
  removalIn,
  toLocalKey,
} from "@holdfast/core";
import type { HiddenObjects } from "./hidden-objects.ts";
import { readLanes, readObjects } from "./read-rows.ts";
import type { StoreReads } from "./store-reads.ts";

/** What a lane has to wait for outside itself. */
export interface Order {
  /** Objects whose rows have to change first. */
  readonly waitsFor: readonly LocalKey[];
  /** Only the removal waits; what is before it goes on. Else all of the lane waits. */
  readonly holdsRemoval: boolean;
  /** The clone can never be made. */
  readonly hopeless?: { readonly row: OutboxRow; readonly reason: Failure };
}

const free: Order = { waitsFor: [], holdsRemoval: false };

/** Whether the lane has anything that other lanes are ordered with: nearly none has. */
export function isOrdered(rows: readonly OutboxRow[]): boolean {
  return rows.some(({ operation: { kind } }) => kind === "clone" || kind === "remove");
}

/**
 * Orders clones with what they touch in other lanes (design §5, dependencies): a clone waits until its object and every
 * hidden one it leads to is closed on the platform, and until what was called on its object before it is done; a removal
 * waits for the clones called before it.
 */
export class CloneOrder {
  readonly #store: StoreReads;
  readonly #hidden: HiddenObjects;

  constructor(store: StoreReads, hidden: HiddenObjects) {
    this.#store = store;
    this.#hidden = hidden;
  }

  async look(key: LocalKey, rows: readonly OutboxRow[]): Promise<Order> {
    const removal = removalIn(rows);
    if (removal !== undefined && removal.request === undefined) {
      const waitsFor = await this.#clonesBefore(key, removal);
      return waitsFor.length === 0 ? free : { waitsFor, holdsRemoval: true };
    }
    const [first] = rows;
    if (first?.operation.kind !== "clone" || !isUnborn(rows) || first.parked !== undefined)
      return free;
    return await this.#sources(first, first.operation);
  }

  /** Copies whose clone is on its way and takes the object along: it must be there then. */
  async #clonesBefore(key: LocalKey, removal: OutboxRow): Promise<readonly LocalKey[]> {
    const object = (await readObjects(this.#store, [key])).get(key);
    if (object === undefined) return [];
    const taking = [object, ...(await this.#hidden.leadingTo(object))];
    const ids = taking.flatMap(namesOf);
    const found = await this.#store.find({ id: ids, visibility: "either", limit: maxCopies });
    const copies = found.filter(
      ({ project, pending }) => project !== object.project && pending > 0,
    );
    const lanes = await readLanes(
      this.#store,
      copies.map((copy) => copy.key),
    );
    return copies
      .filter((copy) => {
        const lane = lanes.get(copy.key);
        // Nobody can tell whether it begins with a clone.
        if (lane === undefined) return true;
        const [first] = lane;
        return (
          first?.operation.kind === "clone" &&
          first.operation.from === object.project &&
          first.parked === undefined &&
          first.sequence < removal.sequence
        );
      })
      .map((copy) => copy.key);
  }

  async #sources(row: OutboxRow, { from, object: id }: CloneOperation): Promise<Order> {
    const key = toLocalKey(from, id);
    const sources = await readObjects(this.#store, [key]);
    // Nobody can tell what is still to be done with it.
    if (!sources.has(key)) return { waitsFor: [key], holdsRemoval: false };
    const source = sources.get(key);
    if (source === undefined) {
      const message = `${id} is gone from ${from}, so it cannot be cloned from there. Discard the copy.`;
      return { ...free, hopeless: { row, reason: { code: "Removed", message, object: id } } };
    }
    const taken = [source, ...(await this.#hidden.behind(key))];
    const lanes = await readLanes(
      this.#store,
      taken.map((object) => object.key),
    );
    const waitsFor = taken.filter((object) => {
      const lane = lanes.get(object.key);
      if (lane === undefined) return true;
      if (baseOf(object)?.state !== "closed" && isClosing(object, lane)) return true;
      // Its names and tags travel as they are then: those that were called before belong to the copy.
      return lane.some((other) => other.parked === undefined && other.sequence < row.sequence);
    });
    return { waitsFor: waitsFor.map((object) => object.key), holdsRemoval: false };
  }
}

/** Objects of one id in as many projects are looked at. */
const maxCopies = 1_000;

/**
 * What nobody here closes is not waited for: the platform then says why it will not be cloned. Nor is what somebody else
 * is closing, since nobody here would hear of its end.
 */
function isClosing(object: ObjectRow, lane: readonly OutboxRow[]): boolean {
  if (baseOf(object)?.state === "closing") return object.unsettled === true;
  return lane.some(
    ({ operation }) =>
      operation.kind === "close" ||
      operation.kind === "clone" ||
      (operation.kind === "create" && operation.input.close),
  );
}

function namesOf({ id, realId }: ObjectRow): readonly string[] {
  return realId === undefined ? [id] : [id, realId];
}
