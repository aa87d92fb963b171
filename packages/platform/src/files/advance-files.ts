import type { EpochMs } from "@holdfast/core";
import { ownEffects } from "../assumed.ts";
import { afterArchival, archivalEnd, archivalStateOf } from "../world/archival.ts";
import type { Archival, Copy, DataObject } from "../world/data-object.ts";
import type { Wait } from "../world/file-schedule.ts";
import type { Changed, World } from "../world/world.ts";
import type { FileRules } from "./file-rules.ts";

interface Due {
  readonly wait: Wait;
  readonly id: string;
  readonly at: EpochMs;
}

/**
 * Does what time has done to files by now: closes them, abandons them, removes them, archives them, each at its own time and in the
 * order of their times. It happens when somebody looks, so that nothing runs while nobody does, and nobody can tell.
 */
export function advanceFiles(world: World, rules: FileRules, now: EpochMs): void {
  for (let due = nextDue(world, rules); due !== undefined && due.at <= now; ) {
    world.past.turnTo(due.at);
    happen(world, due);
    due = nextDue(world, rules);
  }
  world.past.turnTo(now);
}

function nextDue({ files }: World, rules: FileRules): Due | undefined {
  const delays = [
    ["closes", 0],
    ["travels", 0],
    ["rests", rules.abandonedAfterMs],
    ["goes", rules.removedAfterMs],
  ] as const;
  let next: Due | undefined;
  for (const [wait, delayMs] of delays) {
    const first = files.first(wait);
    if (first === undefined) continue;
    const due = { wait, id: first.id, at: first.at + delayMs };
    if (next === undefined || due.at < next.at) next = due;
  }
  return next;
}

function happen(world: World, { wait, id, at }: Due): void {
  const object = world.objects.get(id);
  if (object === undefined) throw new Error(`Broken invariant: no file ${id}`);
  if (wait === "goes") remove(world, object, at);
  else if (wait === "travels") arrive(world, object, at);
  else {
    const changed =
      wait === "closes"
        ? world.moveFile(object, { state: "closed" }, at)
        : world.moveFile(object, { state: "abandoned" }, at);
    log(world, object, {
      at,
      project: object.origin,
      changed,
      route: ownEffects.routes[wait],
    });
  }
}

function remove(world: World, object: DataObject, at: EpochMs): void {
  for (const copy of object.copies.values()) {
    world.removeCopy(copy);
    const changed: Changed = { state: [object.state, "removed"] };
    log(world, object, {
      at,
      project: copy.project,
      changed,
      route: ownEffects.routes.goes,
    });
  }
}

/**
 * The copies whose time it is; others of the object may be on their way for longer. One that came back takes the archived ones of its
 * account back to `archival` (help text of `dx unarchive` [client]).
 */
function arrive(world: World, object: DataObject, at: EpochMs): void {
  const set = (copy: Copy, archival: Archival | undefined): void => {
    const changed = world.setArchival(copy, archival);
    log(world, object, { at, project: copy.project, changed, route: ownEffects.routes.travels });
  };
  for (const copy of object.copies.values()) {
    if (archivalEnd(copy) !== at) continue;
    set(copy, afterArchival(copy));
    if (archivalStateOf(copy) !== "live") continue;
    for (const other of world.copiesOfAccount(copy)) {
      if (archivalStateOf(other) === "archived") set(other, { state: "archival" });
    }
  }
}

interface OwnEffect {
  readonly at: EpochMs;
  readonly project: string;
  readonly route: string;
  readonly changed: Changed;
}

function log(world: World, { id }: DataObject, effect: OwnEffect): void {
  world.addEffect({ ...effect, id, requestId: "", user: ownEffects.user });
}
