import {
  abandonedAfterMs,
  closingMs,
  closingMsPerMiB,
  downloadUrlMs,
  removedAfterMs,
  uploadUrlMs,
} from "../assumed.ts";

/** What the platform does with files by itself, and how long it takes. */
export interface FileRules {
  /** Time in `closing`: this, and `closingMsPerMiB` for each whole MiB. Defaults 50 and 1. */
  readonly closingMs: number;
  readonly closingMsPerMiB: number;
  /** A file that is not closed and rests so long is abandoned. Default 24 hours. */
  readonly abandonedAfterMs: number;
  /** An abandoned file is removed after so long. Default 72 hours. */
  readonly removedAfterMs: number;
  /** How long an upload URL is good. Default 1 hour. */
  readonly uploadUrlMs: number;
  /** How long a preauthenticated download URL is good whose caller does not say. Default 24 hours. */
  readonly downloadUrlMs: number;
}

export const defaultFileRules: FileRules = {
  closingMs,
  closingMsPerMiB,
  abandonedAfterMs,
  removedAfterMs,
  uploadUrlMs,
  downloadUrlMs,
};

const mebibyte = 1024 * 1024;

export function closingTimeMs(rules: FileRules, size: number): number {
  return rules.closingMs + rules.closingMsPerMiB * Math.floor(size / mebibyte);
}
