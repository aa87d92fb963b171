import type { EpochMs } from "@holdfast/core";
import type { Archival, Copy } from "./data-object.ts";

export const archivalStates = ["live", "archival", "archived", "unarchiving"] as const;
export type ArchivalState = (typeof archivalStates)[number];

/** Undefined of what is no file. */
export function archivalStateOf({ object, archival }: Copy): ArchivalState | undefined {
  return object.file === undefined ? undefined : (archival?.state ?? "live");
}

/** When time alone will take the copy further; undefined where it will not. */
export function archivalEnd({ archival }: Copy): EpochMs | undefined {
  return archival === undefined || archival.state === "archived" ? undefined : archival.until;
}

/** Asked for, and kept here by a live copy of the same account. */
export function isWaitingForArchival({ archival }: Copy): boolean {
  return archival?.state === "archival" && archival.until === undefined;
}

/** What a copy becomes when its time is over. */
export function afterArchival({ archival }: Copy): Archival | undefined {
  return archival?.state === "archival" ? { state: "archived" } : undefined;
}
