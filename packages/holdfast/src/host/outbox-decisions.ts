import {
  type Clock,
  discard,
  discardPreview,
  type Failure,
  type FailureCode,
  failureOf,
  fromLocalKey,
  HoldfastError,
  isOrigin,
  isProjectId,
  type LocalKey,
  type OperationId,
  type OutboxRow,
  projectKey,
  retryParked,
  sequenceOf,
  type Store,
} from "@holdfast/core";
import type { DiscardPreview, OutboxEntry, OutboxSelection } from "../outbox.ts";
import { findObject, parseLocalKey } from "./object-keys.ts";
import { toEntries } from "./outbox-entries.ts";
import { outboxPages, type ParkedIndex } from "./parked-index.ts";

export interface DecisionPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly parked: ParkedIndex;
}

/** Lets the chosen parked operations go again. */
export async function retrySelection(
  ports: DecisionPorts,
  selection: OutboxSelection,
): Promise<number> {
  const chosen = (await select(ports, selection)).filter((row) => row.parked !== undefined);
  return await retryRows(ports, chosen);
}

/** @param options - `reason`: only what is still parked for it. */
export async function retryRows(
  { store, clock }: Pick<DecisionPorts, "store" | "clock">,
  chosen: readonly OutboxRow[],
  options: { readonly reason?: FailureCode } = {},
): Promise<number> {
  const serverOffset = await serverOffsetOf(store);
  const writes = Array.from(byLane(chosen), ([lane, rows]) =>
    store.write(
      retryParked({
        lane,
        operations: rows.map(({ sequence }) => sequence),
        at: clock.now(),
        ...serverOffset,
        ...options,
      }),
    ),
  );
  const results = await Promise.all(writes);
  return results.reduce((sum, { retried }) => sum + retried.length, 0);
}

export async function discardSelection(
  ports: DecisionPorts,
  selection: OutboxSelection,
): Promise<number> {
  return await discardRows(ports, await select(ports, selection));
}

/**
 * Gives the chosen operations up, in each lane in the user's order; lanes share their transactions. Refused as a whole
 * where one of them is on its way. What another tab or an ack takes away meanwhile is left out of the number.
 * @param options - `policy`: what the app has stated for what is parked so, where no person has chosen.
 */
export async function discardRows(
  { store, clock }: Pick<DecisionPorts, "store" | "clock">,
  chosen: readonly OutboxRow[],
  options: { readonly policy?: FailureCode } = {},
): Promise<number> {
  const dependants = await dependantsOf(store, chosen);
  const serverOffset = await serverOffsetOf(store);
  const give = (row: OutboxRow): Promise<readonly OperationId[] | Failure> =>
    givenUp(
      store,
      discard({
        lane: row.lane,
        operation: row.id,
        at: clock.now(),
        ...serverOffset,
        dependants: dependants.get(row.lane) ?? [],
        ...(row.request === undefined ? {} : { request: row.request }),
        ...options,
      }),
    );
  const isUnderWay = (row: OutboxRow): boolean =>
    row.request !== undefined && row.parked === undefined;
  const underWay = chosen.find(isUnderWay);
  // Tried first: its refusal comes while nothing has been given up yet.
  const first = underWay === undefined ? [] : await give(underWay);
  if ("code" in first && first.code === "InvalidState") throw new HoldfastError(first);
  const lanes = Array.from(byLane(chosen).values(), async (rows) => {
    const gone = new Set<string>("code" in first ? [] : first);
    const refusals: Failure[] = [];
    for (const row of rows) {
      if (gone.has(row.id)) continue;
      const given = await give(row);
      if ("code" in given) refusals.push(given);
      else for (const id of given) gone.add(id);
    }
    return { gone, refusals };
  });
  const ends = await Promise.all(lanes);
  const gone = new Set(ends.flatMap((end) => [...end.gone]));
  const [refusal] = ends.flatMap(({ refusals }) => refusals);
  if (gone.size === 0 && refusal !== undefined && refusal.code !== "ResourceNotFound") {
    throw new HoldfastError(refusal);
  }
  return gone.size;
}

/** The refusal where the operation is gone or on its way by now; whatever else goes wrong is thrown. */
async function givenUp(
  store: Store,
  write: ReturnType<typeof discard>,
): Promise<readonly OperationId[] | Failure> {
  try {
    return (await store.write(write)).discarded;
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.code === "ResourceNotFound" || failure?.code === "InvalidState") return failure;
    throw error;
  }
}

export async function previewSelection(
  ports: DecisionPorts,
  selection: OutboxSelection,
): Promise<DiscardPreview> {
  const { store } = ports;
  const chosen = await select(ports, selection);
  const others = await waitingRows(store);
  const keys = [...new Set(chosen.map(({ lane }) => lane))];
  const found = await store.lanes(keys);
  const lanes = new Map(keys.map((key, index) => [key, found[index] ?? []]));
  const discarded = new Set<OperationId>();
  const parked = new Set<OperationId>();
  for (const row of chosen) {
    const preview = discardPreview(row, lanes.get(row.lane) ?? [], others);
    for (const id of preview.discarded) discarded.add(id);
    for (const id of preview.parked) parked.add(id);
  }
  for (const id of discarded) parked.delete(id);
  return {
    operations: await entriesOf(store, discarded),
    parks: await entriesOf(store, parked),
    objects: keys.filter((key) =>
      chosen.some(({ lane, operation }) => lane === key && isOrigin({ operation })),
    ),
  };
}

