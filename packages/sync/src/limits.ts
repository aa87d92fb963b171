import { lateMs } from "@holdfast/core";

/** Every bound of the engine, in one place. All have a default; tests and benchmarks set others. */
export interface EngineLimits {
  /** Files whose parts are sent at the same time: while one is looked at, others go on. */
  readonly filesAtOnce: number;
  /** Requests in flight, reads included: 1 to 32. A browser opens 6 connections to a host. */
  readonly connections: number;
  /** Of them, for parts of files, so that calls never wait for content. */
  readonly partConnections: number;
  /** Of the account: the platform allows 200 (CS §8.1). `Infinity` switches the budget off. */
  readonly requestsPerSecond: number;
  /** Requests that may leave at once after a quiet time; with the rate it stays under 200 in any second. */
  readonly burst: number;
  /** One API call, from `fetch` to the last byte of the answer. */
  readonly requestTimeoutMs: number;
  /** One PUT of a part may take `requestTimeoutMs`, and what it needs on the slowest network it shall come through. */
  readonly slowestBytesPerSecond: number;
  /** How long after it was put a part may be shown as pending, before it is sent again (DO §7.3). */
  readonly partsCompleteWithinMs: number;
  /** How long a question for the token may take before it counts as offline. */
  readonly tokenTimeoutMs: number;
  /** How long a heartbeat lets the sender act. */
  readonly leaseMs: number;
  /** Between two heartbeats, of the sender and of those that wait to replace it. */
  readonly heartbeatMs: number;
  /** Requests journalled before a connection is free for them, so that one strict transaction serves many. */
  readonly journalAhead: number;
  /** Requests journalled whose outcome is not known, those that wait for another attempt included, what is blocked aside. */
  readonly openRequests: number;
  /** Outbox rows read at once. */
  readonly scanRows: number;
  /** Objects a bulk call of the platform takes (CS §5.3). */
  readonly objectsPerCall: number;
  /** How long outcomes wait at most for company before they are written in one transaction, while enough is to be sent. */
  readonly settleWithinMs: number;
  /** How long questions about objects wait for company before they leave in one bulk call. */
  readonly askWithinMs: number;
  /** How long removals wait for company at most, while more of them may be journalled. */
  readonly gatherMs: number;
  /** Failures in a row, of whatever request, after which the host counts as unreachable. */
  readonly failuresUntilOffline: number;
  /** Server errors in a row of one request, while others succeed, after which it is parked. */
  readonly serverErrorsUntilParked: number;
  /** First and longest step of the backoff; the wait is drawn from zero up to the step. */
  readonly backoffMs: number;
  readonly backoffCapMs: number;
  /**
   * Whoever hears from the device that the network is back spreads out over a sixtieth of the time it was gone, from
   * `backoffMs` up to this: many hear it at once.
   */
  readonly reconnectSpreadMs: number;
  /** Where the platform asks to wait and does not say how long, or says it where a browser cannot read. */
  readonly defaultRetryAfterMs: number;
  /**
   * After how long a blocked account or project, or a missing token, is tried again without being told. A block that
   * is still there doubles it, up to `blockedRetryCapMs`; jitter adds as much again at most.
   */
  readonly blockedRetryMs: number;
  readonly blockedRetryCapMs: number;
  /** How long after it was given up a request may still land. Lateness beyond it is outside the promise. */
  readonly lateMs: number;
  /** How long after it was made a search may not show an object yet. A longer lag is outside the promise. */
  readonly searchLagMs: number;
  /**
   * How long after the last accepted close the first look at what was closed waits while something else is still on its
   * way; and how long after the first one, however many follow.
   */
  readonly closingCompanyMs: number;
  readonly closingCompanyCapMs: number;
  /** Longest pause between two looks at an object that is closing; the first is a second, and each twice the last. */
  readonly closingCapMs: number;
  /** An object still open so long after its close was accepted is closed again (CS §9). */
  readonly closesAgainAfterMs: number;
  /** Files fetched at the same time. */
  readonly downloads: number;
  /** Content fetched and not yet noted as kept: a restart begins at most so much, and one part, before it was. */
  readonly keepAfterBytes: number;
  /** How often one part is fetched that comes with another MD5 than told, or whose new URL the storage refuses. */
  readonly partAttempts: number;
  /** A transfer of content that stands still for so long is broken off, and goes on over a new connection. */
  readonly silenceMs: number;
  /** After how long the platform is asked again for content that is to be kept offline and was refused. */
  readonly refusedRetryMs: number;
  /** Between two messages of `status$`. */
  readonly statusEveryMs: number;
}

export const defaultLimits: EngineLimits = {
  filesAtOnce: 16,
  connections: 6,
  partConnections: 4,
  requestsPerSecond: 150,
  burst: 25,
  requestTimeoutMs: 60_000,
  slowestBytesPerSecond: 16_384,
  partsCompleteWithinMs: 255_000,
  tokenTimeoutMs: 10_000,
  leaseMs: 10_000,
  heartbeatMs: 3_000,
  journalAhead: 128,
  openRequests: 1_000,
  scanRows: 500,
  objectsPerCall: 1_000,
  settleWithinMs: 200,
  askWithinMs: 20,
  gatherMs: 500,
  failuresUntilOffline: 3,
  serverErrorsUntilParked: 10,
  backoffMs: 500,
  backoffCapMs: 60_000,
  reconnectSpreadMs: 5_000,
  defaultRetryAfterMs: 20_000,
  blockedRetryMs: 60_000,
  blockedRetryCapMs: 15 * 60_000,
  lateMs,
  searchLagMs: 60_000,
  closingCompanyMs: 10_000,
  closingCompanyCapMs: 30_000,
  closingCapMs: 128_000,
  closesAgainAfterMs: 60_000,
  downloads: 4,
  keepAfterBytes: 32 * 1024 * 1024,
  partAttempts: 3,
  silenceMs: 60_000,
  refusedRetryMs: 3_600_000,
  statusEveryMs: 100,
};
