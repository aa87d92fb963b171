import type { Clock, EpochMs, LeaseRow, Write } from "@holdfast/core";

/** What a sender holds in memory of its own lease: how long it may act, by both clocks. */
export interface Lease {
  readonly epoch: number;
  readonly untilAt: EpochMs;
  readonly untilMonotonic: number;
}

/** The instants a lease counts from, read before the write that makes it: a slow commit only shortens it. */
export interface Instant {
  readonly wallAt: EpochMs;
  readonly monotonicAt: number;
}

export function instantOf(clock: Clock): Instant {
  return { wallAt: clock.now(), monotonicAt: clock.monotonic() };
}

export function leaseFrom(epoch: number, from: Instant, leaseMs: number): Lease {
  return { epoch, untilAt: from.wallAt + leaseMs, untilMonotonic: from.monotonicAt + leaseMs };
}

/**
 * By both clocks: the monotonic one cannot be set, the wall clock also counts the time a machine slept. A wall
 * clock set back is caught by the first, one set forward only costs a renewal.
 */
export function isCurrent(lease: Lease, clock: Clock): boolean {
  return clock.now() < lease.untilAt && clock.monotonic() < lease.untilMonotonic;
}

export interface RaiseOptions {
  readonly owner: string;
  readonly from: Instant;
  readonly leaseMs: number;
  /** The row the contender saw lapse. Absent: it was given the lock, so whoever led under that is gone. */
  readonly lapsed?: LeaseRow;
  readonly holdsLock: boolean;
}

/**
 * Compare-and-set of a new epoch; `undefined` where the lease was renewed or raised since it was seen to lapse, or is of
 * somebody who leads without the lock and may be there still.
 */
export function raiseLease({
  owner,
  from,
  leaseMs,
  lapsed,
  holdsLock,
}: RaiseOptions): Write<LeaseRow | undefined> {
  return {
    durability: "strict",
    reads: { meta: ["lease"] },
    decide(rows) {
      const found = rows.meta("lease");
      const mayRaise =
        lapsed === undefined ? found?.withoutLock !== true : isSameLease(found, lapsed);
      if (!mayRaise) return { result: undefined };
      const row: LeaseRow = {
        version: 1,
        name: "lease",
        epoch: (found?.epoch ?? 0) + 1,
        owner,
        untilAt: from.wallAt + leaseMs,
        ...(holdsLock ? {} : { withoutLock: true }),
      };
      return { puts: [{ table: "meta", row }], result: row };
    },
  };
}

/** Only under the fence of its epoch. A released lease has no time left and can be raised by anyone at once. */
export function renewLease(untilAt: EpochMs): Write<void> {
  return {
    durability: "relaxed",
    reads: { meta: ["lease"] },
    decide(rows) {
      const found = rows.meta("lease");
      if (found === undefined) return { result: undefined };
      return { puts: [{ table: "meta", row: { ...found, untilAt } }], result: undefined };
    },
  };
}

export function isSameLease(left: LeaseRow | undefined, right: LeaseRow | undefined): boolean {
  return left?.epoch === right?.epoch && left?.untilAt === right?.untilAt;
}