async function entriesOf(
  store: Store,
  ids: ReadonlySet<OperationId>,
): Promise<readonly OutboxEntry[]> {
  const sequences = [...ids].map((id) => sequenceOf(id)).filter((number) => number !== undefined);
  const rows = await store.get("outbox", sequences);
  const there = rows.filter((row) => row !== undefined);
  return await toEntries(store, inOrder(there));
}

async function select(
  { store, parked }: DecisionPorts,
  selection: OutboxSelection,
): Promise<readonly OutboxRow[]> {
  checkSelection(selection);
  if ("operations" in selection) {
    const sequences = selection.operations.map((id) => sequenceOf(id) ?? -1);
    const rows = await store.get("outbox", sequences);
    const there = rows.filter((row, index) => row?.id === selection.operations[index]);
    return inOrder(there as readonly OutboxRow[]);
  }
  const rows = await candidates({ store, parked }, selection);
  if ("parked" in selection) return rows.filter((row) => row.parked !== undefined);
  if (!("reason" in selection)) return rows;
  return rows.filter((row) => row.parked?.reason.code === selection.reason);
}

/** The object's operations, or else everything parked. */
async function candidates(
  { store, parked }: Pick<DecisionPorts, "store" | "parked">,
  { object }: { readonly object?: string },
): Promise<readonly OutboxRow[]> {
  if (object === undefined) {
    await parked.refresh();
    return parked.rows();
  }
  const [lane = []] = await store.lanes([await laneOf(store, object)]);
  return lane;
}

/** That of an object, or of a project and its folders. */
async function laneOf(store: Store, text: string): Promise<LocalKey> {
  if (isProjectId(text)) return projectKey(text);
  const [project] = text.split("/");
  if (isProjectId(project) && text === projectKey(project)) return projectKey(project);
  // By its key also what is being removed: so the removal is given up.
  const key = parseLocalKey(text);
  if (key !== undefined && (await store.get("objects", [key]))[0] !== undefined) return key;
  const found = await findObject(store, text);
  if ("failure" in found) throw new HoldfastError(found.failure);
  return found.row.key;
}

/** What gives changes up is not guessed from something else. */
function checkSelection(selection: unknown): void {
  const given = (selection ?? {}) as Readonly<Record<string, unknown>>;
  const { operations, object, reason, parked, ...others } = given;
  const isIds = Array.isArray(operations) && [...operations].every((id) => typeof id === "string");
  const isObject = object === undefined || typeof object === "string";
  const isReason = reason === undefined || typeof reason === "string";
  const isParked = parked === undefined || parked === true;
  const kinds = [operations, reason, parked].filter((kind) => kind !== undefined).length;
  const isRight =
    Object.keys(others).length === 0 &&
    (operations === undefined
      ? isObject && isReason && isParked && kinds <= 1 && (kinds === 1 || object !== undefined)
      : isIds && kinds === 1 && object === undefined);
  if (isRight) return;
  throw new HoldfastError({
    code: "InvalidInput",
    message:
      "Choose by one of `operations` (ids), `object`, `reason` or `parked: true`; the last two also within an `object`.",
  });
}

/** For each chosen create, the lanes of the operations that mention its object. */
async function dependantsOf(
  store: Store,
  chosen: readonly OutboxRow[],
): Promise<ReadonlyMap<LocalKey, readonly LocalKey[]>> {
  const creates = new Map<string, LocalKey>();
  for (const { operation, lane } of chosen) {
    if (operation.kind === "create") creates.set(fromLocalKey(lane).id, lane);
  }
  const dependants = new Map<LocalKey, LocalKey[]>();
  if (creates.size === 0) return dependants;
  for (const row of await waitingRows(store)) {
    for (const id of row.waitsFor) {
      const lane = creates.get(id);
      if (lane === undefined || lane === row.lane) continue;
      dependants.set(lane, [...(dependants.get(lane) ?? []), row.lane]);
    }
  }
  return dependants;
}

/** The operations that mention an object made here. */
async function waitingRows(store: Store): Promise<readonly OutboxRow[]> {
  const waiting: OutboxRow[] = [];
  for await (const rows of outboxPages(store, 1_000)) {
    waiting.push(...rows.filter((row) => row.waitsFor.length > 0));
  }
  return waiting;
}

async function serverOffsetOf(store: Store): Promise<{ readonly serverOffsetMs?: number }> {
  const [clock] = await store.get("meta", ["serverClock"]);
  return clock?.name === "serverClock" ? { serverOffsetMs: clock.offsetMs } : {};
}

function byLane(rows: readonly OutboxRow[]): ReadonlyMap<LocalKey, readonly OutboxRow[]> {
  const lanes = new Map<LocalKey, OutboxRow[]>();
  for (const row of rows) {
    const lane = lanes.get(row.lane);
    if (lane === undefined) lanes.set(row.lane, [row]);
    else lane.push(row);
  }
  return lanes;
}

function inOrder(rows: readonly OutboxRow[]): readonly OutboxRow[] {
  return [...rows].sort((left, right) => left.sequence - right.sequence);
}
