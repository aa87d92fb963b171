import type { EpochMs } from "@holdfast/core";
import { archivalStateOf, isWaitingForArchival } from "../world/archival.ts";
import type { DataObject } from "../world/data-object.ts";
import type { World } from "../world/world.ts";

/**
 * Sends copies that wait for the archive on their way, once their account has none left at hand: after a copy was asked for, was
 * removed, or went to another account. They are told `archival` before and after it (help text of `dx archive` [client]).
 */
export function leaveForArchive(world: World, object: DataObject, until: EpochMs): void {
  for (const copy of object.copies.values()) {
    if (!isWaitingForArchival(copy)) continue;
    const states = world.copiesOfAccount(copy).map(archivalStateOf);
    if (states.some((state) => state === "live" || state === "unarchiving")) continue;
    world.setArchival(copy, { state: "archival", until });
  }
}
