import {
  classOfId,
  type Clock,
  compareToDescribe,
  delay,
  type EpochMs,
  type Expectation,
  type Failure,
  fromLocalKey,
  insideNonceWindow,
  isProjectKey,
  type JournalRow,
  type LocalKey,
  type ObjectId,
  type OutboxRow,
  stepAfterDescribe,
  unreachable,
} from "@holdfast/core";
import { isOfProject } from "./blocks.ts";
import type { Inquiry } from "./inquiry.ts";
import { type Instant, instantOf } from "./lease.ts";
import type { Ending } from "./outcomes.ts";
import { realIdsOf } from "./real-ids.ts";
import type { ServerClock } from "./server-clock.ts";
import type { Shades } from "./shades.ts";
import type { StoreReads } from "./store-reads.ts";

/** `"sendAgain"`: the same bytes once more; it may have had no effect, and repeating it does no harm. */
export type Resolution = Ending | "sendAgain";

/** The project that is asked about is stopped: nothing can be said before it is open again. */
export interface Stopped {
  readonly kind: "stopped";
  readonly reason: Failure;
}

export type Refusal = Extract<Ending, { kind: "invalid" | "refused" }>;

export interface Doubt {
  readonly row: JournalRow;
  readonly expected: Expectation;
  /**
   * Present where the platform refused the last attempt. A refusal that answers a resend settles only the resend:
   * the attempt before it may have had its effect (design §5, verdicts).
   */
  readonly refusal?: Refusal;
}

export interface DoubtsOptions {
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly serverClock: ServerClock;
  readonly inquiry: Inquiry;
  readonly shades: Shades;
  readonly processId: string;
  /** A close of a file was refused while it is open. Whether its parts are looked at, and it is closed again. */
  readonly closesAgain: (lane: LocalKey) => boolean;
  /** See `EngineLimits`. */
  readonly searchLagMs: number;
  readonly signal: AbortSignal;
}

/** What a describe has shown, and the base when it was asked. */
type Sighting = Pick<Extract<Ending, { kind: "rebased" }>, "described" | "base">;

type Effective = Extract<Ending, { kind: "effective" }>;

/** A copy is there, whether or not it can be described: it is not asked for ever. */
const copyAttempts = 3;

/** When something was decided, by each clock that may tell how long ago that is. */
export interface Moment extends Instant {
  /** The platform's time, where it was known. */
  readonly serverAt?: EpochMs;
}

/** How long after a look at the platform a request may leave on the strength of it. */
const findingsLastMs = 30_000;

/**
 * Resolves a request whose effect is unknown by asking before resending, as the table of design §5 says: a create
 * by its nonce and then its key, a close by sending it again, everything else by a describe.
 *
 * @see docs/decisions/0009-unknown-outcomes.md
 */
export class Doubts {
  readonly #options: DoubtsOptions;

  constructor(options: DoubtsOptions) {
    this.#options = options;
  }

