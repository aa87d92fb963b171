import {
  aliasesOfShades,
  baseOf,
  canStillChange,
  type Clock,
  delay,
  expectationOf,
  fromLocalKey,
  type JournalRow,
  type LateObjectInput,
  type LocalKey,
  type Logger,
  type ObjectRow,
  type ObjectState,
  type Operation,
  type OutboxRow,
  type Random,
  settleShades,
  type ShadesInput,
  takeLateClone,
  takeLateRemoval,
  unreachable,
  type Until,
  withoutLate,
  type Write,
} from "@holdfast/core";
import type { Inquiry } from "./inquiry.ts";
import { type Instant, instantOf } from "./lease.ts";
import type { EngineLimits } from "./limits.ts";
import { readLanes, readObjects } from "./read-rows.ts";
import { realIdsAmong } from "./real-ids.ts";
import type { ServerClock } from "./server-clock.ts";
import type { StoreReads } from "./store-reads.ts";
import type { Term } from "./term.ts";

export interface ShadesOptions {
  readonly term: Term;
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits: EngineLimits;
  readonly serverClock: ServerClock;
  readonly inquiry: Inquiry;
  readonly isOnline: () => boolean;
}

interface Open {
  /** Of this process's monotonic clock. */
  readonly untilMonotonic: number;
  readonly until: Until | undefined;
}

/** One lane with requests that were given up and may still land. */
interface Lane {
  /** Until when each may land, by journal number. */
  readonly open: Map<number, Open>;
  /** When the object was looked at last, nothing of it having changed since. */
  seenAt: Instant | undefined;
  /** Counts its outcomes: what was asked about before one is not believed after it. */
  outcomes: number;
  looking: Promise<void> | undefined;
  /** How often the platform would not say, one time after the other, and when it may be asked again. */
  refusals: number;
  notBefore: number;
}

/** What is known before the platform is asked. */
interface Kept {
  readonly rows: readonly JournalRow[];
  readonly object: ObjectRow | undefined;
  /** Undefined where one of them, or the object, cannot be read. */
  readonly lane: readonly OutboxRow[] | undefined;
}

const nothingKept: Kept = { rows: [], object: undefined, lane: undefined };

function carries({ shade }: JournalRow, kind: Operation["kind"]): boolean {
  return shade?.operations.some((operation) => operation.kind === kind) === true;
}

/** How long a look is good for: what leaves later may have been overtaken meanwhile. */
const looksLastMs = 30_000;

/** Where the platform would not describe the object: each time twice as long. */
const againAfterMs = 60_000;
const againAfterAtMostMs = 10 * againAfterMs;

/**
 * Watches objects of which a request was given up that may still land (design §5, late delivery). Looks at them before
 * their close is journalled, and once when nothing of it can land any more.
 *
 * @see docs/decisions/0025-late-delivery-and-closing.md
 */
export class Shades {
  readonly #options: ShadesOptions;
  readonly #lanes = new Map<LocalKey, Lane>();

  constructor(options: ShadesOptions) {
    this.#options = options;
  }

  /** Until when what is given up now may land. */
  lateUntil(): Until {
    const { clock, limits, serverClock } = this.#options;
    const serverAt = serverClock.serverAt();
    return {
      wallAt: clock.now() + limits.lateMs,
      ...(serverAt === undefined ? {} : { serverAt: serverAt + limits.lateMs }),
    };
  }

