/** Caps of the platform. None but the page size is documented (DO §1.6); `Infinity` switches one off. */
export interface Limits {
  /** Of a whole body. Default 64 MiB. */
  readonly bodyBytes: number;
  /** Of details as they are written, without their white space. Default 8 MiB. */
  readonly detailsBytes: number;
  /** Of one name, tag or type. Default 4,096. */
  readonly textBytes: number;
  /** Of tags, types or properties of one object. Default 10,000. */
  readonly entries: number;
  /** Levels of hashes and arrays within one another in a body. Default 200. */
  readonly nesting: number;
  /** Calls of one user in one second; more are refused as RateLimitConditional. Default Infinity; the service has 200. */
  readonly callsPerSecond: number;
  /** A search answers from what there was so long ago; describe and listFolder know what there is. Default 0 (O13). */
  readonly searchLagMs: number;
  /** Calls that the log of calls keeps, the newest. Default 50,000. */
  readonly loggedCalls: number;
  /** Effects that the effect log keeps, the newest. Default 200,000. */
  readonly loggedEffects: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 64 * 1024 * 1024,
  detailsBytes: 8 * 1024 * 1024,
  textBytes: 4096,
  entries: 10_000,
  nesting: 200,
  callsPerSecond: Number.POSITIVE_INFINITY,
  searchLagMs: 0,
  loggedCalls: 50_000,
  loggedEffects: 200_000,
};