  /**
   * Whether what allowed to send again no longer does: a nonce window has closed, or what was found is long ago,
   * since the request waited for the network.
   */
  isStale(sendAgain: {
    readonly row: JournalRow;
    readonly expected: Expectation;
    readonly resolvedAt: Moment;
  }): boolean {
    const { row, expected, resolvedAt } = sendAgain;
    const { method } = expected;
    if (method === "close" || method === "remove" || method === "clone") return false;
    if (expected.method === "new" && this.#isInsideWindow(row)) return false;
    const now = this.now();
    // By any clock: the monotonic one may have stood still while the machine slept, and the wall clock been set back by
    // as much. The platform's is read again at each reconnect.
    return (
      now.monotonicAt - resolvedAt.monotonicAt > findingsLastMs ||
      Math.abs(now.wallAt - resolvedAt.wallAt) > findingsLastMs ||
      (now.serverAt ?? 0) - (resolvedAt.serverAt ?? now.serverAt ?? 0) > findingsLastMs
    );
  }

  now(): Moment {
    const { clock, serverClock } = this.#options;
    const serverAt = serverClock.serverAt();
    return { ...instantOf(clock), ...(serverAt === undefined ? {} : { serverAt }) };
  }

  async resolve(doubt: Doubt): Promise<Resolution | Stopped> {
    const { expected, refusal } = doubt;
    switch (expected.method) {
      case "new":
        return await this.#resolveCreate(doubt);
      case "close":
        // A repeated close of a record or file succeeds and says so; of other classes it may be refused, which
        // then tells that it has happened.
        return refusal === undefined ? "sendAgain" : await this.#resolveByDescribe(doubt);
      case "addTypes":
      case "removeTypes":
      case "setDetails":
      case "setVisibility":
      case "rename":
      case "setProperties":
      case "addTags":
      case "removeTags":
      case "move":
      case "newFolder":
      case "renameFolder":
      case "moveFolder":
      case "removeFolder":
        return await this.#resolveByDescribe(doubt);
      case "remove":
        // Forced, it may be sent twice: what is gone already is a success (CS §3).
        return refusal === undefined ? "sendAgain" : await this.#resolveRemoval(doubt, refusal);
      case "clone":
        // May be sent twice: what is there already is a success (CS §4).
        return refusal === undefined ? "sendAgain" : await this.#resolveClone(doubt, refusal);
      default:
        return unreachable(expected.method);
    }
  }

  /** Refused on a resend: an attempt before may have had its effect. Where nobody can tell, a retry asks again. */
  async #resolveRemoval({ row, expected }: Doubt, refusal: Refusal): Promise<Resolution | Stopped> {
    const { project } = fromLocalKey(row.lane);
    const id = expected.id as ObjectId;
    const { store, inquiry } = this.#options;
    const [object] = await store.get("objects", [row.lane]);
    const reply = await inquiry.describe({ project, id });
    switch (reply.kind) {
      case "absent":
        return { kind: "effective", outcome: "found", id };
      case "described": {
        const asked = object?.base === undefined ? {} : { base: object.base };
        return seen(refusal, { described: reply.described.state, ...asked });
      }
      case "refused":
        return unsaid(reply.failure, { kind: "undecidable", reason: refusal.reason });
      default:
        return unreachable(reply);
    }
  }

  /** Refused: on a resend the copy may be there by an attempt before. */
  async #resolveClone(doubt: Doubt, refusal: Refusal): Promise<Resolution | Stopped> {
    const { project } = fromLocalKey(doubt.row.lane);
    const id = doubt.expected.id as ObjectId;
    const reply = await this.#options.inquiry.describe({ project, id });
    switch (reply.kind) {
      case "described": {
        const described = reply.described.state;
        return { kind: "effective", outcome: "found", id, described };
      }
      case "absent":
        return refusal;
      case "refused":
        return unsaid(reply.failure, { kind: "undecidable", reason: refusal.reason });
      default:
        return unreachable(reply);
    }
  }

  /** A copy that was there already is as it was, and a new one is as its object is by now: only a look tells (CS §4). */
  async seeCopy(row: JournalRow, ending: Effective): Promise<Effective> {
    const { project } = fromLocalKey(row.lane);
    const reply = await this.#options.inquiry.describe({ project, id: ending.id }, copyAttempts);
    return reply.kind === "described" ? { ...ending, described: reply.described.state } : ending;
  }

  async #resolveCreate({ row, refusal }: Doubt): Promise<Resolution | Stopped> {
    const { inquiry } = this.#options;
    const asksFirst = row.asksFirst === true;
    if (refusal === undefined && !asksFirst && this.#isInsideWindow(row)) return "sendAgain";
    const { project, id } = fromLocalKey(row.lane);
    if (row.key === undefined) return { kind: "undecidable", reason: undecidable(id, []) };
    const create = { project, class: classOfId(id), key: row.key };
    // It kept its nonce, and that may be what was invalid of it: by a copy that no search shows yet.
    const mayBeReused = asksFirst && refusal?.kind === "invalid";
    let reply = await inquiry.lookUp(create);
    if (mayBeReused && reply.kind === "found" && reply.ids.length === 0) {
      const { clock, searchLagMs, signal } = this.#options;
      await delay(clock, searchLagMs, signal);
      reply = await inquiry.lookUp(create);
    }
    if (reply.kind === "refused") return unsaid(reply.failure);
    const [found, ...others] = reply.ids;
    if (found === undefined) return mayBeReused ? { kind: "renewed" } : afterNoneFound(refusal);
    if (others.length > 0) return { kind: "undecidable", reason: undecidable(id, reply.ids) };
    if (!asksFirst) return { kind: "effective", outcome: "found", id: found };
    const look = await inquiry.describe({ project, id: found });
    if (look.kind !== "described") return unsaid(look.failure);
    const described = look.described.state;
    return { kind: "effective", outcome: "found", id: found, described };
  }

  #isInsideWindow(row: JournalRow): boolean {
    const { clock, serverClock, processId } = this.#options;
    const serverAt = serverClock.serverAt();
    return insideNonceWindow(row.firstAttempt, {
      process: processId,
      wallAt: clock.now(),
      monotonicAt: clock.monotonic(),
      ...(serverAt === undefined ? {} : { serverAt }),
    });
  }

  async #resolveByDescribe({ row, expected, refusal }: Doubt): Promise<Resolution | Stopped> {
    const { inquiry, store, shades } = this.#options;
    const { project } = fromLocalKey(row.lane);
    const id = expected.id as ObjectId;
    const [object] = await store.get("objects", [row.lane]);
    const base = object?.base;
    const reply = isProjectKey(row.lane)
      ? await inquiry.describeProject(project)
      : await inquiry.describe({ project, id });
    switch (reply.kind) {
      case "absent":
        return { kind: "refused", reason: reply.failure };
      case "refused":
        return unsaid(reply.failure, refusal);
      case "described":
        break;
      default:
        return unreachable(reply);
    }
    const rows = await rowsOf(store, row);
    const operations = rows.map(({ operation }) => operation);
    const seenState = reply.described.state;
    const described = object === undefined ? seenState : await shades.believable(object, seenState);
    const asked = base === undefined ? {} : { base };
    const sighting = { described, ...asked };
    const realIdOf = await realIdsOf(store, rows);
    const comparison = compareToDescribe({ operations, described, realIdOf, ...asked });
    const step = stepAfterDescribe(operations, comparison);
    switch (step) {
      case "done":
        return { kind: "effective", outcome: "found", id, ...sighting };
      case "sendAgain": {
        const isFileClose = expected.method === "close" && expected.class === "file";
        const isAgain = isFileClose && refusal?.reason.code === "InvalidState";
        if (isAgain && this.#options.closesAgain(row.lane)) return { kind: "renewed" };
        return seen(refusal, sighting) ?? "sendAgain";
      }
      case "rebase":
        // Somebody else changed the same field since. What is a set or an assignment of ours is sent again; whole
        // details would undo the other's work, and are merged with it.
        if (refusal !== undefined) return seen(refusal, sighting);
        if (expected.method !== "setDetails") return "sendAgain";
        return base === undefined
          ? seen(changedElsewhere(id), sighting)
          : { kind: "rebased", ...sighting };
      case "conflict":
        return seen(refusal ?? changedElsewhere(id), sighting);
      default:
        return unreachable(step);
    }
  }
}

