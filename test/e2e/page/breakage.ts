/** What a worker of a test does wrong. It travels in the worker's name, for there is no other word before its first. */
export interface Breakage {
  /** Never tells other tabs of its commits, as if it died before each broadcast. */
  readonly isMute?: boolean;
  /** The sender's lease and heartbeat, so that a test of a frozen one does not take long. */
  readonly leaseMs?: number;
  readonly heartbeatMs?: number;
  /** The origin has no private file system, as in some private modes. */
  readonly hasNoFileSystem?: boolean;
  /** Name of the channel on which the page says that it shall freeze. */
  readonly freezer?: string;
}
