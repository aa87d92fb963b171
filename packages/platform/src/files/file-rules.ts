import {
  abandonedAfterMs,
  archivingMs,
  closingMs,
  closingMsPerMiB,
  downloadUrlMs,
  removedAfterMs,
  type UnarchivingRate,
  unarchivingMs,
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
  /** From the archive request for the last live copy of an account until its copies are archived. Default 5 seconds. */
  readonly archivingMs: number;
  /** How long a copy takes to come back, by the rate asked for. Default 5 minutes, 5 hours, 12 hours. */
  readonly unarchivingMs: Readonly<Record<UnarchivingRate, number>>;
}

export const defaultFileRules: FileRules = {
  closingMs,
  closingMsPerMiB,
  abandonedAfterMs,
  removedAfterMs,
  uploadUrlMs,
  downloadUrlMs,
  archivingMs,
  unarchivingMs,
};

const mebibyte = 1024 * 1024;

export function closingTimeMs(rules: FileRules, size: number): number {
  return rules.closingMs + rules.closingMsPerMiB * Math.floor(size / mebibyte);
}
