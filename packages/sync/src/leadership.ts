import {
  type Clock,
  delay,
  type LeaseRow,
  type Locks,
  type Logger,
  type Store,
} from "@holdfast/core";
import { instantOf, isSameLease, leaseFrom, raiseLease } from "./lease.ts";
import { Term, type TermEnd } from "./term.ts";

export interface LeadershipOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly locks: Locks;
  readonly logger: Logger;
  /** Names this contender in the lease row. */
  readonly owner: string;
  /** The same for all engines of one store, and no others: it carries the host and the user. */
  readonly lockName: string;
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  /** Runs one term to its end. Nothing may be sent or written for the term once it has resolved. */
  readonly lead: (term: Term) => Promise<void>;
}

/**
 * Contends for being the one sender until the signal aborts. The truth is the lease row; the lock only saves
 * contention. Who is given the lock leads at once, since its holder is gone; who sees the lease lapse while the
 * lock is held, by a frozen tab say, leads without it. A sender that stops for whatever reason is replaced within
 * `leaseMs` + `heartbeatMs` + one transaction: 15 s by default.
 *
 * @see docs/decisions/0008-one-sender.md
 */
export async function contend(options: LeadershipOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await contendOnce(options, signal);
    } catch (error) {
      options.logger.error("The sender's lock could not be asked for; it is tried again.", {
        error,
      });
    }
    // Who resigned, or lost a race, lets the others in first.
    await delay(options.clock, options.heartbeatMs, signal).catch(() => undefined);
  }
}

async function contendOnce(options: LeadershipOptions, signal: AbortSignal): Promise<void> {
  const { locks, lockName, logger } = options;
  const queue = new AbortController();
  const leaveQueue = (): void => queue.abort(new Error("No longer waiting for the sender's lock."));
  signal.addEventListener("abort", leaveQueue, { once: true });
  if (signal.aborted) leaveQueue();
  try {
    const queued = holdLock(options, signal, (start) =>
      locks.request(lockName, { signal: queue.signal }, start),
    );
    const lapsed = watchForLapse(options, queue.signal);
    const first = await Promise.race([queued.started, lapsed]);
    if (first === true || first === false || first === undefined) {
      await queued.ended;
      return;
    }
    leaveQueue();
    if (await queued.started) {
      await queued.ended;
      return;
    }
    logger.warn("The sender's lease lapsed while its lock was held: leading without it.", {
      epoch: first.epoch,
    });
    await takeTerm(options, { lapsed: first, holdsLock: false, signal, endOf: () => "closed" });
  } finally {
    leaveQueue();
    signal.removeEventListener("abort", leaveQueue);
  }
}

interface Holding {
  /** Whether the lock was given. */
  readonly started: Promise<boolean>;
  /** Resolves once nothing is done under the lock any more, also where it was lost long before. */
  readonly ended: Promise<void>;
}

/** The promise of a lock that is taken away rejects while its callback still runs: the term is told, and waited for. */
function holdLock(
  options: LeadershipOptions,
  signal: AbortSignal,
  request: (start: () => Promise<void>) => Promise<void>,
): Holding {
  const started = Promise.withResolvers<boolean>();
  const ended = Promise.withResolvers<void>();
  const reign = new AbortController();
  let end: TermEnd = "closed";
  const onClose = (): void => reign.abort();
  signal.addEventListener("abort", onClose, { once: true });
  async function start(): Promise<void> {
    started.resolve(true);
    try {
      await takeUnderLock(options, { holdsLock: true, signal: reign.signal, endOf: () => end });
    } catch (error) {
      options.logger.error("A term of the sender broke off.", { error });
    } finally {
      signal.removeEventListener("abort", onClose);
      ended.resolve();
    }
  }
  request(start).catch((error: unknown) => {
    // Left the queue, or the lock was taken away; a page that may not use locks is told so here.
    options.logger.debug("The sender's lock was not given, or lost.", { error });
    end = "lostLock";
    reign.abort();
    started.resolve(false);
  });
  void started.promise.then((given) => {
    if (!given) ended.resolve();
  });
  return { started: started.promise, ended: ended.promise };
}

interface Reign {
  readonly lapsed?: LeaseRow;
  readonly holdsLock: boolean;
  readonly signal: AbortSignal;
  /** Why the signal aborted. */
  readonly endOf: () => TermEnd;
}

/** Where somebody leads without the lock, only the lapse of that lease says that it is over. */
async function takeUnderLock(options: LeadershipOptions, reign: Reign): Promise<void> {
  if (await takeTerm(options, reign)) return;
  const lapsed = await watchForLapse(options, reign.signal);
  if (lapsed !== undefined) await takeTerm(options, { ...reign, lapsed });
}

/** @returns whether there was a term: false where the row may not be raised. */
async function takeTerm(
  options: LeadershipOptions,
  { lapsed, holdsLock, signal, endOf }: Reign,
): Promise<boolean> {
  const { store, clock, owner, leaseMs } = options;
  if (signal.aborted) return false;
  const from = instantOf(clock);
  const row = await store.write(
    raiseLease({ owner, from, leaseMs, holdsLock, ...(lapsed === undefined ? {} : { lapsed }) }),
  );
  if (row === undefined) return false;
  const term = new Term(leaseFrom(row.epoch, from, leaseMs), options);
  const onAbort = (): void => term.end(endOf());
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  const heartbeat = term.keepAlive();
  try {
    await options.lead(term);
  } finally {
    term.end("resigned");
    signal.removeEventListener("abort", onAbort);
    await heartbeat;
    await term.release();
  }
  return true;
}

/**
 * The lease row of a holder whose time is up: by the wall clock and seen so a heartbeat ago too, or unchanged for
 * a whole lease by our own monotonic clock, which holds when the wall clock was set back. `undefined` on abort.
 */
async function watchForLapse(
  { store, clock, leaseMs, heartbeatMs, logger }: LeadershipOptions,
  signal: AbortSignal,
): Promise<LeaseRow | undefined> {
  let seen: { readonly row: LeaseRow; readonly sinceMonotonic: number } | undefined;
  while (!signal.aborted) {
    try {
      const [row] = (await store.get("meta", ["lease"])) as readonly (LeaseRow | undefined)[];
      const nowMonotonic = clock.monotonic();
      if (row === undefined) seen = undefined;
      else if (seen === undefined || !isSameLease(row, seen.row))
        seen = { row, sinceMonotonic: nowMonotonic };
      else {
        const unchangedMs = nowMonotonic - seen.sinceMonotonic;
        const lapsed = clock.now() >= row.untilAt && unchangedMs >= heartbeatMs;
        if (lapsed || unchangedMs >= leaseMs) return row;
      }
    } catch (error) {
      logger.debug("The lease could not be read.", { error });
    }
    await delay(clock, heartbeatMs, signal).catch(() => undefined);
  }
  return undefined;
}