  /** An outcome of the lane is to be written: these learn of it. */
  numbersOf(lane: LocalKey): readonly number[] {
    return [...(this.#lanes.get(lane)?.open.keys() ?? [])];
  }

  /** Those of the objects of a project. */
  numbersIn(projectLane: LocalKey): readonly number[] {
    const { project } = fromLocalKey(projectLane);
    const keys = [...this.#lanes.keys()].filter((key) => key !== projectLane);
    return keys
      .filter((key) => fromLocalKey(key).project === project)
      .flatMap((key) => this.numbersOf(key));
  }

  /** An outcome of the lane was written. `late`: the request was given up once and may still land. */
  onOutcome(row: JournalRow, { late }: { readonly late: boolean }): void {
    if (late) this.#open(row.lane, row.number, undefined);
    const lane = this.#lanes.get(row.lane);
    if (lane === undefined) return;
    lane.outcomes += 1;
    lane.seenAt = undefined;
  }

  /** A shade that an earlier process left. */
  recall(row: JournalRow): void {
    this.#open(row.lane, row.number, row.shade?.until);
  }

  /** Whether the lane's object is to be looked at before a close of it leaves. */
  looksFirst(key: LocalKey): boolean {
    const lane = this.#lanes.get(key);
    if (lane === undefined) return false;
    const { seenAt } = lane;
    if (seenAt === undefined) return true;
    const now = instantOf(this.#options.clock);
    return (
      now.monotonicAt - seenAt.monotonicAt > looksLastMs ||
      Math.abs(now.wallAt - seenAt.wallAt) > looksLastMs
    );
  }

  /** What is described, without what a request that landed late has brought back: that is no change of somebody's. */
  async believable(object: ObjectRow, described: ObjectState): Promise<ObjectState> {
    const base = baseOf(object);
    const rows = await this.#rowsOf(object.key);
    if (rows.length === 0 || base === undefined) return described;
    const shades = rows.flatMap(({ shade }) => (shade === undefined ? [] : [shade]));
    const realIdOf = await realIdsAmong(this.#options.store, aliasesOfShades(object, rows));
    return withoutLate(described, base, { shades, realIdOf });
  }

  /** Looks at the lane's object and sets again what went back, before a close or when the time is over. */
  async look(key: LocalKey): Promise<void> {
    await this.#lookAll([key]);
  }

  /** Until the term ends. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, limits, isOnline } = this.#options;
    while (!signal.aborted) {
      await delay(clock, limits.heartbeatMs, signal);
      if (isOnline()) await this.#lookAll(this.#due());
    }
  }

  #due(): readonly LocalKey[] {
    const now = this.#options.clock.monotonic();
    const due: LocalKey[] = [];
    for (const [key, lane] of this.#lanes) {
      if (due.length >= this.#options.limits.objectsPerCall) break;
      if (now >= lane.notBefore && this.#overIn(lane).length > 0) due.push(key);
    }
    return due;
  }

  /**
   * Counted by the monotonic clock from when this process heard of it, or by the platform's time. A wall clock may have
   * been set, and says nothing.
   */
  #overIn(lane: Lane): readonly number[] {
    const { clock, serverClock } = this.#options;
    const now = clock.monotonic();
    const serverAt = serverClock.serverAt() ?? 0;
    return [...lane.open].flatMap(([number, { untilMonotonic, until }]) =>
      untilMonotonic <= now || (until?.serverAt ?? Number.POSITIVE_INFINITY) <= serverAt
        ? [number]
        : [],
    );
  }

  async #lookAll(keys: readonly LocalKey[]): Promise<void> {
    const lanes = keys.flatMap((key) => {
      const lane = this.#lanes.get(key);
      return lane === undefined ? [] : [{ key, lane }];
    });
    const anew = lanes.filter(({ lane }) => lane.looking === undefined);
    const reading = this.#read(anew.map(({ key }) => key));
    for (const [index, { key, lane }] of anew.entries()) {
      lane.looking = this.#look(key, lane, () => reading.then((kept) => kept[index])).finally(
        () => {
          lane.looking = undefined;
        },
      );
    }
    await Promise.all([reading, ...lanes.map(({ lane }) => lane.looking)]);
  }

  /** For all that are looked at together, in a few reads. */
  async #read(keys: readonly LocalKey[]): Promise<readonly Kept[]> {
    if (keys.length === 0) return [];
    const { store } = this.#options;
    const numbers = keys.map((key) => this.numbersOf(key));
    const [journal, objects, lanes] = await Promise.all([
      store.get("journal", numbers.flat()),
      readObjects(store, keys),
      readLanes(store, keys),
    ]);
    const byNumber = new Map(
      journal.flatMap((row) => (row === undefined ? [] : [[row.number, row]])),
    );
    return keys.map((key, index) => ({
      rows: (numbers[index] ?? []).flatMap((number) => byNumber.get(number) ?? []),
      object: objects.get(key),
      lane: objects.has(key) ? lanes.get(key) : undefined,
    }));
  }

  async #look(key: LocalKey, lane: Lane, read: () => Promise<Kept | undefined>): Promise<void> {
    const { clock, inquiry, term } = this.#options;
    const asked = instantOf(clock);
    const { outcomes } = lane;
    const { rows, object, lane: waiting } = (await read()) ?? nothingKept;
    const inDoubt = rows.flatMap(({ number, shade }) => (shade === undefined ? [number] : []));
    const over = this.#overIn(lane).filter((number) => !inDoubt.includes(number));
    if (inDoubt.length > 0) {
      // A person may still give it up, and then it is a shade: whoever discards it tells nobody.
      lane.notBefore = clock.monotonic() + againAfterMs;
    }
    if (waiting === undefined) {
      // Nothing of it is sent, and nothing of it could be written: it stays until a person decides.
      this.#putOff(lane);
      return;
    }
    const base = object === undefined ? undefined : baseOf(object);
    const clone = rows.find((row) => carries(row, "clone"));
    if (object === undefined && clone !== undefined) {
      await this.#lookForCopy(key, lane, { clone, over });
      return;
    }
    if (object?.realId === undefined || base === undefined) {
      await this.#settle(key, lane, { over });
      return;
    }
    if (!rows.some(({ shade }) => shade !== undefined && canStillChange(shade, base))) {
      await this.#settle(key, lane, { over });
      lane.seenAt = asked;
      return;
    }
    // Its outcome brings us back; before it nothing that is described could be believed.
    if (waiting.some((row) => row.request !== undefined && row.parked === undefined)) return;
    const reply =
      object.class === "project"
        ? await inquiry.describeProject(object.project)
        : await inquiry.describe({ project: object.project, id: object.realId });
    term.signal.throwIfAborted();
    switch (reply.kind) {
      case "described": {
        if (lane.outcomes !== outcomes) return;
        const isSettled = await this.#settle(key, lane, {
          over,
          object,
          rows,
          seen: { described: reply.described.state, base },
        });
        if (isSettled) lane.seenAt = asked;
        lane.refusals = 0;
        return;
      }
      case "absent":
        if (rows.some((row) => carries(row, "remove"))) {
          await this.#takeLate(key, lane, (late) => takeLateRemoval(late));
        } else await this.#settle(key, lane, { over: this.numbersOf(key) });
        return;
      case "refused":
        // Nothing can be seen, so nothing is to be waited for: the close's own answer says more.
        lane.seenAt = asked;
        this.#putOff(lane);
        return;
      default:
        unreachable(reply);
    }
  }

  /** What has landed stays wrong until it is seen, so it is asked about until somebody may see it. */
  #putOff(lane: Lane): void {
    const waitMs = Math.min(againAfterMs * 2 ** lane.refusals, againAfterAtMostMs);
    lane.refusals += 1;
    lane.notBefore = this.#options.clock.monotonic() + waitMs;
  }

  /** A clone was given up, and the copy is not here any more: it may be there again. */
  async #lookForCopy(
    key: LocalKey,
    lane: Lane,
    { clone, over }: { readonly clone: JournalRow; readonly over: readonly number[] },
  ): Promise<void> {
    const { inquiry, term } = this.#options;
    const { id } = expectationOf(clone);
    if (id === undefined) return;
    const reply = await inquiry.describe({ project: fromLocalKey(key).project, id });
    term.signal.throwIfAborted();
    switch (reply.kind) {
      case "described": {
        const described = reply.described.state;
        await this.#takeLate(key, lane, (late) => takeLateClone({ ...late, id, described }));
        return;
      }
      case "absent":
        await this.#settle(key, lane, { over });
        return;
      case "refused":
        this.#putOff(lane);
        return;
      default:
        unreachable(reply);
    }
  }

  /** What was given up has made or taken away the whole object. */
  async #takeLate(
    key: LocalKey,
    lane: Lane,
    take: (late: LateObjectInput) => Write<boolean>,
  ): Promise<void> {
    const { term, clock, random, serverClock, logger } = this.#options;
    const over = this.numbersOf(key);
    const serverOffsetMs = serverClock.offsetMs();
    const offset = serverOffsetMs === undefined ? {} : { serverOffsetMs };
    const { epoch } = term;
    const late = { epoch, lane: key, over, random, at: clock.now(), ...offset };
    if (!(await term.write(take(late)))) return;
    logger.warn("A request that was given up has landed late.", { object: key });
    this.#forget(key, lane, over);
  }

  async #settle(
    key: LocalKey,
    lane: Lane,
    look: {
      readonly over: readonly number[];
      readonly object?: ObjectRow;
      /** Journal rows of the lane's shades, where something was seen. */
      readonly rows?: readonly JournalRow[];
      readonly seen?: ShadesInput["seen"];
    },
  ): Promise<boolean> {
    const { term, clock, random, serverClock } = this.#options;
    const { over, object, rows = [], seen } = look;
    if (over.length === 0 && seen === undefined) return true;
    const serverOffsetMs = serverClock.offsetMs();
    const { isSettled } = await term.write(
      settleShades({
        epoch: term.epoch,
        lane: key,
        shades: rows.map(({ number }) => number),
        over,
        aliases: object === undefined ? [] : aliasesOfShades(object, rows),
        random,
        at: clock.now(),
        ...(seen === undefined ? {} : { seen }),
        ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }),
      }),
    );
    if (!isSettled) return false;
    this.#forget(key, lane, over);
    return true;
  }

  #forget(key: LocalKey, lane: Lane, over: readonly number[]): void {
    for (const number of over) lane.open.delete(number);
    if (lane.open.size === 0) this.#lanes.delete(key);
  }

  async #rowsOf(key: LocalKey): Promise<readonly JournalRow[]> {
    const numbers = this.numbersOf(key);
    if (numbers.length === 0) return [];
    const rows = await this.#options.store.get("journal", numbers);
    return rows.filter((row) => row !== undefined);
  }

  #open(key: LocalKey, number: number, until: Until | undefined): void {
    const { clock, limits } = this.#options;
    const lane = this.#lanes.get(key) ?? {
      open: new Map(),
      seenAt: undefined,
      outcomes: 0,
      looking: undefined,
      refusals: 0,
      notBefore: 0,
    };
    this.#lanes.set(key, lane);
    lane.open.set(number, { untilMonotonic: clock.monotonic() + limits.lateMs, until });
  }
}
