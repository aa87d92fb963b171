import type { LocalKey } from "./ids.ts";

/** The content of one file on its way between this device and the platform. */
export interface Transfer {
  readonly file: LocalKey;
  readonly direction: "upload" | "download";
  /** In bytes, as is all that follows. */
  readonly size: number;
  /** What has left or come since the sender began; what had to go twice counts twice. */
  readonly moved: number;
  /** What is known to be complete where it goes to: shown so by the platform, or verified here. */
  readonly confirmed: number;
}

/** All contents on their way, in whichever tab moves them. */
export interface Transfers {
  /** At most 100: first those that move, then those that wait for their turn, each in the order of their beginning. */
  readonly files: readonly Transfer[];
  /** Of all of them. */
  readonly total: {
    readonly files: number;
    readonly size: number;
    readonly moved: number;
    readonly confirmed: number;
    /** Of the last ten seconds, both directions together. */
    readonly bytesPerSecond: number;
    /** For what is not confirmed, at that rate; absent while nothing moves. */
    readonly leftMs?: number;
  };
}