/** The operations a journalled request carries. */
export async function rowsOf(store: StoreReads, row: JournalRow): Promise<readonly OutboxRow[]> {
  const rows = await store.get("outbox", row.operations);
  return rows.filter((one) => one !== undefined);
}

/**
 * Nothing was found. What is invalid was invalid at every attempt, since the bytes are the same; what was refused
 * for another reason may still be found later, under the same bytes and nonce.
 */
function afterNoneFound(refusal: Doubt["refusal"]): Resolution {
  if (refusal === undefined) return "sendAgain";
  return refusal.kind === "invalid" ? refusal : { kind: "undecidable", reason: refusal.reason };
}

/** Where the platform will not say. */
function unsaid(
  failure: Failure,
  otherwise: Ending = { kind: "undecidable", reason: failure },
): Ending | Stopped {
  return isOfProject(failure) ? { kind: "stopped", reason: failure } : otherwise;
}

function undecidable(id: string, objects: readonly string[]): Failure {
  const what =
    objects.length === 0
      ? "It may have been created, and carries no key by which it could be found"
      : `More than one object was created for it: ${objects.join(", ")}`;
  return {
    code: "Undecidable",
    message: `${id}: ${what}. Look at the project, then retry or discard the change.`,
    ...(objects.length === 0 ? {} : { objects }),
  };
}

/** What a describe has shown goes with the refusal, or the view would go on showing what is no longer so. */
function seen<Refused extends Refusal | undefined>(refusal: Refused, sighting: Sighting): Refused {
  return refusal === undefined ? refusal : { ...refusal, ...sighting };
}

function changedElsewhere(id: ObjectId): Refusal {
  return {
    kind: "refused",
    reason: {
      code: "Conflict",
      message: `${id} was changed by somebody else. Retry to overwrite that, or discard the change.`,
      object: id,
    },
  };
}
